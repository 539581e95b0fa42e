package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.delay.Delays;
import io.tapetum.core.inquiry.RouteReader;
import io.tapetum.core.inquiry.RouteView;
import io.tapetum.core.reflection.GroupStatus;
import io.tapetum.rib.Path;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.nlri.Prefix;

/** What is counted and measured of a peer. */
class SessionFiguresTest {

    private static final String FIRST = "10.0.0.1";
    private static final String SECOND = "10.0.0.2";
    private static final String EXTERNAL = "10.0.0.3";
    private static final Duration HOLD = Duration.ofSeconds(90);
    private static final Duration SEND_HOLD = Duration.ofMinutes(8);
    private static final int RESTART_SECONDS = 120;

    private final TestReflector reflector = new TestReflector().peer(FIRST, SampleTemplate.client())
            .peer(SECOND, SampleTemplate.client()).peer(EXTERNAL, SampleTemplate.external()).start();

    @AfterEach
    void stop() {
        reflector.close();
    }

    private SessionFigures figures(String peer) {
        return reflector.status(peer).figures();
    }

    private FamilyFigures family(String peer) {
        FamilyFigures ipv4 = figures(peer).families().get(Family.IPV4_UNICAST);
        assertThat(ipv4).as("IPv4 of %s", peer).isNotNull();
        return ipv4;
    }

    // ---- what went over the wire

    @Test
    void messages_and_octets_of_every_type_are_those_on_the_wire() {
        RemoteEnd first = reflector.connect(FIRST).establish(new Capability.RouteRefreshCapability(),
                new Capability.EnhancedRouteRefresh());
        RemoteEnd second = reflector.connect(SECOND).establish();
        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16", "10.2.0.0/16"));
        first.sendEndOfRib(Family.IPV4_UNICAST);
        second.send(RawUpdate.announcement(SECOND, "10.3.0.0/16"));
        second.send(RawUpdate.update().withdrawn("10.3.0.0/16"));
        first.requestRefresh(Family.IPV4_UNICAST);
        reflector.pass(Duration.ofMinutes(5), first, second);
        first.send(Notification.of(ErrorCode.CEASE_PEER_DECONFIGURED));

        assertThat(figures(FIRST).received()).isEqualTo(first.said());
        assertThat(figures(FIRST).sent()).isEqualTo(first.wasTold());
        assertThat(figures(SECOND).received()).isEqualTo(second.said());
        assertThat(figures(SECOND).sent()).isEqualTo(second.wasTold());
        assertThat(figures(FIRST).received().messages()).isEqualTo(new MessageCounts(1, 2, 1, 11, 1));
        assertThat(figures(FIRST).sent().messages().routeRefresh()).as("BoRR and EoRR").isEqualTo(2);
        assertThat(figures(SECOND).sent().messages().update()).as("a route and the End-of-RIB").isEqualTo(2);
    }

    @Test
    void an_attempt_that_fails_counts_and_so_does_a_connection_that_is_refused() {
        RemoteEnd failed = reflector.connect(FIRST);
        failed.send(Notification.of(ErrorCode.CEASE_CONNECTION_REJECTED));
        reflector.run();
        Traffic sentBefore = figures(FIRST).sent();

        RemoteEnd established = reflector.connect(SECOND).establish();
        RemoteEnd refused = reflector.connect(SECOND);

        assertThat(figures(FIRST).received().messages()).isEqualTo(new MessageCounts(0, 0, 1, 0, 0));
        assertThat(sentBefore).isEqualTo(failed.wasTold());
        assertThat(refused.wasTold().messages()).isEqualTo(new MessageCounts(0, 0, 1, 0, 0));
        assertThat(figures(SECOND).sent().messages().total())
                .isEqualTo(established.wasTold().messages().total() + 1);
    }

    @Test
    void another_session_goes_on_counting() {
        RemoteEnd first = reflector.session(FIRST);
        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16"));
        first.lose();
        reflector.run();

        RemoteEnd again = reflector.connect(FIRST).establish();

        assertThat(figures(FIRST).received().octets().total())
                .isEqualTo(first.said().octets().total() + again.said().octets().total());
        assertThat(figures(FIRST).received().messages().open()).isEqualTo(2);
    }

