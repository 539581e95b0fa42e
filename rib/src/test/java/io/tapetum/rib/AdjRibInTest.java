package io.tapetum.rib;

import static io.tapetum.wire.attribute.TestAttributes.attributes;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.PathAttributes;

class AdjRibInTest {

    private static final long TEN = 10L << 56;
    private static final long ELEVEN = 11L << 56;

    private final AdjRibIn rib = new AdjRibIn(Family.IPV4_UNICAST, 4);
    private final RibChanges changes = new RibChanges();

    private static RouteSource session(int peer, int session) {
        return new RouteSource(peer, session, RouteSource.Kind.CLIENT, peer, 0, peer, 0);
    }

    private final AttributeTable table = new AttributeTable();

    private Change announce(RouteSource source, PathAttributes attributes) {
        changes.clear();
        return rib.announce(source, 0, TEN, 0, 8, attributes, changes);
    }

    private boolean withdraw(RouteSource source) {
        changes.clear();
        return rib.withdraw(source, 0, TEN, 0, 8, changes);
    }

    @Test
    void a_worse_path_changes_nothing_for_anybody() {
        announce(session(1, 1), attributes().localPref(200).build());

        assertThat(announce(session(2, 1), attributes().build())).isEqualTo(Change.ADDED);

        assertThat(changes.size()).isZero();
        assertThat(rib.paths()).isEqualTo(2);
    }

    @Test
    void a_worse_path_is_a_change_for_those_who_want_all_paths() {
        rib.rankPaths(true);
        announce(session(1, 1), attributes().localPref(200).build());

        announce(session(2, 1), attributes().build());

        assertThat(changes.size()).isZero();
        assertThat(changes.isEmpty()).isFalse();
        assertThat(changes.paths().size()).isEqualTo(1);
        assertThat(peers(changes.paths().paths(0))).containsExactly(1, 2);
        assertThat(changes.paths().isCurrent(0)).isTrue();
        assertThat(changes.paths().length(0)).isEqualTo(8);
        assertThat(changes.paths().high(0)).isEqualTo(TEN);
    }

    @Test
    void nobody_ranks_paths_that_nobody_wants() {
        announce(session(1, 1), attributes().localPref(200).build());
        announce(session(2, 1), attributes().build());
        assertThat(changes.isEmpty()).isTrue();

        rib.rankPaths(true);
        rib.rankPaths(false);
        announce(session(1, 1), attributes().localPref(100).build());

        assertThat(changes.size()).isEqualTo(1);
        assertThat(changes.paths().size()).isZero();
    }

    @Test
    void a_path_that_stays_as_it_is_stays_the_same_object() {
        rib.rankPaths(true);
        PathAttributes attributes = attributes().build();
        announce(session(1, 1), attributes);
        Path first = changes.paths().paths(0).get(0);

        announce(session(2, 1), attributes().localPref(200).build());
        assertThat(changes.paths().paths(0).get(1)).isSameAs(first);

        announce(session(1, 2), attributes);
        assertThat(changes.isEmpty()).as("said by the next session").isTrue();
        withdraw(session(2, 1));
        assertThat(changes.paths().paths(0).get(0)).isSameAs(first);

        announce(session(1, 2), attributes().tag(1).build());
        assertThat(changes.paths().paths(0).get(0)).isNotSameAs(first);
    }

    @Test
    void the_last_path_that_goes_leaves_none() {
        rib.rankPaths(true);
        announce(session(1, 1), attributes().build());

        withdraw(session(1, 1));

        assertThat(changes.paths().paths(0).size()).isZero();
        assertThat(changes.paths().isCurrent(0)).isTrue();
    }

    @Test
    void whoever_comes_later_finds_the_same_ranking() {
        announce(session(1, 1), attributes().build());
        announce(session(2, 1), attributes().localPref(200).build());
        rib.rankPaths(true);
        RibChanges first = new RibChanges();
        RibChanges second = new RibChanges();

        assertThat(rib.rankedWalk().step(100, first)).isTrue();
        assertThat(rib.rankedWalk().step(100, second)).isTrue();

        assertThat(first.size()).isZero();
        assertThat(peers(first.paths().paths(0))).containsExactly(2, 1);
        assertThat(second.paths().paths(0)).isSameAs(first.paths().paths(0));
    }

    private static List<Integer> peers(RankedPaths paths) {
        List<Integer> peers = new ArrayList<>();
        for (int rank = 0; rank < paths.size(); rank++) {
            peers.add(paths.get(rank).source().peerId());
        }
        return peers;
    }

