package io.tapetum.core.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.update.UpdateParser;

/** A speaker's Adj-RIB-In of one session, and what can be said about a single UPDATE when it arrives. */
final class ReceivedRoutes {

    /** A route as it was received; stale while a refresh that has begun has not confirmed it. */
    static final class Route {
        final PathAttributes attributes;
        final Announcements.Received received;
        final long at;
        boolean stale;

        Route(PathAttributes attributes, Announcements.Received received, long at) {
            this.attributes = attributes;
            this.received = received;
            this.at = at;
        }

        Announcement announcement() {
            return received.announcement();
        }
    }

    /** What a route is known by; the path identifier is 0 where there are none. */
    record Key(Prefix prefix, int pathId) {}

    private final Neighbor neighbor;
    private final Speaker speaker;
    private final World world;
    private final Set<Family> families;
    private final boolean bracketed;
    private final boolean fromOtherAs;
    private final Map<Key, Route> routes = new HashMap<>();
    private final Set<Prefix> seen = new HashSet<>();
    private final Set<Family> ended = EnumSet.noneOf(Family.class);
    private final Set<Family> refreshing = EnumSet.noneOf(Family.class);
    private final Map<Family, Integer> requests = new EnumMap<>(Family.class);
    private final Map<Family, Long> lastBeginningAt = new EnumMap<>(Family.class);
    private final Map<Family, Long> lastRequestAt = new EnumMap<>(Family.class);

    ReceivedRoutes(Neighbor neighbor, Set<Family> families, boolean bracketed, boolean fromOtherAs) {
        this.neighbor = neighbor;
        this.speaker = neighbor.speaker();
        this.world = speaker.world();
        this.families = families;
        this.bracketed = bracketed;
        this.fromOtherAs = fromOtherAs;
    }

    Map<Key, Route> routes() {
        return routes;
    }

    /** The route of a prefix where there are no path identifiers. */
    @Nullable
    Route route(Prefix prefix) {
        return routes.get(new Key(prefix, 0));
    }

    /** All routes of a prefix. */
    List<Route> all(Prefix prefix) {
        List<Route> all = new ArrayList<>();
        routes.forEach((key, route) -> {
            if (key.prefix.equals(prefix)) {
                all.add(route);
            }
        });
        return all;
    }

    boolean isEnded(Family family) {
        return ended.contains(family);
    }

    boolean isRefreshing() {
        return !refreshing.isEmpty();
    }

    /** When a refresh of this family was last asked for, or -1. */
    long lastRequestAt(Family family) {
        return lastRequestAt.getOrDefault(family, -1L);
    }

    /** Whether a refresh was asked for and no complete answer has begun since. */
    boolean bracketsMissing(Family family) {
        return lastBeginningAt.getOrDefault(family, -1L) < lastRequestAt(family);
    }

    boolean isBracketed() {
        return bracketed;
    }

    void update(UpdateParser update) {
        if (!update.errors().isEmpty()) {
            throw world.failure("%s received an UPDATE with errors: %s", neighbor, update.errors());
        }
        Family endOfRib = update.endOfRib();
        if (endOfRib != null) {
            check(endOfRib);
            if (!ended.add(endOfRib)) {
                throw world.failure("%s received End-of-RIB of %s twice", neighbor, endOfRib);
            }
            world.history().note("%s: End-of-RIB of %s", neighbor, endOfRib);
            return;
        }
        Family unreachable = update.unreachableFamily();
        if (unreachable != null) {
            withdraw(unreachable, update.unreachable());
        }
        withdraw(Family.IPV4_UNICAST, update.withdrawn());
        Family reachable = update.reachableFamily();
        PathAttributes reachableAttributes = update.reachableAttributes();
        if (reachable != null && reachableAttributes != null) {
            announce(reachable, update.reachable(), reachableAttributes);
        }
        PathAttributes attributes = update.attributes();
        if (attributes != null) {
            announce(Family.IPV4_UNICAST, update.announced(), attributes);
        }
    }

