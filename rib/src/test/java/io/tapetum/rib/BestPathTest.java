package io.tapetum.rib;

import static io.tapetum.wire.attribute.TestAttributes.attributes;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tapetum.wire.attribute.TestAttributes;

class BestPathTest {

    private static final RouteSource PEER = client(1);

    private static RouteSource client(int id) {
        return new RouteSource(id, 1, RouteSource.Kind.CLIENT, id, 0, id, 0);
    }

    private static Path path(RouteSource source, TestAttributes attributes) {
        return new Path(source, 0, attributes.build(), null);
    }

    /** Pairs in which the first wins by the rung, and would lose by the next one. */
    static Stream<Arguments> rungs() {
        RouteSource external = new RouteSource(9, 1, RouteSource.Kind.EXTERNAL, 9, 0, 9, 0);
        RouteSource lowAddress = new RouteSource(7, 1, RouteSource.Kind.CLIENT, 5, 0, 1L << 40, 0);
        RouteSource highAddress = new RouteSource(2, 1, RouteSource.Kind.CLIENT, 5, 0, -1, 0);
        RouteSource highIdentifier = new RouteSource(1, 1, RouteSource.Kind.CLIENT, -1, 0, 0, 0);
        RouteSource twin = new RouteSource(3, 1, RouteSource.Kind.CLIENT, 1, 0, 1, 0);
        return Stream.of(
                Arguments.of(DecisionReason.NOT_STALE, path(PEER, attributes().localPref(1)),
                        path(PEER, attributes().localPref(2).stale())),
                Arguments.of(DecisionReason.LOCAL_PREF, path(PEER, attributes().localPref(1L << 31).asPathLength(9)),
                        path(PEER, attributes().localPref((1L << 31) - 1))),
                Arguments.of(DecisionReason.LOCAL_PREF, path(PEER, attributes().localPref((1L << 32) - 1)),
                        path(PEER, attributes().localPref(0))),
                Arguments.of(DecisionReason.AS_PATH_LENGTH, path(PEER, attributes().asPathLength(1).origin(2)),
                        path(PEER, attributes().asPathLength(2).origin(0))),
                Arguments.of(DecisionReason.ORIGIN, path(PEER, attributes().origin(0).med(5, 9)),
                        path(PEER, attributes().origin(1).med(5, 1))),
                Arguments.of(DecisionReason.MED, path(PEER, attributes().med(5, 1)),
                        path(external, attributes().med(5, 2))),
                Arguments.of(DecisionReason.MED, path(highIdentifier, attributes()),
                        path(PEER, attributes().med(0, 2))),
                Arguments.of(DecisionReason.EXTERNAL, path(external, attributes().med(5, 9)),
                        path(PEER, attributes().med(6, 1))),
                Arguments.of(DecisionReason.IDENTIFIER, path(client(1), attributes().clusterListLength(3)),
                        path(client(2), attributes())),
                Arguments.of(DecisionReason.IDENTIFIER, path(highIdentifier, attributes().originatorId(1)),
                        path(client(2), attributes())),
                Arguments.of(DecisionReason.IDENTIFIER, path(client(2), attributes()),
                        path(highIdentifier, attributes())),
                Arguments.of(DecisionReason.CLUSTER_LIST, path(highAddress, attributes().clusterListLength(1)),
                        path(lowAddress, attributes().clusterListLength(2))),
                Arguments.of(DecisionReason.PEER_ADDRESS, path(lowAddress, attributes()),
                        path(highAddress, attributes())),
                Arguments.of(DecisionReason.PATH_ID, new Path(twin, 1, attributes().build(), null),
                        new Path(PEER, -1, attributes().build(), null)),
                Arguments.of(DecisionReason.PEER_ID, path(PEER, attributes()), path(twin, attributes())),
                Arguments.of(DecisionReason.SAME, path(PEER, attributes()), path(PEER, attributes())));
    }

    @ParameterizedTest
    @MethodSource("rungs")
    void each_rung_decides_what_those_above_leave_open(DecisionReason reason, Path better, Path worse) {
        assertThat(BestPath.reason(better, worse)).isEqualTo(reason);
        assertThat(BestPath.reason(worse, better)).isEqualTo(reason);
        int expected = reason == DecisionReason.SAME ? 0 : -1;
        assertThat(BestPath.compare(better, worse)).isEqualTo(expected);
        assertThat(BestPath.compare(worse, better)).isEqualTo(-expected);
    }

    @Test
    void med_is_weighed_within_a_neighbouring_as_before_paths_of_different_ones_are() {
        // Pairwise they go round in a circle: a beats b and b beats c by identifier, c beats a by MED.
        Path a = path(client(1), attributes().med(10, 100));
        Path b = path(client(2), attributes().med(20, 0));
        Path c = path(client(3), attributes().med(10, 50));

        assertThat(BestPath.compare(a, b)).isNegative();
        assertThat(BestPath.compare(b, c)).isNegative();
        assertThat(BestPath.compare(c, a)).isNegative();
        for (List<Path> order : List.of(List.of(a, b, c), List.of(b, c, a), List.of(c, a, b), List.of(c, b, a))) {
            assertThat(BestPath.of(order)).isSameAs(b);
        }
    }

