package io.tapetum.rib.log;

import static io.tapetum.rib.log.LogFixture.prefix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tapetum.rib.Purge;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.TestAttributes;

/** Several paths of a prefix in one log (RFC 7911). */
class PathTellerTest {

    private static final int A = 1;
    private static final int B = 2;
    private static final int C = 3;
    private static final int NOBODY = 99;
    private static final int ALL = Integer.MAX_VALUE;

    private LogFixture fixture = new LogFixture(ALL);
    private LogCursor cursor = fixture.log.join(NOBODY);
    private Receiver receiver = fixture.receiver();

    private void limit(int paths) {
        close();
        fixture = new LogFixture(paths);
        cursor = fixture.log.join(NOBODY);
        receiver = fixture.receiver();
    }

    @AfterEach
    void close() {
        cursor.close();
        fixture.close();
    }

    /** What the receiver was told since the last time. */
    private Receiver drained() {
        receiver.forgetMessages();
        fixture.drain(cursor, receiver);
        return receiver;
    }

    private Map<Integer, Integer> paths(int number) {
        return drained().paths.getOrDefault(prefix(number), Map.of());
    }

    private void announce(RouteSource source, int receivedId, int tag, int number) {
        fixture.changes.clear();
        fixture.rib.announce(source, receivedId, prefix(number).high(), 0, 16,
                TestAttributes.attributes().tag(tag).build(), fixture.changes);
        fixture.append();
    }

    @Test
    void every_path_has_an_identifier_of_its_own() {
        fixture.announce(A, 7, 100, 1);
        fixture.announce(B, 8, 200, 1);

        assertThat(paths(1)).isEqualTo(Map.of(1, 7, 2, 8));
    }

    @Test
    void two_peers_may_have_given_their_paths_the_same_identifier_and_one_peer_several() {
        announce(LogFixture.peer(A), 0, 7, 1);
        announce(LogFixture.peer(A), 5, 8, 1);
        announce(LogFixture.peer(B), 5, 9, 1);

        assertThat(paths(1).values()).containsExactlyInAnyOrder(7, 8, 9);
    }

    @Test
    void a_path_keeps_its_identifier_whatever_becomes_of_its_attributes_and_its_rank() {
        fixture.announce(A, 7, 100, 1);
        fixture.announce(B, 8, 200, 1);
        fixture.announce(A, 17, 300, 1);

        assertThat(paths(1)).isEqualTo(Map.of(1, 17, 2, 8));
    }

    @Test
    void a_path_keeps_its_identifier_when_the_next_session_announces_it() {
        fixture.announce(A, 7, 100, 1);
        fixture.announce(B, 8, 100, 1);
        drained();

        announce(new RouteSource(A, 2, RouteSource.Kind.CLIENT, 77, 0, A, 0), 0, 9, 1);

        assertThat(drained().messages).containsExactly("announce 9: 10.1.0.0/16 id 1");
    }

    @Test
    void a_path_that_stays_as_it_is_is_not_sent_again() {
        fixture.announce(A, 7, 100, 1);
        drained();

        fixture.announce(B, 8, 200, 1);

        assertThat(drained().messages).containsExactly("announce 8: 10.1.0.0/16 id 2");
    }

    @Test
    void a_path_that_goes_is_withdrawn_by_its_identifier() {
        fixture.announce(A, 7, 100, 1);
        fixture.announce(B, 8, 200, 1);
        drained();

        fixture.withdraw(A, 1);

        assertThat(drained().messages).containsExactly("withdraw 10.1.0.0/16 id 1");
        assertThat(receiver.paths).isEqualTo(Map.of(prefix(1), Map.of(2, 8)));
    }

    @Test
    void an_identifier_is_given_to_another_path_only_behind_the_withdrawal() {
        limit(2);
        fixture.announce(A, 7, 100, 1);
        fixture.announce(B, 8, 200, 1);
        drained();

        // The third pushes the first out: both happen at once, so they cannot have the same.
        fixture.announce(C, 9, 300, 1);
        assertThat(drained().messages).containsExactly("withdraw 10.1.0.0/16 id 1", "announce 9: 10.1.0.0/16 id 3");

        fixture.withdraw(B, 1);
        assertThat(drained().messages).containsExactly("withdraw 10.1.0.0/16 id 2", "announce 7: 10.1.0.0/16 id 1");
    }