    private void check(Family family) {
        if (!families.contains(family)) {
            throw world.failure("%s received routes of %s, which was not negotiated", neighbor, family);
        }
    }

    private void withdraw(Family family, PrefixReader prefixes) {
        while (prefixes.next()) {
            check(family);
            Prefix prefix = new Prefix(family, prefixes.high(), prefixes.low(), prefixes.length());
            seen.add(prefix);
            routes.remove(new Key(prefix, prefixes.pathId()));
            world.history().note("%s: - %s id %d", neighbor, prefix, prefixes.pathId());
        }
    }

    private void announce(Family family, PrefixReader prefixes, PathAttributes attributes) {
        Announcements.@Nullable Received received = null;
        while (prefixes.next()) {
            check(family);
            Prefix prefix = new Prefix(family, prefixes.high(), prefixes.low(), prefixes.length());
            if (received == null) {
                received = recognise(attributes);
                if (received.stale() && !speaker.settings().knowsStaleRoutes()
                        && neighbor.member() instanceof ReflectorNode) {
                    throw world.failure("%s received the stale %s, and does not know what that is", neighbor,
                            received.announcement());
                }
                checkNextHop(attributes, received.announcement());
            }
            Announcement announcement = received.announcement();
            world.history().note("%s: + %s id %d %s", neighbor, prefix, prefixes.pathId(), announcement);
            if (!announcement.prefixes().contains(prefix)) {
                throw world.failure("%s received %s with the attributes of %s, which was never said about it", neighbor,
                        prefix, announcement);
            }
            if (seen.add(prefix)) {
                checkInitial(prefix, announcement);
            }
            if (isOwn(received)) {
                routes.remove(new Key(prefix, prefixes.pathId())); // RFC 4456 §8: ignored, and what was announced before is replaced by it
            } else {
                routes.put(new Key(prefix, prefixes.pathId()), new Route(attributes, received, world.time().now()));
            }
        }
    }

    private Announcements.Received recognise(PathAttributes attributes) {
        try {
            Announcements.Received received = world.announcements().recognise(attributes, !fromOtherAs);
            checkPath(received);
            return received;
        } catch (IllegalArgumentException e) {
            throw world.failure("%s received %s", neighbor, e.getMessage());
        }
    }

    /** A reflector does not touch the next hop (RFC 4456 §10). */
    private void checkNextHop(PathAttributes attributes, Announcement announcement) {
        boolean kept = attributes.nextHop().equals(announcement.attributes().nextHop());
        if (!kept) {
            throw world.failure("%s received %s with next hop %s instead of %s", neighbor, announcement,
                    attributes.nextHop(), announcement.attributes().nextHop());
        }
    }