    @Test
    void the_best_path_with_other_attributes_is_a_change() {
        RouteSource peer = session(1, 1);
        announce(peer, attributes().tag(1).build());
        PathAttributes other = attributes().tag(2).build();

        assertThat(announce(peer, other)).isEqualTo(Change.REPLACED);

        assertThat(changes.size()).isEqualTo(1);
        assertThat(changes.source(0)).isSameAs(peer);
        assertThat(changes.attributes(0)).isSameAs(other);
    }

    @Test
    void the_same_announcement_again_is_no_change() {
        RouteSource peer = session(1, 1);
        PathAttributes attributes = attributes().build();
        announce(peer, attributes);

        assertThat(announce(peer, attributes)).isEqualTo(Change.UNCHANGED);
        assertThat(changes.size()).isZero();
    }

    @Test
    void a_path_announced_again_by_the_next_session_belongs_to_that_session_and_nobody_is_told() {
        RouteSource before = session(1, 1);
        RouteSource after = session(1, 2);
        PathAttributes attributes = attributes().build();
        announce(before, attributes);

        assertThat(announce(after, attributes)).isEqualTo(Change.ADDED);
        assertThat(changes.size()).isZero();

        Purge purge = rib.purge(before);
        assertThat(purge.step(1000, changes)).isTrue();
        assertThat(purge.removed()).isZero();
        assertThat(changes.size()).isZero();
        assertThat(rib.best(TEN, 0, 8)).extracting(Path::source).isSameAs(after);
    }

    @Test
    void a_session_with_another_identifier_or_role_is_a_change_even_with_the_same_attributes() {
        PathAttributes attributes = attributes().build();
        announce(session(1, 1), attributes);
        assertThat(announce(new RouteSource(1, 2, RouteSource.Kind.CLIENT, 77, 0, 1, 0), attributes))
                .isEqualTo(Change.ADDED);
        assertThat(changes.size()).isEqualTo(1);
        assertThat(announce(new RouteSource(1, 3, RouteSource.Kind.NON_CLIENT, 77, 0, 1, 0), attributes))
                .isEqualTo(Change.ADDED);
        assertThat(changes.size()).isEqualTo(1);
    }

    @Test
    void a_session_that_is_over_cannot_touch_the_paths_of_its_successor() {
        RouteSource before = session(1, 1);
        RouteSource after = session(1, 2);
        announce(after, attributes().build());

        assertThat(announce(before, attributes().tag(9).build())).isEqualTo(Change.UNCHANGED);
        assertThat(withdraw(before)).isFalse();
        assertThat(rib.best(TEN, 0, 8)).extracting(Path::source).isSameAs(after);
        assertThat(withdraw(after)).isTrue();
    }

    @Test
    void a_withdrawal_takes_back_an_earlier_sessions_path_which_is_not_the_sessions_own() {
        announce(session(1, 1), attributes().build());

        assertThat(withdraw(session(1, 2))).isFalse();

        assertThat(changes.size()).isEqualTo(1);
        assertThat(rib.prefixes()).isZero();
    }

    @Test
    void to_ask_how_much_there_is_does_not_wait_for_who_changes_it() {
        announce(session(1, 1), attributes().build());
        announce(session(2, 1), attributes().build());

        rib.forEachBest((_, _, _, _) -> {
            assertThat(supplyAsync(rib::prefixes).orTimeout(1, TimeUnit.MINUTES).join()).isEqualTo(1);
            assertThat(supplyAsync(rib::paths).orTimeout(1, TimeUnit.MINUTES).join()).isEqualTo(2);
        });
    }

    @Test
    void the_withdrawal_of_a_prefix_that_is_unknown_is_nothing() {
        assertThat(withdraw(session(1, 1))).isFalse();
        assertThat(changes.size()).isZero();
        announce(session(1, 1), attributes().build());
        assertThat(withdraw(session(2, 1))).isFalse();
        assertThat(changes.size()).isZero();
    }

    @Test
    void the_last_path_leaves_a_change_without_best_path_and_no_prefix() {
        RouteSource peer = session(1, 1);
        announce(peer, attributes().build());

        assertThat(withdraw(peer)).isTrue();

        assertThat(changes.size()).isEqualTo(1);
        assertThat(changes.source(0)).isNull();
        assertThat(changes.attributes(0)).isNull();
        assertThat(changes.isCurrent(0)).isTrue();
        assertThat(rib.prefixes()).isZero();
        assertThat(rib.paths(TEN, 0, 8)).isEmpty();
    }

    @Test
    void a_prefix_that_comes_back_has_a_newer_version_than_its_removal() {
        announce(session(1, 1), attributes().build());
        withdraw(session(1, 1));
        long removed = changes.version(0);
        announce(session(1, 1), attributes().build());

        assertThat(changes.version(0)).isGreaterThan(removed);
    }