    @Test
    void a_flapping_path_does_not_use_up_identifiers() {
        fixture.announce(A, 7, 100, 1);
        for (int i = 0; i < 100; i++) {
            fixture.announce(B, 8, 200, 1);
            fixture.withdraw(B, 1);
        }
        fixture.announce(C, 9, 300, 1);

        assertThat(paths(1)).isEqualTo(Map.of(1, 7, 2, 9));
        assertThat(fixture.log.statistics().tombstones()).isZero();
    }

    @Test
    void the_best_are_told_of_and_one_that_drops_out_of_them_is_withdrawn() {
        limit(2);
        fixture.announce(A, 7, 100, 1);
        fixture.announce(B, 8, 200, 1);
        assertThat(paths(1).values()).containsExactlyInAnyOrder(7, 8);

        fixture.announce(C, 9, 300, 1);
        assertThat(paths(1).values()).containsExactlyInAnyOrder(8, 9);

        fixture.announce(A, 17, 400, 1);
        assertThat(paths(1).values()).containsExactlyInAnyOrder(9, 17);

        fixture.withdraw(C, 1);
        assertThat(paths(1).values()).containsExactlyInAnyOrder(8, 17);
    }

    @Test
    void a_path_beyond_the_limit_comes_and_goes_unnoticed() {
        limit(2);
        fixture.announce(A, 7, 300, 1);
        fixture.announce(B, 8, 200, 1);
        drained();

        fixture.announce(C, 9, 100, 1);
        fixture.announce(C, 19, 150, 1);
        fixture.withdraw(C, 1);

        assertThat(drained().messages).isEmpty();
    }

    @Test
    void only_paths_that_are_admitted_count() {
        limit(2);
        fixture.announce(A, -1, 300, 1);
        fixture.announce(B, 8, 200, 1);
        fixture.announce(C, 9, 100, 1);
        assertThat(paths(1).values()).containsExactlyInAnyOrder(8, 9);

        fixture.announce(B, -1, 200, 1);
        assertThat(paths(1).values()).containsExactly(9);
    }

    @Test
    void nobody_gets_a_path_of_its_own_back_whatever_its_identifier_is() {
        LogCursor toA = fixture.log.join(A);
        Receiver a = fixture.receiver();
        announce(LogFixture.peer(A), 1, 7, 1);
        announce(LogFixture.peer(A), 2, 8, 1);
        announce(LogFixture.peer(A), 3, 9, 1);
        announce(LogFixture.peer(B), 1, 10, 1);

        fixture.drain(toA, a);
        assertThat(a.messages).containsExactly("announce 10: 10.1.0.0/16 id 4");

        toA.rewind();
        a.forgetMessages();
        fixture.drain(toA, a);
        assertThat(a.messages).containsExactly("announce 10: 10.1.0.0/16 id 4");
        toA.close();
    }

    @Test
    void the_source_of_one_of_the_best_gets_one_fewer() {
        limit(2);
        LogCursor toA = fixture.log.join(A);
        Receiver a = fixture.receiver();
        fixture.announce(A, 7, 300, 1);
        fixture.announce(B, 8, 200, 1);
        fixture.announce(C, 9, 100, 1);

        fixture.drain(toA, a);

        assertThat(a.paths.get(prefix(1))).isEqualTo(Map.of(2, 8));
        toA.close();
    }

    @Test
    void who_becomes_the_source_of_an_identifier_gives_up_what_it_held_under_it() {
        LogCursor toB = fixture.log.join(B);
        Receiver b = fixture.receiver();
        fixture.announce(A, 7, 100, 1);
        fixture.drain(toB, b);
        assertThat(b.paths).isEqualTo(Map.of(prefix(1), Map.of(1, 7)));

        fixture.withdraw(A, 1);
        fixture.announce(B, 8, 100, 1);
        fixture.drain(toB, b);

        assertThat(b.paths).isEmpty();
        assertThat(paths(1)).isEqualTo(Map.of(1, 8));
        toB.close();
    }

