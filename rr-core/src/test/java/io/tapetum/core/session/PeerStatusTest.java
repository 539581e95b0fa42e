package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.fsm.SessionState;
import io.tapetum.wire.Family;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Notification;

/** What operators are told of a peer. */
class PeerStatusTest {

    private static final String FIRST = "10.0.0.1";
    private static final String SECOND = "10.0.0.2";
    private static final String RANGED = "10.9.0.1";
    private static final RouteCounts NONE = new RouteCounts(0, 0, 0, 0, 0, 0, 0);

    private TestReflector reflector = new TestReflector().peer(FIRST, SampleTemplate.client())
            .peer(SECOND, SampleTemplate.client()).range("10.9.0.0", 16, 10, SampleTemplate.client()).start();

    @AfterEach
    void stop() {
        reflector.close();
    }

    private RouteCounts counts(String peer) {
        RouteCounts counts = reflector.status(peer).routes().get(Family.IPV4_UNICAST);
        assertThat(counts).isNotNull();
        return counts;
    }

    @Test
    void announcements_are_counted_by_what_became_of_them() {
        RemoteEnd first = reflector.session(FIRST);
        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"));
        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16"));
        // ORIGIN 7 does not exist (RFC 7606 §7.1).
        first.send(RawUpdate.update().attribute(0x40, 1, "07").attribute(0x40, 2, "").nextHop(FIRST).localPref(100)
                .announced("10.3.0.0/16"));

        assertThat(counts(FIRST)).isEqualTo(new RouteCounts(2, 2, 5, 1, 1, 0, 0));
        assertThat(counts(FIRST).accepted()).isEqualTo(3);
    }

    @Test
    void withdrawals_are_counted_and_so_are_those_of_nothing() {
        RemoteEnd first = reflector.session(FIRST);
        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16", "10.2.0.0/16"));

        first.send(RawUpdate.update().withdrawn("10.1.0.0/16", "10.4.0.0/16"));

        assertThat(counts(FIRST)).isEqualTo(new RouteCounts(1, 1, 2, 0, 0, 2, 1));
        assertThat(counts(FIRST).removed()).isOne();
    }

    @Test
    void what_is_exported_is_what_the_update_group_announces() {
        RemoteEnd first = reflector.session(FIRST);
        reflector.session(SECOND);

        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16", "10.2.0.0/16"));

        assertThat(counts(SECOND)).isEqualTo(new RouteCounts(0, 2, 0, 0, 0, 0, 0));
    }

    @Test
    void a_new_session_counts_from_nothing() {
        RemoteEnd first = reflector.session(FIRST);
        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16"));
        first.lose();
        reflector.run();
        assertThat(reflector.status(FIRST).routes()).isEmpty();

        reflector.session(FIRST);

        assertThat(counts(FIRST)).isEqualTo(NONE);
    }

    @Test
    void the_time_down_is_not_that_of_the_last_attempt() {
        reflector.pass(Duration.ofMinutes(10));
        reflector.connect(FIRST);

        assertThat(reflector.status(FIRST).state()).isEqualTo(SessionState.OPEN_SENT);
        assertThat(reflector.status(FIRST).sinceState()).isLessThan(Duration.ofMinutes(1));
        assertThat(reflector.status(FIRST).sinceUpOrDown()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void an_established_session_names_our_address_and_one_that_is_down_does_not() {
        RemoteEnd first = reflector.session(FIRST);
        assertThat(reflector.status(FIRST).localAddress()).isEqualTo(RawUpdate.address("10.0.0.254"));
        assertThat(reflector.status(FIRST).sinceUpOrDown()).isLessThan(Duration.ofMinutes(1));

        first.lose();
        reflector.run();

        assertThat(reflector.status(FIRST).localAddress()).isNull();
    }

    @Test
    void the_last_error_says_who_found_fault() {
        RemoteEnd first = reflector.session(FIRST);
        first.send(Notification.of(ErrorCode.CEASE_CONNECTION_REJECTED));
        assertThat(reflector.status(FIRST).lastError()).isNotNull()
                .satisfies(error -> assertThat(error.kind()).isEqualTo(LastError.Kind.RECEIVED));

        RemoteEnd second = reflector.session(SECOND);
        second.lose();
        reflector.run();
        assertThat(reflector.status(SECOND).lastError()).isNotNull()
                .satisfies(error -> assertThat(error.kind()).isEqualTo(LastError.Kind.SOCKET));
    }

    @Test
    void peers_from_a_range_are_told_from_those_given_one_by_one() {
        reflector.session(RANGED);

        assertThat(reflector.status(RANGED).dynamic()).isTrue();
        assertThat(reflector.status(FIRST).dynamic()).isFalse();
    }

    @Test
    void a_stopped_peer_is_known_as_such() {
        assertThat(reflector.status(FIRST).stopped()).isFalse();

        reflector.close();

        assertThat(reflector.status(FIRST).stopped()).isTrue();
    }

    @Test
    void a_restart_says_whom_it_waits_for_and_how_long() {
        TestReflector restarting = new TestReflector().peer(FIRST, SampleTemplate.client())
                .peer(SECOND, SampleTemplate.client()).restartDeferral(Duration.ofSeconds(60)).start();
        restarting.connect(FIRST).establish();
        restarting.pass(Duration.ofSeconds(20));

        assertThat(restarting.reflector().restart())
                .contains(new RestartProgress(1, Duration.ofSeconds(40), Duration.ofSeconds(60)));

        restarting.pass(Duration.ofSeconds(40));
        assertThat(restarting.reflector().restart()).isEmpty();
        restarting.close();
    }
}