    /** ORIGINATOR_ID and CLUSTER_LIST are what the way from the announcing speaker to here makes of them. */
    private void checkPath(Announcements.Received received) {
        Announcement announcement = received.announcement();
        Integer originator = received.originatorId();
        int[] clusters = received.clusters();
        if (!(neighbor.member() instanceof ReflectorNode reflector)) {
            if (originator != null || clusters.length > 0 || neighbor.member() != announcement.speaker()) {
                throw world.failure("%s received %s, which is not the neighbour's own", neighbor, announcement);
            }
            return;
        }
        Speaker source = announcement.speaker();
        if (fromOtherAs || (source.isExternal() && reflector.hasPeer(source))) {
            if (originator != null || clusters.length > 0) {
                throw world.failure("%s received %s with ORIGINATOR_ID or CLUSTER_LIST %s", neighbor, announcement,
                        Arrays.toString(clusters));
            }
            if (source == speaker) {
                throw world.failure("%s got its own %s back", neighbor, announcement);
            }
            return;
        }
        if (originator == null || clusters.length == 0) {
            throw world.failure("%s received the reflected %s without ORIGINATOR_ID or CLUSTER_LIST", neighbor,
                    announcement);
        }
        if (source.isExternal() ? originator == source.routerId() : originator != source.routerId()) {
            throw world.failure("%s received %s with ORIGINATOR_ID %x", neighbor, announcement, originator);
        }
        Set<Integer> distinct = new HashSet<>();
        for (int cluster : clusters) {
            if (!distinct.add(cluster)) {
                throw world.failure("%s received %s with a loop in CLUSTER_LIST %s", neighbor, announcement,
                        Arrays.toString(clusters));
            }
        }
        if (clusters[0] != neighbor.clusterId()) {
            throw world.failure("%s received %s with CLUSTER_LIST %s, which does not begin with %x", neighbor,
                    announcement, Arrays.toString(clusters), neighbor.clusterId());
        }
        if (!source.isExternal() && source.neighbors().stream()
                .noneMatch(entry -> entry.clusterId() == clusters[clusters.length - 1])) {
            throw world.failure("%s received %s with CLUSTER_LIST %s, which does not end with a cluster of its source",
                    neighbor, announcement, Arrays.toString(clusters));
        }
        if (source == speaker && clusters.length == 1) {
            throw world.failure("%s got its own %s back from the reflector it told it to", neighbor, announcement);
        }
    }

    /** Its own, or in another AS, one that has been in that AS before (RFC 4271 §9.1.2). */
    private boolean isOwn(Announcements.Received received) {
        if (fromOtherAs) {
            return received.announcement().speaker().isExternal();
        }
        Integer originator = received.originatorId();
        return originator != null && originator == speaker.routerId();
    }

    /** What was in the table before the session began, and stayed there, comes before End-of-RIB (RFC 4724 §2). */
    private void checkInitial(Prefix prefix, Announcement announcement) {
        if (announcement.speaker() == speaker) {
            return; // kept as a stale route of its last session, it may come from elsewhere later
        }
        if (!ended.contains(prefix.family()) || !(neighbor.member() instanceof ReflectorNode reflector)) {
            return;
        }
        ReflectorNode.TableAtStart table = reflector.tableAtStart(speaker);
        if (table != null && world.lastTroubleAt() < table.at()
                && table.numbers().getOrDefault(prefix, -1) == announcement.number()) {
            throw world.failure("%s received %s of %s after End-of-RIB, though it was in the table when the session "
                    + "began", neighbor, prefix, announcement);
        }
    }

    void refreshRequested(Family family) {
        requests.merge(family, 1, Integer::sum);
        lastRequestAt.put(family, world.time().now());
    }

    void refreshBegins(Family family) {
        check(family);
        world.history().note("%s: BoRR of %s", neighbor, family);
        int open = requests.getOrDefault(family, 0);
        if (!bracketed || open == 0 || !refreshing.add(family)) {
            throw world.failure("%s received BoRR of %s that was not asked for, or twice", neighbor, family);
        }
        lastBeginningAt.put(family, world.time().now());
        routes.forEach((key, route) -> route.stale |= key.prefix.family() == family);
    }

    void refreshEnds(Family family) {
        world.history().note("%s: EoRR of %s", neighbor, family);
        if (!refreshing.remove(family)) {
            throw world.failure("%s received EoRR of %s without BoRR", neighbor, family);
        }
        if (neighbor.member() instanceof ReflectorNode reflector
                && world.lastTroubleAt() < lastBeginningAt.getOrDefault(family, 0L)) {
            routes.forEach((key, route) -> {
                if (route.stale && key.prefix.family() == family
                        && route.announcement().equals(reflector.chosen(key.prefix))) {
                    throw world.failure("%s received EoRR of %s, but not %s again", neighbor, family, key);
                }
            });
        }
        routes.entrySet().removeIf(entry -> entry.getValue().stale && entry.getKey().prefix.family() == family);
    }
}
