package io.tapetum.core.fsm;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.message.Open;

/**
 * What two OPENs agree on.
 *
 * @param peerOpen as received
 * @param peerAs the peer's AS number, from the four-octet capability if there is one
 * @param peerIdentifier the peer's BGP Identifier, network order
 * @param internal whether both sides are in one AS
 * @param holdTimeSeconds the smaller of both offers: 0 (no hold timer, no keepalives) or 3 to 65535
 * @param keepaliveSeconds longest time between two messages to the peer, a third of the hold time; 0 with it
 * @param families offered by both sides, at least one
 * @param fourOctetAs whether AS_PATH carries four-octet numbers (RFC 6793)
 * @param addPathReceive families in which the peer's NLRI carry path ids (RFC 7911)
 * @param addPathSend families in which ours do
 * @param extendedMessages whether messages of up to 65,535 octets may go both ways (RFC 8654)
 * @param routeRefresh whether the peer answers a request (RFC 2918)
 * @param enhancedRouteRefresh whether answers are bracketed (RFC 7313)
 * @param extendedNextHop whether IPv4 routes may have IPv6 next hops (RFC 8950)
 * @param gracefulRestart the peer's capability (RFC 4724), or {@code null} if it has none
 * @param longLivedGracefulRestart the peer's capability (RFC 9494), which counts beside the other one only, or
 *            {@code null} if it has none; without families unless we announced it too
 */
public record Negotiated(Open peerOpen, long peerAs, int peerIdentifier, boolean internal, int holdTimeSeconds,
        int keepaliveSeconds, Set<Family> families, boolean fourOctetAs, Set<Family> addPathReceive,
        Set<Family> addPathSend,
        boolean extendedMessages, boolean routeRefresh, boolean enhancedRouteRefresh, boolean extendedNextHop,
        Capability.@Nullable GracefulRestart gracefulRestart,
        Capability.@Nullable LongLivedGracefulRestart longLivedGracefulRestart) {

    public Negotiated {
        families = Set.copyOf(families);
        addPathReceive = Set.copyOf(addPathReceive);
        addPathSend = Set.copyOf(addPathSend);
    }
}
