package io.tapetum.core.session;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.fsm.Negotiated;
import io.tapetum.core.fsm.SessionState;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.wire.Family;

/**
 * A peer at one moment.
 *
 * @param peer who it is
 * @param dynamic whether it came from a dynamic range
 * @param stopped whether it is down because an operator or the configuration wants that
 * @param state where its state machine stands
 * @param sinceState how long it has stood there
 * @param sinceUpOrDown how long the session has been up, or has not been; attempts in between do not count
 * @param negotiated what the session agreed on, if it is Established
 * @param localAddress the address of our end, if the session is Established
 * @param routes of each family that the session exchanges
 * @param lastError why the last session or attempt ended, if one did
 * @param figures what else is counted and measured
 */
public record PeerStatus(PeerSettings peer, boolean dynamic, boolean stopped, SessionState state, Duration sinceState,
        Duration sinceUpOrDown, @Nullable Negotiated negotiated, @Nullable InetAddress localAddress,
        Map<Family, RouteCounts> routes, @Nullable LastError lastError,
        SessionFigures figures) {

    public PeerStatus {
        routes = Map.copyOf(routes);
    }

    /** Paths accepted from the peer. */
    public int accepted(Family family) {
        RouteCounts counts = routes.get(family);
        return counts == null ? 0 : counts.imported();
    }
}