    // ---- ups and downs

    @Test
    void ups_and_downs_are_counted_by_cause() {
        reflector.connect(FIRST).lose();
        reflector.run();
        assertThat(figures(FIRST).ups()).isZero();
        assertThat(figures(FIRST).downs()).as("of an attempt").isEmpty();

        reflector.session(FIRST).lose();
        reflector.run();
        reflector.session(FIRST).lose();
        reflector.run();
        reflector.session(FIRST).send(Notification.of(ErrorCode.CEASE_ADMINISTRATIVE_SHUTDOWN));
        reflector.run();

        assertThat(figures(FIRST).ups()).isEqualTo(3);
        assertThat(figures(FIRST).downs())
                .isEqualTo(Map.of(DownCause.CONNECTION_LOST, 2L, DownCause.NOTIFICATION_RECEIVED, 1L));
    }

    // ---- timers

    @Test
    void the_hold_timer_runs_down_until_something_is_heard() {
        assertThat(figures(FIRST).holdLeft()).isNull();
        RemoteEnd first = reflector.session(FIRST);
        assertThat(figures(FIRST).holdLeft()).isEqualTo(HOLD);

        reflector.pass(Duration.ofSeconds(30));
        assertThat(figures(FIRST).holdLeft()).isEqualTo(HOLD.minusSeconds(30));

        first.send(Keepalive.INSTANCE);
        assertThat(figures(FIRST).holdLeft()).isEqualTo(HOLD);

        reflector.loop.freeze(HOLD.plusSeconds(10));
        assertThat(figures(FIRST).holdLeft()).as("overdue").isEqualTo(Duration.ZERO);
    }

    @Test
    void the_send_hold_timer_runs_while_output_waits() {
        RemoteEnd slow = reflector.session(FIRST);
        RemoteEnd other = reflector.session(SECOND);
        assertThat(figures(FIRST).sendHoldLeft()).isNull();

        slow.connection().stall();
        other.send(RawUpdate.announcement(SECOND, "10.1.0.0/16"));
        assertThat(figures(FIRST).sendHoldLeft()).isEqualTo(SEND_HOLD);

        reflector.pass(Duration.ofMinutes(1), slow, other);
        assertThat(figures(FIRST).sendHoldLeft()).isEqualTo(SEND_HOLD.minusMinutes(1));

        slow.connection().takeAll();
        assertThat(figures(FIRST).sendHoldLeft()).isNull();
    }

    // ---- families

    @Test
    void a_peer_that_does_not_read_lags_until_it_has_caught_up() {
        RemoteEnd slow = reflector.session(FIRST);
        RemoteEnd other = reflector.session(SECOND);
        assertThat(family(FIRST).lag()).isZero();

        slow.connection().stall();
        other.send(RawUpdate.announcement(SECOND, "10.1.0.0/16"));
        reflector.pass(Duration.ofSeconds(10), slow, other);
        assertThat(family(FIRST).lagOctets()).as("the connection has it").isZero();
        assertThat(family(FIRST).lag()).isEqualTo(Duration.ofSeconds(10));

        other.send(RawUpdate.announcement(SECOND, "10.2.0.0/16"));
        reflector.pass(Duration.ofSeconds(10), slow, other);
        assertThat(family(FIRST).lagOctets()).as("the log has it").isPositive();
        assertThat(family(FIRST).lag()).isEqualTo(Duration.ofSeconds(20));
        assertThat(family(SECOND).lag()).isZero();

        slow.connection().takeAll();
        slow.writabilityChanged();
        assertThat(family(FIRST).lagOctets()).isZero();
        assertThat(family(FIRST).lag()).isZero();
        assertThat(slow.routes()).hasSize(2);
    }

