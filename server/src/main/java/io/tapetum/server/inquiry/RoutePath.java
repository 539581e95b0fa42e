package io.tapetum.server.inquiry;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.rib.DecisionReason;

/**
 * A path, as it was received.
 *
 * @param peer who announced it, by name
 * @param address of that peer
 * @param pathId the identifier that the peer gave it (RFC 7911); 0 from a peer that gives none
 * @param best whether it is the one that was chosen
 * @param lostBy the rung of the decision process by which the best path won against it; {@code null} for the best
 * @param attributes what it came with
 */
public record RoutePath(String peer, InetAddress address, PeerRole role, int pathId, boolean best,
        @Nullable DecisionReason lostBy, RouteAttributes attributes) {}
