package io.tapetum.core.reflection;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.fsm.Negotiated;
import io.tapetum.core.settings.ExternalPolicy.NextHopMode;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;

/**
 * Everything that can change an octet of what a session is sent. Two sessions with equal keys share an outbound log, so
 * a property forgotten here means wrong routes at somebody.
 *
 * @param family the family of the routes
 * @param role the receivers' part in reflection
 * @param clusterId the cluster of receivers that are clients, else 0
 * @param clientToClient whether receivers that are clients get routes of other clients of their cluster, else false
 * @param localAs our AS number as external receivers know it, else 0
 * @param fourOctetAs whether the receivers understand four-octet AS numbers (RFC 6793)
 * @param maxMessageLength 4096 or 65535 (RFC 8654)
 * @param ipv6NextHops whether IPv4 routes may be sent with IPv6 next hops (RFC 8950); false for IPv6 routes
 * @param addPathSend of how many paths of a prefix the receivers are told, each with a path identifier (RFC 7911), or 0 for
 *            the best only, without; of how many the whole group is, see {@link io.tapetum.rib.log.PathTeller}
 * @param selfNextHop our address as the receivers see it, if a route may be sent with it as next hop
 * @param keepNextHop whether external receivers get next hops unchanged
 * @param sendMed whether external receivers get the MED of another AS
 * @param longLived whether the receivers know that a route may be long-lived stale (RFC 9494)
 */
public record GroupKey(Family family, PeerRole role, int clusterId, boolean clientToClient, long localAs,
        boolean fourOctetAs,
        int maxMessageLength, boolean ipv6NextHops, int addPathSend, @Nullable NextHop selfNextHop, boolean keepNextHop,
        boolean sendMed, boolean longLived) {

    /**
     * The key of a session.
     *
     * @param self our end of the session
     * @param selfToInternal whether internal receivers may be sent our address as next hop
     */
    public static GroupKey of(Family family, PeerTemplate template, Negotiated negotiated, NextHop self,
            boolean selfToInternal) {
        boolean external = template.role() == PeerRole.EXTERNAL;
        boolean keepNextHop = template.external().nextHop() == NextHopMode.KEEP;
        boolean needsSelf = external ? !keepNextHop : selfToInternal;
        // Towards others than clients the cluster id stamped is the sender's.
        boolean client = template.role() == PeerRole.CLIENT;
        return new GroupKey(family, template.role(), client ? template.clusterId() : 0,
                client && template.clientToClient(), external ? template.localAs() : 0,
                negotiated.fourOctetAs(),
                negotiated.extendedMessages() ? BgpHeader.MAX_EXTENDED_LENGTH : BgpHeader.MAX_LENGTH,
                family == Family.IPV4_UNICAST && negotiated.extendedNextHop(),
                negotiated.addPathSend().contains(family) ? template.addPathSend() : 0, needsSelf ? self : null,
                external && keepNextHop, external && template.external().sendMed(),
                negotiated.longLivedGracefulRestart() != null);
    }

    /**
     * Whether routes travel in MP_REACH_NLRI. IPv4 routes do not: calico-node's BIRD 1.6 passes over that attribute. A
     * receiver that takes IPv6 next hops takes all IPv4 routes there (RFC 8950 §4).
     */
    public boolean multiprotocol() {
        return family != Family.IPV4_UNICAST || ipv6NextHops;
    }
}
