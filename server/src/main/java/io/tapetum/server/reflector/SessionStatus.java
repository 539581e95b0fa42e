package io.tapetum.server.reflector;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.session.RouteCounts;
import io.tapetum.core.session.SessionFigures;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.source.PeerOrigin;
import io.tapetum.wire.Family;

/**
 * What operators see of a session.
 *
 * @param name what the configuration, or the datastore, calls the peer
 * @param origin what made the peer exist
 * @param address the peer's address
 * @param port where the peer is connected to
 * @param as the AS number that the peer must have
 * @param role its part in reflection
 * @param protection what its packets have to prove
 * @param state a state of RFC 4271 §8.2.2, as it is spelt there: {@code Established}
 * @param stopped whether it is down because an operator or the configuration wants that
 * @param uptime since when the state is what it is
 * @param since when the session came up, or when it went down or was first tried, whatever was tried since then
 * @param lastError why the last session or attempt ended, in one line, with BIRD's word first for who found fault:
 *            {@code Socket}, {@code Received}, {@code BGP Error} or {@code Error}; {@code null} if none did
 * @param lastErrorCode of the NOTIFICATION that did, if one did
 * @param agreement what was negotiated; {@code null} unless the session is up
 * @param routes of each family that was negotiated
 * @param figures what else is counted and measured
 */
public record SessionStatus(String name, PeerOrigin origin, InetAddress address, int port, long as, PeerRole role,
        Protection protection, String state, boolean stopped, Duration uptime, Instant since,
        @Nullable String lastError, @Nullable NotificationCode lastErrorCode, @Nullable Agreement agreement,
        Map<Family, RouteCounts> routes, SessionFigures figures) {

    public SessionStatus {
        routes = Map.copyOf(routes);
    }

    /** Whether routes are exchanged. */
    public boolean isUp() {
        return agreement != null;
    }

    /** What was negotiated; empty unless the session is up. */
    public Set<Family> families() {
        return agreement == null ? Set.of() : agreement.families();
    }

    /** How many paths the peer has announced and not withdrawn, all families together. */
    public long prefixesReceived() {
        return routes.values().stream().mapToLong(RouteCounts::imported).sum();
    }
}
