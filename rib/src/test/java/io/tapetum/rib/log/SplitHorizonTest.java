package io.tapetum.rib.log;

import static io.tapetum.rib.log.LogFixture.prefix;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing goes back to where it came from, and whoever becomes the source gives up what it held (RFC 4456 §6). */
class SplitHorizonTest {

    private static final int A = 1;
    private static final int B = 2;
    private static final int C = 3;

    private LogFixture fixture;
    private LogCursor toA;
    private LogCursor toB;
    private LogCursor toC;
    private Receiver a;
    private Receiver b;
    private Receiver c;

    @BeforeEach
    void join() {
        fixture = new LogFixture();
        toA = fixture.log.join(A);
        toB = fixture.log.join(B);
        toC = fixture.log.join(C);
        a = fixture.receiver();
        b = fixture.receiver();
        c = fixture.receiver();
    }

    @AfterEach
    void close() {
        toA.close();
        toB.close();
        toC.close();
        fixture.close();
    }

    private void drain() {
        fixture.drain(toA, a);
        fixture.drain(toB, b);
        fixture.drain(toC, c);
    }

    private void forget() {
        a.forgetMessages();
        b.forgetMessages();
        c.forgetMessages();
    }

    @Test
    void the_source_gets_nothing_at_all() {
        fixture.announce(A, 7, 100, 1);
        fixture.announce(A, 8, 100, 1);
        drain();
        fixture.announce(A, 9, 100, 1);
        fixture.withdraw(A, 1);
        drain();

        assertThat(a.messages).isEmpty();
        assertThat(b.messages).containsExactly("announce 8: 10.1.0.0/16", "withdraw 10.1.0.0/16");
        assertThat(c.messages).isEqualTo(b.messages);
    }

    @Test
    void when_the_best_path_moves_the_new_source_is_withdrawn_from_and_the_old_one_is_announced_to() {
        fixture.announce(A, 7, 100, 1);
        drain();
        forget();

        fixture.announce(B, 8, 200, 1);
        drain();

        assertThat(a.messages).containsExactly("announce 8: 10.1.0.0/16");
        assertThat(b.messages).containsExactly("withdraw 10.1.0.0/16");
        assertThat(c.messages).containsExactly("announce 8: 10.1.0.0/16");
    }

    @Test
    void a_source_that_gave_up_its_route_is_left_in_peace_afterwards() {
        fixture.announce(A, 7, 100, 1);
        drain();
        fixture.announce(B, 8, 200, 1);
        drain();
        forget();

        fixture.announce(B, 9, 200, 1);
        drain();

        assertThat(b.messages).isEmpty();
        assertThat(a.routes).containsEntry(prefix(1), 9);
    }

    @Test
    void a_new_source_that_lags_is_withdrawn_from_all_the_same() {
        fixture.announce(A, 7, 100, 1);
        drain();
        forget();

        fixture.announce(B, 8, 200, 1);
        fixture.announce(B, 9, 200, 1);
        drain();

        assertThat(b.messages).containsExactly("withdraw 10.1.0.0/16");
        assertThat(b.routes).isEmpty();
    }

    @Test
    void the_best_path_may_go_there_and_back() {
        fixture.announce(A, 7, 100, 1);
        drain();
        fixture.announce(B, 8, 200, 1);
        drain();
        fixture.withdraw(B, 1);
        drain();

        assertThat(a.routes).isEmpty();
        assertThat(b.routes).containsEntry(prefix(1), 7);
        assertThat(c.routes).containsEntry(prefix(1), 7);
    }

    @Test
    void only_the_prefixes_that_moved_are_withdrawn_from_the_new_source() {
        fixture.announce(A, 7, 100, 0, 1);
        fixture.announce(B, 8, 100, 0, 2);
        drain();
        forget();

        fixture.announce(B, 9, 200, 0, 1, 2, 3);
        drain();

        assertThat(b.messages).containsExactly("withdraw 10.1.0.0/16");
        assertThat(a.routes).containsOnlyKeys(prefix(1), prefix(2), prefix(3));
        assertThat(c.routes).isEqualTo(a.routes);
    }

    @Test
    void a_session_that_starts_over_is_not_told_to_withdraw_what_it_never_got() {
        fixture.announce(A, 7, 100, 1);
        drain();
        fixture.announce(B, 8, 200, 1);
        drain();
        toB.close();

        toB = fixture.log.join(B);
        Receiver again = fixture.receiver();
        fixture.drain(toB, again);

        assertThat(again.messages).isEmpty();
    }

    @Test
    void both_sessions_of_a_peer_leave_out_its_routes() {
        LogCursor other = fixture.log.join(A);
        fixture.announce(A, 7, 100, 1);
        Receiver second = fixture.receiver();
        fixture.drain(other, second);
        drain();

        assertThat(a.messages).isEmpty();
        assertThat(second.messages).isEmpty();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 1000})
    void a_flip_is_right_for_every_member_of_a_group(int size) {
        List<LogCursor> cursors = new ArrayList<>();
        List<Receiver> receivers = new ArrayList<>();
        for (int peer = 0; peer < size; peer++) {
            cursors.add(fixture.log.join(100 + peer));
            receivers.add(fixture.receiver());
        }
        fixture.announce(100, 7, 100, 1);
        for (int peer = 0; peer < size; peer++) {
            fixture.drain(cursors.get(peer), receivers.get(peer));
        }
        fixture.announce(101, 8, 200, 1);
        for (int peer = 0; peer < size; peer++) {
            fixture.drain(cursors.get(peer), receivers.get(peer));
            cursors.get(peer).close();
        }

        assertThat(receivers.get(0).messages).containsExactly("announce 8: 10.1.0.0/16");
        assertThat(receivers.get(1).messages).containsExactly("announce 7: 10.1.0.0/16", "withdraw 10.1.0.0/16");
        for (Receiver other : receivers.subList(2, size)) {
            assertThat(other.messages).containsExactly("announce 7: 10.1.0.0/16", "announce 8: 10.1.0.0/16");
        }
    }
}
