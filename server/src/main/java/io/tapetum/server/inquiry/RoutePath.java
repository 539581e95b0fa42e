package io.tapetum.server.inquiry;

import java.net.InetAddress;
import java.time.Duration;

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
 * @param heldFor how long ago the session was lost that it came in, if it is kept while the peer restarts (RFC 4724, 9494);
 *            {@code null} while the session is up
 * @param attributes what it came with
 */
public record RoutePath(String peer, InetAddress address, PeerRole role, int pathId, boolean best,
        @Nullable DecisionReason lostBy, @Nullable Duration heldFor, RouteAttributes attributes) {}