    @Test
    void late_comers_and_those_who_ask_again_get_the_same_identifiers() {
        fixture.announce(A, 7, 100, 1);
        fixture.announce(B, 8, 200, 1);
        fixture.withdraw(A, 1);
        fixture.announce(C, 9, 200, 1);
        fixture.announce(A, 7, 100, 1);
        Map<Integer, Integer> paths = paths(1);
        LogCursor late = fixture.log.join(NOBODY);
        Receiver toLate = fixture.receiver();

        fixture.drain(late, toLate);
        cursor.rewind();
        receiver.paths.clear();

        assertThat(toLate.paths.get(prefix(1))).isEqualTo(paths);
        assertThat(paths(1)).isEqualTo(paths);
        late.close();
    }

    @Test
    void the_prefixes_of_one_update_share_a_message() {
        fixture.announce(A, 7, 100, 0, 1, 2, 3);
        fixture.announce(B, 8, 200, 0, 1, 2, 3);

        assertThat(drained().messages).containsExactly(
                "announce 7: 10.1.0.0/16 id 1 10.2.0.0/16 id 1 10.3.0.0/16 id 1",
                "announce 8: 10.1.0.0/16 id 2 10.2.0.0/16 id 2 10.3.0.0/16 id 2");
    }

    @Test
    void a_session_that_goes_takes_its_paths_and_the_next_best_take_their_places() {
        limit(2);
        fixture.announce(A, 7, 300, 0, 1, 2);
        fixture.announce(B, 8, 200, 0, 1, 2);
        fixture.announce(C, 9, 100, 0, 1, 2);
        Purge purge = fixture.rib.purge(LogFixture.peer(A));
        fixture.changes.clear();

        assertThat(purge.step(100, fixture.changes)).isTrue();
        fixture.append();

        assertThat(paths(1).values()).containsExactlyInAnyOrder(8, 9);
        assertThat(paths(2).values()).containsExactlyInAnyOrder(8, 9);
    }

    @Test
    void what_a_later_change_has_overtaken_is_dropped() {
        RibChanges first = new RibChanges();
        RibChanges second = new RibChanges();
        fixture.rib.announce(LogFixture.peer(A), 0, prefix(1).high(), 0, 16,
                TestAttributes.attributes().tag(7).build(), first);
        fixture.rib.announce(LogFixture.peer(B), 0, prefix(1).high(), 0, 16,
                TestAttributes.attributes().tag(8).build(), second);

        assertThat(fixture.tell(second)).isTrue();
        assertThat(fixture.tell(first)).isFalse();

        assertThat(paths(1).values()).containsExactlyInAnyOrder(7, 8);
    }

    @Test
    void the_late_withdrawal_of_a_prefix_does_not_touch_what_came_after_it() {
        fixture.announce(A, 7, 100, 1);
        RibChanges gone = new RibChanges();
        fixture.rib.withdraw(LogFixture.peer(A), 0, prefix(1).high(), 0, 16, gone);
        fixture.announce(B, 8, 100, 1);

        assertThat(fixture.tell(gone)).isFalse();

        assertThat(paths(1).values()).containsExactly(8);
    }

    @Test
    void a_path_whose_attributes_leave_no_room_is_withheld_and_the_others_are_not() {
        fixture.announce(A, 7, 100, 1);
        fixture.announce(B, 8, 200, 1);
        fixture.announce(A, 17, 100, 4096, 1);

        assertThat(paths(1).values()).containsExactly(8);
        assertThat(fixture.log.withheld()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void identifiers_stand_in_the_multiprotocol_attributes_too(Family family) {
        close();
        fixture = new LogFixture(new LogFormat(family, true, 4096, true), LogSizing.DEFAULT, ALL);
        cursor = fixture.log.join(NOBODY);
        receiver = fixture.receiver();

        fixture.announce(A, 7, 100, 1);
        fixture.announce(B, 8, 200, 1);
        assertThat(paths(1)).isEqualTo(Map.of(1, 7, 2, 8));
        fixture.withdraw(A, 1);
        assertThat(paths(1)).isEqualTo(Map.of(2, 8));
    }

    @Test
    void several_paths_need_a_log_with_identifiers() {
        try (LogFixture plain = new LogFixture()) {
            assertThatThrownBy(() -> new PathTeller(plain.log, 2)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new PathTeller(fixture.log, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
