package io.tapetum.core.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.tapetum.wire.Family;

/**
 * What peers of one kind have in common.
 *
 * @param group the peer group's name, for operators
 * @param localAs our AS number on the session
 * @param remoteAs the AS number the peer must have
 * @param role its part in reflection (RFC 4456 §6)
 * @param clusterId the cluster id used towards these peers, network order
 * @param clientToClient whether clients of this cluster get each other's routes (RFC 4456 §10)
 * @param families what is offered, at least one
 * @param connect who opens the TCP connection
 * @param ttl IP time to live of outgoing packets, 1 to 255
 * @param extendedMessages whether messages of up to 65,535 octets are offered (RFC 8654)
 * @param addPathReceive whether several paths of a prefix are taken from one peer (RFC 7911)
 * @param addPathSend of how many paths of a prefix the peer is told, if it wants several (RFC 7911): 0 for the best only and
 *            without path identifiers, 2 to 255, or {@link #ALL_PATHS}. The best are meant, of those that it may be told of;
 *            should the peer itself be the source of some of them, it gets only the others
 * @param extendedNextHop whether IPv4 routes with IPv6 next hops are offered (RFC 8950)
 * @param gracefulRestartSeconds the restart time that is announced (RFC 4724), 1 to 4095, or 0 not to announce any
 * @param longLivedStaleSeconds for how much longer than the restart time routes of ours are to be kept, as is announced
 *            (RFC 9494), 1 to 16777215, or 0 not to announce it
 * @param timers the session's clocks
 * @param maximumPrefixes limits by family; none for a family that is not named
 * @param external how routes cross the border of the AS; used for external peers only
 * @param protection what packets have to prove before TCP takes them
 */
public record PeerTemplate(String group, long localAs, long remoteAs, PeerRole role, int clusterId,
        boolean clientToClient,
        Set<Family> families, ConnectMode connect, int ttl, boolean extendedMessages, boolean addPathReceive,
        int addPathSend,
        boolean extendedNextHop, int gracefulRestartSeconds, int longLivedStaleSeconds, SessionTimers timers,
        Map<Family, MaximumPrefixes> maximumPrefixes, ExternalPolicy external, Protection protection) {

    /** For {@link #addPathSend}: all paths that the peer may be told of. */
    public static final int ALL_PATHS = Integer.MAX_VALUE;

    private static final SessionTimers NO_TIMERS = new SessionTimers(0, Duration.ZERO, Duration.ZERO, Duration.ZERO,
            Duration.ZERO, Duration.ZERO);

    public PeerTemplate {
        families = Set.copyOf(families);
        maximumPrefixes = Map.copyOf(maximumPrefixes);
    }

    /** The same for a peer with these AS numbers and this role, in this cluster. */
    public PeerTemplate towards(long ourAs, long theirAs, PeerRole theirRole, int cluster) {
        return new PeerTemplate(group, ourAs, theirAs, theirRole, cluster, clientToClient, families, connect, ttl,
                extendedMessages, addPathReceive, addPathSend, extendedNextHop, gracefulRestartSeconds,
                longLivedStaleSeconds,
                timers,
                maximumPrefixes, external, protection);
    }

    /** The same, protected otherwise. */
    public PeerTemplate protectedBy(Protection other) {
        return new PeerTemplate(group, localAs, remoteAs, role, clusterId, clientToClient, families, connect, ttl,
                extendedMessages, addPathReceive, addPathSend, extendedNextHop, gracefulRestartSeconds,
                longLivedStaleSeconds, timers, maximumPrefixes, external, other);
    }

    /** The same with another restart time, and who connects. */
    public PeerTemplate with(ConnectMode mode, int restartSeconds) {
        return new PeerTemplate(group, localAs, remoteAs, role, clusterId, clientToClient, families, mode, ttl,
                extendedMessages, addPathReceive, addPathSend, extendedNextHop, restartSeconds, longLivedStaleSeconds,
                timers,
                maximumPrefixes, external, protection);
    }

    /** Without everything that a running session can do without: its name, its timers, its limits, its key, who connects. */
    PeerTemplate session() {
        return new PeerTemplate("", localAs, remoteAs, role, clusterId, clientToClient, families, ConnectMode.PASSIVE,
                ttl, extendedMessages, addPathReceive, addPathSend, extendedNextHop, 0, 0, NO_TIMERS, Map.of(),
                external, protection.session());
    }
}