    @Test
    void paths_of_one_peer_with_different_identifiers_stand_side_by_side() {
        RouteSource peer = session(1, 1);
        rib.announce(peer, 1, TEN, 0, 8, attributes().localPref(50).build(), changes);
        rib.announce(peer, 2, TEN, 0, 8, attributes().localPref(60).build(), changes);
        assertThat(rib.best(TEN, 0, 8)).extracting(Path::pathId).isEqualTo(2);

        assertThat(rib.withdraw(peer, 2, TEN, 0, 8, changes)).isTrue();
        assertThat(rib.best(TEN, 0, 8)).extracting(Path::pathId).isEqualTo(1);
    }

    @Test
    void prefixes_that_differ_in_any_bit_or_in_length_are_different() {
        RouteSource peer = session(1, 1);
        AdjRibIn ipv6 = new AdjRibIn(Family.IPV6_UNICAST, 1);
        ipv6.announce(peer, 0, 1, 0, 64, attributes().tag(1).build(), changes);
        ipv6.announce(peer, 0, 1, 0, 65, attributes().tag(2).build(), changes);
        ipv6.announce(peer, 0, 1, 0, 128, attributes().tag(3).build(), changes);
        ipv6.announce(peer, 0, 1, 1, 128, attributes().tag(4).build(), changes);
        ipv6.announce(peer, 0, 2, 0, 64, attributes().tag(5).build(), changes);

        assertThat(ipv6.prefixes()).isEqualTo(5);
        assertThat(ipv6.best(1, 1, 128)).extracting(Path::attributes).isEqualTo(attributes().tag(4).build());
        assertThat(changes.low(3)).isEqualTo(1);
        assertThat(changes.length(3)).isEqualTo(128);
    }

    @Test
    void the_best_path_of_several_leaves_its_place_to_the_next_best() {
        RouteSource best = session(2, 1);
        RouteSource runnerUp = session(3, 1);
        announce(session(1, 1), attributes().localPref(10).build());
        announce(best, attributes().localPref(30).build());
        announce(runnerUp, attributes().localPref(20).build());

        assertThat(withdraw(best)).isTrue();

        assertThat(changes.size()).isEqualTo(1);
        assertThat(changes.source(0)).isSameAs(runnerUp);
        assertThat(rib.paths(TEN, 0, 8)).extracting(path -> path.source().peerId()).containsExactlyInAnyOrder(1, 3);
    }

    @Test
    void a_path_that_is_taken_away_can_have_kept_another_from_being_best() {
        RouteSource first = session(1, 1);
        RouteSource second = session(2, 1);
        RouteSource third = session(3, 1);
        announce(first, attributes().med(10, 100).build());
        announce(second, attributes().med(20, 0).build());
        announce(third, attributes().med(10, 50).build());
        assertThat(rib.best(TEN, 0, 8)).extracting(Path::source).isSameAs(second);

        withdraw(third);

        assertThat(changes.size()).isEqualTo(1);
        assertThat(changes.source(0)).isSameAs(first);
    }

    @Test
    void a_path_that_was_asked_for_stays_as_it_was() {
        RouteSource peer = session(1, 1);
        PathAttributes before = attributes().tag(1).build();
        announce(peer, before);
        Path asked = rib.best(TEN, 0, 8);

        announce(peer, attributes().tag(2).build());

        assertThat(asked).extracting(Path::attributes).isSameAs(before);
    }

    @Test
    void a_purge_in_steps_removes_exactly_the_paths_of_its_session() {
        RouteSource gone = session(1, 1);
        RouteSource stays = session(2, 1);
        for (int i = 0; i < 10_000; i++) {
            rib.announce(gone, 0, (long) i << 40, 0, 24, attributes().build(), changes);
            if (i % 2 == 0) {
                rib.announce(stays, 0, (long) i << 40, 0, 24, attributes().localPref(50).build(), changes);
            }
        }
        Purge purge = rib.purge(gone);
        Set<Long> changed = new HashSet<>();
        int steps = 0;
        boolean done = false;
        while (!done) {
            changes.clear();
            done = purge.step(100, changes);
            assertThat(changes.size()).isLessThan(400);
            for (int i = 0; i < changes.size(); i++) {
                changed.add(changes.high(i));
            }
            steps++;
        }
        assertThat(steps).isGreaterThan(25);
        assertThat(purge.removed()).isEqualTo(10_000);
        assertThat(changed).hasSize(10_000);
        assertThat(rib.prefixes()).isEqualTo(5_000);
        assertThat(rib.paths()).isEqualTo(5_000);
    }

