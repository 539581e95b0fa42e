package io.tapetum.server.reflector;

import java.io.IOException;

import io.tapetum.server.config.ServerSettings;
import io.tapetum.server.source.DesiredPeers;

/** Starts reflectors. */
@FunctionalInterface
public interface ReflectorStarter {

    /**
     * Returns when the reflector listens on all of its addresses.
     *
     * @param desired the peers that there are beside those in the settings
     * @throws IOException if it cannot; the message names the address and the reason
     */
    RunningReflector start(ServerSettings settings, DesiredPeers desired, Surroundings surroundings) throws IOException;
}
