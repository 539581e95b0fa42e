package io.tapetum.server.reflector;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.wire.Family;

/**
 * What operators see of a session.
 *
 * @param name what the configuration calls the peer
 * @param address the peer's address
 * @param as the AS number that the peer must have
 * @param role its part in reflection
 * @param state a state of RFC 4271 §8.2.2, as it is spelt there: {@code Established}
 * @param uptime since when the state is what it is
 * @param families what was negotiated; empty unless the session is up
 * @param prefixesReceived how many paths the peer has announced and not withdrawn, all families together
 */
public record SessionStatus(String name, InetAddress address, long as, PeerRole role, String state, Duration uptime,
        Set<Family> families, long prefixesReceived) {

    public SessionStatus {
        families = Set.copyOf(families);
    }
}