    @Test
    void med_of_a_path_that_lost_already_does_not_count() {
        Path shortPath = path(client(3), attributes().med(10, 100));
        Path longPath = path(client(1), attributes().asPathLength(4).med(10, 0));

        assertThat(BestPath.of(List.of(longPath, shortPath))).isSameAs(shortPath);
    }

    /** RFC 9494 §4.4: before everything else, so that it is a last resort and nothing more. */
    @ParameterizedTest
    @MethodSource("rungs")
    void a_stale_path_loses_to_every_other_whatever_speaks_for_it(DecisionReason reason, Path better, Path worse) {
        Path staleBetter = new Path(better.source(), better.pathId(), better.attributes().withLlgrStale(), null);
        Path staleWorse = new Path(worse.source(), worse.pathId(), worse.attributes().withLlgrStale(), null);

        if (reason != DecisionReason.NOT_STALE) {
            assertThat(BestPath.reason(staleBetter, worse)).isEqualTo(DecisionReason.NOT_STALE);
            assertThat(BestPath.compare(staleBetter, worse)).isPositive();
            assertThat(BestPath.compare(better, staleWorse)).isNegative();
            assertThat(BestPath.reason(staleBetter, staleWorse)).as("among stale ones").isEqualTo(reason);
        }
    }

    @Test
    void no_paths_have_no_best() {
        assertThat(BestPath.of(List.of())).isNull();
    }

    @Test
    void the_order_of_arrival_does_not_matter() {
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            List<Path> paths = randomPaths(random, 1 + random.nextInt(7));
            Path best = BestPath.of(paths);
            assertThat(best).isSameAs(NaiveDecision.best(paths));
            Collections.shuffle(paths, random);
            assertThat(BestPath.of(paths)).as("round %d", round).isSameAs(best);
        }
    }

    @Test
    void the_next_best_is_the_one_that_would_be_best_without_those_before_it() {
        Random random = new Random(44);
        for (int round = 0; round < 20_000; round++) {
            List<Path> left = randomPaths(random, 1 + random.nextInt(9));
            Path[] ranked = left.toArray(Path[]::new);

            BestPath.rank(ranked);

            for (int rank = 0; rank < ranked.length; rank++) {
                assertThat(ranked[rank]).as("round %d, rank %d", round, rank).isSameAs(NaiveDecision.best(left));
                left.remove(ranked[rank]);
            }
        }
    }

    @Test
    void comparison_is_antisymmetric_and_transitive_where_med_is_comparable() {
        Random random = new Random(43);
        for (int round = 0; round < 50_000; round++) {
            List<Path> paths = randomPaths(random, 3);
            Path a = paths.get(0);
            Path b = paths.get(1);
            Path c = paths.get(2);
            assertThat(BestPath.compare(a, b)).isEqualTo(-BestPath.compare(b, a));
            boolean comparable = a.attributes().neighborAs() == b.attributes().neighborAs()
                    && b.attributes().neighborAs() == c.attributes().neighborAs();
            if (comparable && BestPath.compare(a, b) < 0 && BestPath.compare(b, c) < 0) {
                assertThat(BestPath.compare(a, c)).as("round %d", round).isNegative();
            }
        }
    }

    /** Different peers, and values from so few that ties are common. */
    private static List<Path> randomPaths(Random random, int count) {
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            paths.add(new Path(randomSource(random, i), random.nextInt(3) - 1, randomAttributes(random).build(), null));
        }
        Collections.shuffle(paths, random);
        return paths;
    }

    static RouteSource randomSource(Random random, int peer) {
        RouteSource.Kind[] kinds = RouteSource.Kind.values();
        return new RouteSource(peer, 1, kinds[random.nextInt(kinds.length)], random.nextInt(3) - 1,
                random.nextInt(2), random.nextInt(3) - 1, 0);
    }

    static TestAttributes randomAttributes(Random random) {
        TestAttributes attributes = attributes().localPref(random.nextInt(5) == 0 ? 200 : 100)
                .asPathLength(random.nextInt(5) == 0 ? 1 : 2).origin(random.nextInt(4) == 0 ? 0 : 1)
                .clusterListLength(random.nextInt(3));
        if (random.nextInt(3) > 0) {
            attributes.med(random.nextInt(3), random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            attributes.originatorId(random.nextInt(4) - 2);
        }
        if (random.nextInt(8) == 0) {
            attributes.noLlgr();
        }
        return random.nextInt(6) == 0 ? attributes.stale() : attributes;
    }
}
