package io.tapetum.server.reflector;

import java.io.IOException;

import io.tapetum.server.config.ServerSettings;

/** Starts reflectors. */
@FunctionalInterface
public interface ReflectorStarter {

    /**
     * Returns when the reflector listens on all of its addresses.
     *
     * @throws IOException if it cannot; the message names the address and the reason
     */
    RunningReflector start(ServerSettings settings) throws IOException;
}