    /** A socket that takes the little that waits tells nobody. */
    @Test
    void a_lag_that_has_gone_unnoticed_is_not_a_part_of_the_next() {
        RemoteEnd slow = reflector.session(FIRST);
        RemoteEnd other = reflector.session(SECOND);
        slow.connection().stall();
        other.send(RawUpdate.announcement(SECOND, "10.1.0.0/16"));

        slow.connection().takeAll();
        reflector.pass(Duration.ofSeconds(60), slow, other);
        assertThat(family(FIRST).lag()).isZero();

        slow.connection().stall();
        other.send(RawUpdate.announcement(SECOND, "10.2.0.0/16"));
        reflector.pass(Duration.ofSeconds(5), slow, other);
        assertThat(family(FIRST).lag()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void ends_of_rib_are_known_both_ways() {
        RemoteEnd first = reflector.connect(FIRST).establish();
        assertThat(family(FIRST).endOfRibSent()).isTrue();
        assertThat(family(FIRST).endOfRibReceived()).isFalse();

        first.sendEndOfRib(Family.IPV4_UNICAST);

        assertThat(family(FIRST).endOfRibReceived()).isTrue();
        first.lose();
        reflector.run();
        assertThat(figures(FIRST).families()).isEmpty();
        reflector.connect(FIRST).establish();
        assertThat(family(FIRST).endOfRibReceived()).as("of another session").isFalse();
    }

    @Test
    void an_end_of_rib_that_is_held_back_is_not_sent() {
        try (TestReflector restarting = new TestReflector().peer(FIRST, SampleTemplate.client())
                .peer(SECOND, SampleTemplate.client()).restartDeferral(Duration.ofSeconds(60)).start()) {
            restarting.connect(FIRST).establish(restart());

            assertThat(restarting.status(FIRST).figures().families().get(Family.IPV4_UNICAST)).isNotNull()
                    .extracting(FamilyFigures::endOfRibSent).isEqualTo(false);
        }
    }

    @Test
    void sessions_that_are_sent_the_same_name_the_same_group_and_no_group_has_the_number_of_another() {
        RemoteEnd first = reflector.session(FIRST);
        RemoteEnd second = reflector.session(SECOND);
        reflector.session(EXTERNAL);
        int clients = family(FIRST).group();

        assertThat(family(SECOND).group()).isEqualTo(clients);
        assertThat(family(EXTERNAL).group()).isNotEqualTo(clients);
        assertThat(reflector.reflector().groups()).extracting(GroupStatus::id, GroupStatus::members)
                .containsExactlyInAnyOrder(tuple(clients, 2),
                        tuple(family(EXTERNAL).group(), 1));

        List.of(first, second).forEach(RemoteEnd::lose);
        reflector.run();
        reflector.session(FIRST);
        assertThat(family(FIRST).group()).as("the group came back, and is another").isGreaterThan(clients);
    }

    // ---- what is held of a lost session

    @Test
    void paths_that_are_held_are_counted_until_they_go() {
        RemoteEnd first = reflector.connect(FIRST).establish(restart(), longLived());
        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16", "10.2.0.0/16"));
        assertThat(figures(FIRST).held()).isEmpty();

        first.lose();
        reflector.pass(Duration.ofSeconds(30));
        assertThat(figures(FIRST).held())
                .isEqualTo(Map.of(Family.IPV4_UNICAST, new HeldPaths(false, 2, Duration.ofSeconds(30))));

        reflector.pass(Duration.ofSeconds(RESTART_SECONDS));
        assertThat(figures(FIRST).held()).isEqualTo(Map.of(Family.IPV4_UNICAST,
                new HeldPaths(true, 2, Duration.ofSeconds(30 + RESTART_SECONDS))));

        RemoteEnd back = reflector.connect(FIRST).establish(restart(), longLived());
        back.sendEndOfRib(Family.IPV4_UNICAST);
        assertThat(figures(FIRST).held()).isEmpty();
    }

    @Test
    void long_lived_paths_of_several_sessions_are_as_many_as_those_of_the_largest() {
        RemoteEnd first = reflector.connect(FIRST).establish(restart(), longLived());
        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16", "10.2.0.0/16"));
        first.lose();
        reflector.pass(Duration.ofSeconds(RESTART_SECONDS + 1));

        RemoteEnd back = reflector.connect(FIRST).establish(restart(), longLived());
        back.send(RawUpdate.announcement(FIRST, "10.1.0.0/16"));
        back.lose();
        reflector.run();

        assertThat(figures(FIRST).held().get(Family.IPV4_UNICAST)).isEqualTo(
                new HeldPaths(true, 2, Duration.ofSeconds(RESTART_SECONDS + 1)));
    }

    @Test
    void a_path_is_held_until_the_peer_announces_it_again() {
        RemoteEnd first = reflector.connect(FIRST).establish(restart());
        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16", "10.2.0.0/16"));
        assertThat(held("10.1.0.0/16")).isNull();

        first.lose();
        reflector.pass(Duration.ofSeconds(30));
        HeldPaths both = new HeldPaths(false, 2, Duration.ofSeconds(30));
        assertThat(held("10.1.0.0/16")).isEqualTo(both);

        RemoteEnd back = reflector.connect(FIRST).establish(restart());
        assertThat(held("10.1.0.0/16")).isEqualTo(both);
        back.send(RawUpdate.announcement(FIRST, "10.1.0.0/16"));
        assertThat(held("10.1.0.0/16")).isNull();
        assertThat(held("10.2.0.0/16")).isEqualTo(both);
    }

    /** What the best path of a prefix is held of, if it is. */
    private @Nullable HeldPaths held(String prefix) {
        Path best = new RouteReader(reflector.reflector().tables())
                .exact(new RouteView.Table(), Prefix.parse(prefix).orElseThrow()).orElseThrow().best();
        return reflector.reflector().supervision().peers(FIRST).getFirst().held(Family.IPV4_UNICAST, best.source());
    }

    // ---- delays

    @Test
    void every_update_is_decided_once_and_sent_to_everybody_but_its_sender() {
        RemoteEnd first = reflector.session(FIRST);
        reflector.session(SECOND);
        reflector.session(EXTERNAL);
        Delays before = reflector.reflector().delays();
        assertThat(before.toEach().count()).as("of initial tables").isZero();

        IntStream.range(0, 5).forEach(i -> first.send(RawUpdate.announcement(FIRST, "10." + i + ".0.0/16")));

        Delays delays = reflector.reflector().delays();
        assertThat(delays.decision().count()).isEqualTo(5);
        assertThat(delays.flush().count()).as("rounds of two groups").isEqualTo(10);
        assertThat(delays.toEach().count()).as("two receivers").isEqualTo(10);
        assertThat(delays.toLast().count()).isEqualTo(10);
    }

    @Test
    void a_session_that_lags_has_no_part_in_the_delays() {
        RemoteEnd first = reflector.session(FIRST);
        RemoteEnd second = reflector.session(SECOND);
        second.connection().stall();

        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16"));
        first.send(RawUpdate.announcement(FIRST, "10.2.0.0/16"));

        assertThat(reflector.reflector().delays().toEach().count()).isZero();
        assertThat(reflector.reflector().delays().toLast().count()).isZero();
    }

    /** A purge has no UPDATE: what it takes counts from when its turn came. */
    @Test
    void what_a_lost_session_takes_with_it_is_measured_too() {
        RemoteEnd first = reflector.session(FIRST);
        RemoteEnd second = reflector.session(SECOND);
        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16"));
        reflector.pass(Duration.ofSeconds(60), first, second);
        long before = reflector.reflector().delays().toLast().sumNanos();

        first.lose();
        reflector.run();

        assertThat(second.routes()).isEmpty();
        assertThat(reflector.reflector().delays().toLast().count()).isEqualTo(2);
        assertThat(reflector.reflector().delays().toLast().sumNanos()).isEqualTo(before);
    }

    private static Capability restart() {
        return new GracefulRestart(false, false, RESTART_SECONDS,
                List.of(new GracefulRestart.RestartTuple(1, 1, true)));
    }

    private static Capability longLived() {
        return new LongLivedGracefulRestart(List.of(new LongLivedGracefulRestart.StaleTuple(1, 1, true, 3600)));
    }
}