    @Test
    void a_purge_takes_what_is_left_of_earlier_sessions_along_and_nothing_of_later_ones() {
        rib.announce(session(1, 1), 1, TEN, 0, 8, attributes().build(), changes);
        rib.announce(session(1, 2), 2, TEN, 0, 8, attributes().build(), changes);
        rib.announce(session(1, 3), 3, TEN, 0, 8, attributes().build(), changes);
        rib.announce(session(2, 1), 4, TEN, 0, 8, attributes().build(), changes);

        rib.purge(session(1, 2)).step(100, changes);

        assertThat(rib.paths(TEN, 0, 8)).extracting(Path::pathId).containsExactlyInAnyOrder(3, 4);
    }

    @Test
    void marking_a_lost_session_makes_its_paths_the_last_resort_and_tells_of_it() {
        RouteSource lost = session(1, 1);
        RouteSource other = session(2, 1);
        PathAttributes plain = attributes().localPref(200).build();
        announce(lost, plain);
        announce(other, attributes().localPref(50).build());
        rib.announce(lost, 0, ELEVEN, 0, 8, plain, changes);
        changes.clear();

        assertThat(rib.markStale(lost, table).step(100, changes)).isTrue();

        assertThat(rib.best(TEN, 0, 8)).extracting(Path::source).isSameAs(other);
        assertThat(rib.best(ELEVEN, 0, 8)).extracting(Path::attributes).isEqualTo(plain.withLlgrStale());
        assertThat(changes.size()).isEqualTo(2);
        assertThat(rib.paths()).isEqualTo(3);
    }

    @Test
    void marking_removes_paths_that_must_not_become_stale_also_those_that_are_already() {
        RouteSource lost = session(1, 1);
        rib.announce(lost, 1, TEN, 0, 8, attributes().noLlgr().build(), changes);
        rib.announce(lost, 2, TEN, 0, 8, attributes().noLlgr().stale().build(), changes);
        rib.announce(lost, 3, TEN, 0, 8, attributes().build(), changes);
        rib.announce(lost, 0, ELEVEN, 0, 8, attributes().noLlgr().build(), changes);

        rib.markStale(lost, table).step(100, changes);

        assertThat(rib.paths(TEN, 0, 8)).extracting(Path::pathId).containsExactly(3);
        assertThat(rib.paths(ELEVEN, 0, 8)).isEmpty();
        assertThat(changes.attributes(changes.size() - 1)).isNull();
    }

    @Test
    void marking_leaves_the_peers_next_session_and_what_is_marked_already_alone() {
        RouteSource lost = session(1, 1);
        rib.announce(lost, 1, TEN, 0, 8, attributes().stale().build(), changes);
        rib.announce(session(1, 2), 2, TEN, 0, 8, attributes().build(), changes);
        changes.clear();

        rib.markStale(lost, table).step(100, changes);

        assertThat(changes.size()).isZero();
        assertThat(rib.best(TEN, 0, 8)).extracting(Path::pathId).isEqualTo(2);
    }

    @Test
    void equal_attributes_are_still_one_object_when_they_are_marked() {
        RouteSource lost = session(1, 1);
        PathAttributes plain = attributes().build();
        announce(lost, plain);
        rib.announce(lost, 0, ELEVEN, 0, 8, plain, changes);
        PathAttributes known = table.intern(plain.withLlgrStale());

        rib.markStale(lost, table).step(100, changes);

        assertThat(rib.best(TEN, 0, 8)).extracting(Path::attributes).isSameAs(known);
        assertThat(rib.best(ELEVEN, 0, 8)).extracting(Path::attributes).isSameAs(known);
    }

    @Test
    void a_walk_lists_every_prefix_that_stays_while_others_come_and_go() {
        RouteSource peer = session(1, 1);
        for (int i = 0; i < 2_000; i++) {
            rib.announce(peer, 0, (long) i << 40, 0, 24, attributes().build(), changes);
        }
        BestWalk walk = rib.bestWalk();
        Set<Long> listed = new HashSet<>();
        int round = 0;
        boolean done = false;
        while (!done) {
            changes.clear();
            done = walk.step(20, changes);
            for (int i = 0; i < changes.size(); i++) {
                assertThat(changes.isCurrent(i)).isTrue();
                listed.add(changes.high(i) >>> 40);
            }
            // Odd prefixes go, others beyond come: the tables grow, shrink and shift.
            for (int i = 0; i < 10; i++) {
                rib.announce(peer, 0, (long) (2_000 + round * 10 + i) << 40, 0, 24, attributes().build(), changes);
            }
            rib.withdraw(peer, 0, (long) (round * 2 + 1) << 40, 0, 24, changes);
            round++;
        }
        for (long i = 0; i < 2_000; i += 2) {
            assertThat(listed).contains(i);
        }
    }

    @Test
    void stripes_are_a_power_of_two() {
        assertThatThrownBy(() -> new AdjRibIn(Family.IPV4_UNICAST, 3)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3");
        assertThatThrownBy(() -> rib.purge(session(1, 1)).step(0, changes))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
