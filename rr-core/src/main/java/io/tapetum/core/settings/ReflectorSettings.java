package io.tapetum.core.settings;

import java.time.Duration;
import java.util.List;

/**
 * A whole reflector.
 *
 * @param as the local AS number, 1 to 2^32 - 1
 * @param routerId the BGP Identifier, network order, non-zero
 * @param clusterId the cluster id of peers whose group names none (RFC 4456 §7)
 * @param peers given one by one; {@code Reflector.reconcile} takes others in their place later
 * @param ranges from where peers are welcome that were not given one by one
 * @param loopbackNextHops whether a NEXT_HOP in 127.0.0.0/8 or ::1 is taken as an address like any other: only where all
 *            speakers run on one machine
 * @param restartDeferral how long after its start the reflector may hold back End-of-RIB from peers with graceful
 *            restart (RFC 4724 §4.1); zero not to
 * @param later what peers may have in common that come later
 */
public record ReflectorSettings(long as, int routerId, int clusterId, List<PeerSettings> peers,
        List<DynamicRange> ranges, boolean loopbackNextHops, Duration restartDeferral, List<PeerTemplate> later) {

    public ReflectorSettings {
        peers = List.copyOf(peers);
        ranges = List.copyOf(ranges);
        later = List.copyOf(later);
    }

    /** A reflector whose later peers have nothing in common that those of now have not. */
    public ReflectorSettings(long as, int routerId, int clusterId, List<PeerSettings> peers,
            List<DynamicRange> ranges, boolean loopbackNextHops, Duration restartDeferral) {
        this(as, routerId, clusterId, peers, ranges, loopbackNextHops, restartDeferral, List.of());
    }

    /** The same with other peers. */
    public ReflectorSettings withPeers(List<PeerSettings> others) {
        return new ReflectorSettings(as, routerId, clusterId, others, ranges, loopbackNextHops, restartDeferral, later);
    }

    /** A reflector that holds nothing back. */
    public ReflectorSettings(long as, int routerId, int clusterId, List<PeerSettings> peers,
            List<DynamicRange> ranges, boolean loopbackNextHops) {
        this(as, routerId, clusterId, peers, ranges, loopbackNextHops, Duration.ZERO);
    }
}
