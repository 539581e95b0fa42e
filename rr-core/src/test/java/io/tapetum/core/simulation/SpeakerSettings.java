package io.tapetum.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;

/**
 * What a speaker can do.
 *
 * @param as its AS number
 * @param capable whether it knows capabilities at all; if not, it speaks IPv4 with two-octet AS numbers
 * @param families what it speaks
 * @param fourOctetAs RFC 6793
 * @param multiprotocolIpv4 whether it puts IPv4 routes into MP_REACH_NLRI
 * @param routeRefresh RFC 2918
 * @param enhancedRefresh RFC 7313
 * @param extendedMessages RFC 8654
 * @param gracefulRestart RFC 4724
 * @param longLivedSeconds RFC 9494: the stale time it asks for; 0 if it only knows what that is, negative if not even that
 * @param addPathReceive whether it takes several paths of a prefix (RFC 7911)
 * @param rejectsCapabilities whether it ends a connection whose OPEN has any, as RFC 4271 asks of those who do not know
 *            them
 * @param holdTimeSeconds what it offers
 */
record SpeakerSettings(long as, boolean capable, Set<Family> families, boolean fourOctetAs, boolean multiprotocolIpv4,
        boolean routeRefresh, boolean enhancedRefresh, boolean extendedMessages, boolean gracefulRestart,
        int longLivedSeconds, boolean addPathReceive, boolean rejectsCapabilities, int holdTimeSeconds) {

    /** Stale routes are gone before a run takes the silence for rest. */
    private static final int RESTART_SECONDS = 1;

    /** RFC 9494 §4.5: only beside graceful restart. */
    boolean knowsStaleRoutes() {
        return capable && gracefulRestart && longLivedSeconds >= 0;
    }

    /**
     * What it can do.
     *
     * @param forwarding whether it says that it has kept its forwarding state (the F bits)
     */
    List<Capability> capabilities(boolean forwarding) {
        List<Capability> capabilities = new ArrayList<>();
        if (!capable) {
            return capabilities;
        }
        for (Family family : Family.values()) {
            if (families.contains(family)) {
                capabilities.add(new Capability.Multiprotocol(family.afi(), family.safi()));
            }
        }
        if (routeRefresh) {
            capabilities.add(new Capability.RouteRefreshCapability());
        }
        if (extendedMessages) {
            capabilities.add(new Capability.ExtendedMessage());
        }
        if (gracefulRestart) {
            List<Capability.GracefulRestart.RestartTuple> tuples = new ArrayList<>();
            for (Family family : Family.values()) {
                if (families.contains(family)) {
                    tuples.add(new Capability.GracefulRestart.RestartTuple(family.afi(), family.safi(), forwarding));
                }
            }
            capabilities.add(new Capability.GracefulRestart(false, false, RESTART_SECONDS, tuples));
        }
        if (fourOctetAs) {
            capabilities.add(new Capability.FourOctetAs(as));
        }
        if (addPathReceive) {
            List<Capability.AddPath.PathTuple> tuples = new ArrayList<>();
            for (Family family : Family.values()) {
                if (families.contains(family)) {
                    tuples.add(new Capability.AddPath.PathTuple(family.afi(), family.safi(), true, false));
                }
            }
            capabilities.add(new Capability.AddPath(tuples));
        }
        if (enhancedRefresh) {
            capabilities.add(new Capability.EnhancedRouteRefresh());
        }
        if (knowsStaleRoutes()) {
            List<Capability.LongLivedGracefulRestart.StaleTuple> tuples = new ArrayList<>();
            for (Family family : Family.values()) {
                if (families.contains(family) && longLivedSeconds > 0) {
                    tuples.add(new Capability.LongLivedGracefulRestart.StaleTuple(family.afi(), family.safi(),
                            forwarding, longLivedSeconds));
                }
            }
            capabilities.add(new Capability.LongLivedGracefulRestart(tuples));
        }
        return capabilities;
    }
}
