package io.tapetum.rib;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.PathAttributes;

/** Random histories of a table against maps and lists: paths, best paths, and the changes it reports. */
class AdjRibInRandomTest {

    private static final int HISTORIES = Integer.getInteger("tapetum.histories", 40);

    @Test
    void a_table_does_what_maps_and_lists_do() {
        for (int seed = 1; seed <= HISTORIES; seed++) {
            try {
                new History(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("history of seed " + seed + ": " + e, e);
            }
        }
    }

    private record Prefix(long high, long low, int length) {}

    private record Key(int peer, int pathId) {}

    private record Seen(String best, long version) {}

    private static final class History {
        final Random random;
        final AdjRibIn rib;
        final Map<Prefix, Map<Key, Path>> model = new HashMap<>();
        /** What somebody who follows the changes believes. */
        final Map<Prefix, Seen> followed = new HashMap<>();
        final List<PathAttributes> interned = new ArrayList<>();
        final RouteSource[] sources = new RouteSource[6];
        final RibChanges changes = new RibChanges();
        /** The same for all paths, if somebody wants them. */
        final Map<Prefix, RankedPaths> ranked = new HashMap<>();
        final boolean ranking;
        final AttributeTable table = new AttributeTable();
        final int prefixes;
        @Nullable
        RouteSource purged;

        History(int seed) {
            random = new Random(seed);
            rib = new AdjRibIn(Family.IPV6_UNICAST, 1 << random.nextInt(4));
            prefixes = 1 + random.nextInt(400);
            ranking = random.nextBoolean();
            rib.rankPaths(ranking);
            for (int i = 0; i < sources.length; i++) {
                sources[i] = BestPathTest.randomSource(random, i);
            }
            for (int i = 0; i < 12; i++) {
                interned.add(table.intern(BestPathTest.randomAttributes(random).tag(i).build()));
            }
        }

        void run() {
            for (int step = 0; step < 1_500; step++) {
                changes.clear();
                int dice = random.nextInt(100);
                RouteSource source = sources[random.nextInt(sources.length)];
                if (dice < 60) {
                    announce(source);
                } else if (dice < 90) {
                    withdraw(source);
                } else if (dice < 98) {
                    nextSession(source);
                } else if (dice < 99) {
                    markStale(source);
                } else {
                    purge(source);
                }
                follow();
                if (step % 50 == 0) {
                    compare();
                }
            }
            for (RouteSource source : List.of(sources)) {
                changes.clear();
                purge(source);
                follow();
            }
            // What was announced during a purge is left.
            compare();
        }

        Prefix prefix() {
            int number = random.nextInt(prefixes);
            return number % 4 == 0
                    ? new Prefix(number * 0x1_0000_0000L, 0, 64)
                    : new Prefix(number / 8 * 0x1_0000_0000L, number % 8, 128);
        }

        Map<Key, Path> paths(Prefix prefix) {
            return model.computeIfAbsent(prefix, none -> new HashMap<>());
        }

        void announce(RouteSource source) {
            Prefix prefix = prefix();
            int pathId = random.nextInt(3) == 0 ? 1 : 0;
            PathAttributes attributes = interned.get(random.nextInt(interned.size()));
            Key key = new Key(source.peerId(), pathId);
            Path old = paths(prefix).get(key);

            Change change = rib.announce(source, pathId, prefix.high(), prefix.low(), prefix.length(), attributes,
                    changes);

            if (old != null && purged != null && isUpTo(purged, old)) {
                // Whether the walk has come this far is not for the model to know.
                assertThat(change).isNotNull();
            } else if (old == null) {
                assertThat(change).isEqualTo(Change.ADDED);
            } else if (!old.source().equals(source)) {
                assertThat(change).isEqualTo(Change.ADDED);
                if (old.attributes().equals(attributes) && sameBut(old.source(), source)) {
                    assertThat(changes.size()).isZero();
                }
            } else if (old.attributes().equals(attributes)) {
                assertThat(change).isEqualTo(Change.UNCHANGED);
                assertThat(changes.size()).isZero();
            } else {
                assertThat(change).isEqualTo(Change.REPLACED);
            }
            paths(prefix).put(key, new Path(source, pathId, attributes, null));
        }

        private static boolean sameBut(RouteSource one, RouteSource other) {
            return new RouteSource(one.peerId(), other.session(), one.kind(), one.bgpIdentifier(), one.addressHigh(),
                    one.addressLow(), one.clusterId()).equals(other);
        }

        void withdraw(RouteSource source) {
            Prefix prefix = prefix();
            Path removed = paths(prefix).remove(new Key(source.peerId(), 0));
            assertThat(rib.withdraw(source, 0, prefix.high(), prefix.low(), prefix.length(), changes))
                    .isEqualTo(removed != null && removed.source().equals(source));
        }

        /** The old session's paths stay, as under graceful restart. */
        void nextSession(RouteSource source) {
            RouteSource other = random.nextBoolean() ? source : BestPathTest.randomSource(random, source.peerId());
            sources[source.peerId()] = new RouteSource(source.peerId(), source.session() + 1, other.kind(),
                    other.bgpIdentifier(), other.addressHigh(), other.addressLow(), 0);
        }

        void purge(RouteSource source) {
            RouteSource next = new RouteSource(source.peerId(), source.session() + 1, source.kind(),
                    source.bgpIdentifier(), source.addressHigh(), source.addressLow(), 0);
            sources[source.peerId()] = next;
            purged = source;
            Purge purge = rib.purge(source);
            long removed = rib.paths();
            int added = 0;
            while (!purge.step(1 + random.nextInt(30), changes)) {
                // The peer is back before its old paths are gone, and others go on as well.
                follow();
                changes.clear();
                long before = rib.paths();
                announce(random.nextBoolean() ? next : sources[random.nextInt(sources.length)]);
                added += (int) (rib.paths() - before);
            }
            assertThat(purge.removed()).isEqualTo(removed + added - rib.paths());
            purged = null;
            model.values().forEach(paths -> paths.values().removeIf(path -> isUpTo(source, path)));
        }

        private static boolean isUpTo(RouteSource session, Path path) {
            return path.source().peerId() == session.peerId() && path.source().session() <= session.session();
        }

        /** The peer may be back before all of its old paths are marked, and others go on as well. */
        void markStale(RouteSource source) {
            nextSession(source);
            purged = source;
            StaleMarking marking = rib.markStale(source, table);
            while (!marking.step(1 + random.nextInt(30), changes)) {
                follow();
                changes.clear();
                announce(sources[random.nextInt(3) == 0 ? source.peerId() : random.nextInt(sources.length)]);
            }
            purged = null;
            for (Map<Key, Path> paths : model.values()) {
                paths.values().removeIf(
                        path -> isUpTo(source, path) && path.attributes().has(PathAttributes.NO_LLGR));
                paths.replaceAll((key, path) -> isUpTo(source, path)
                        ? new Path(path.source(), path.pathId(), path.attributes().withLlgrStale(), null)
                        : path);
            }
        }

        void follow() {
            followPaths();
            for (int i = 0; i < changes.size(); i++) {
                Prefix prefix = new Prefix(changes.high(i), changes.low(i), changes.length(i));
                Seen before = followed.put(prefix,
                        new Seen(looks(changes.source(i), changes.attributes(i)), changes.version(i)));
                assertThat(before == null || before.version() < changes.version(i)).isTrue();
                boolean last = true;
                for (int later = i + 1; later < changes.size(); later++) {
                    last &= !prefix.equals(new Prefix(changes.high(later), changes.low(later), changes.length(later)));
                }
                if (last) {
                    assertThat(changes.isCurrent(i)).isTrue();
                } else if (changes.source(i) != null) {
                    assertThat(changes.isCurrent(i)).isFalse();
                }
            }
        }

        void followPaths() {
            PathChanges paths = changes.paths();
            assertThat(ranking || paths.size() == 0).isTrue();
            assertThat(paths.size() >= changes.size() || !ranking).isTrue();
            for (int i = 0; i < paths.size(); i++) {
                RankedPaths before = ranked.put(new Prefix(paths.high(i), paths.low(i), paths.length(i)),
                        paths.paths(i));
                assertThat(before == null || before.version() < paths.version(i)).isTrue();
            }
        }

        void compareRanks(Prefix prefix, List<Path> expected) {
            List<Path> left = new ArrayList<>(expected);
            RankedPaths paths = ranked.get(prefix);
            for (int rank = 0; paths != null && rank < paths.size(); rank++) {
                Path best = NaiveDecision.best(left);
                assertThat(best).isNotNull();
                assertThat(looks(paths.get(rank).source(), paths.get(rank).attributes()))
                        .isEqualTo(best == null ? "none" : looks(best.source(), best.attributes()));
                left.remove(best);
            }
            assertThat(left).isEmpty();
        }

        void compare() {
            long paths = 0;
            int used = 0;
            for (Map.Entry<Prefix, Map<Key, Path>> entry : model.entrySet()) {
                Prefix prefix = entry.getKey();
                List<Path> expected = List.copyOf(entry.getValue().values());
                paths += expected.size();
                used += expected.isEmpty() ? 0 : 1;
                Path naive = NaiveDecision.best(expected);
                if (ranking) {
                    compareRanks(prefix, expected);
                }
                assertThat(rib.paths(prefix.high(), prefix.low(), prefix.length())).map(History::show)
                        .containsExactlyInAnyOrderElementsOf(expected.stream().map(History::show).toList());
                assertThat(show(rib.best(prefix.high(), prefix.low(), prefix.length()))).isEqualTo(show(naive));
                Seen seen = followed.get(prefix);
                assertThat(seen == null ? "none" : seen.best()).isEqualTo(
                        naive == null ? "none" : looks(naive.source(), naive.attributes()));
            }
            assertThat(rib.paths()).isEqualTo(paths);
            assertThat(rib.prefixes()).isEqualTo(used);
            int[] visited = {0};
            rib.forEachBest((high, low, length, best) -> visited[0]++);
            assertThat(visited[0]).isEqualTo(used);
        }

        private static String show(@Nullable Path path) {
            return path == null ? "none" : path.source() + " " + path.pathId() + " " + path.attributes().hashCode();
        }

        /** What a neighbour can see of a path: neither the session nor the path identifier. */
        private static String looks(@Nullable RouteSource source, @Nullable PathAttributes attributes) {
            if (source == null || attributes == null) {
                assertThat(attributes).isEqualTo(source);
                return "none";
            }
            return Objects.hash(source.peerId(), source.kind(), source.bgpIdentifier(), source.clusterId()) + " "
                    + attributes.hashCode();
        }
    }
}
