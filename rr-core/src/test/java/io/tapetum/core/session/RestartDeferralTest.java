package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.capability.Capability.GracefulRestart;

/** RFC 4724 §4.1: a reflector that has just started does not say that it has told everything before it has heard it. */
class RestartDeferralTest {

    private static final String FIRST = "10.0.0.1";
    private static final String SECOND = "10.0.0.2";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Capability GRACEFUL = restart(false);

    private TestReflector reflector = new TestReflector().peer(FIRST, SampleTemplate.client())
            .peer(SECOND, SampleTemplate.client()).restartDeferral(LIMIT).start();

    @AfterEach
    void stop() {
        reflector.close();
    }

    @Test
    void end_of_rib_waits_until_every_peer_has_sent_its_own_and_routes_do_not() {
        RemoteEnd first = reflector.connect(FIRST).establish(GRACEFUL);
        RemoteEnd second = reflector.connect(SECOND).establish(GRACEFUL);
        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16"));
        first.sendEndOfRib(Family.IPV4_UNICAST);
        assertThat(second.heard()).containsExactly("+10.1.0.0/16");

        second.sendEndOfRib(Family.IPV4_UNICAST);

        assertThat(first.heard()).containsExactly("EoR IPV4_UNICAST");
        assertThat(second.heard()).containsExactly("EoR IPV4_UNICAST");
    }

    @Test
    void a_peer_that_stays_away_is_waited_for_no_longer_than_configured() {
        RemoteEnd first = reflector.connect(FIRST).establish(GRACEFUL);
        first.sendEndOfRib(Family.IPV4_UNICAST);

        reflector.loop.pass(LIMIT.minusSeconds(1));
        assertThat(first.heard()).isEmpty();

        reflector.loop.pass(Duration.ofSeconds(2));
        assertThat(first.heard()).containsExactly("EoR IPV4_UNICAST");
    }

    @Test
    void a_peer_without_graceful_restart_has_kept_nothing_and_is_told_at_once() {
        assertThat(reflector.connect(FIRST).establish().heard()).containsExactly("EoR IPV4_UNICAST");
    }

    /** Or two reflectors that start together would wait for each other. */
    @Test
    void a_peer_that_restarts_as_well_is_not_waited_for() {
        RemoteEnd first = reflector.connect(FIRST).establish(restart(true));
        assertThat(first.heard()).isEmpty();

        RemoteEnd second = reflector.connect(SECOND).establish(restart(true));

        assertThat(first.heard()).containsExactly("EoR IPV4_UNICAST");
        assertThat(second.heard()).containsExactly("EoR IPV4_UNICAST");
    }

    /** FRR's bgpd sets the R bit as a mere helper, too. */
    @Test
    void a_peer_that_restarts_no_family_is_waited_for_whatever_its_restart_bit_says() {
        RemoteEnd first = reflector.connect(FIRST).establish(new GracefulRestart(true, false, 120, List.of()));
        RemoteEnd second = reflector.connect(SECOND).establish(restart(true));
        assertThat(second.heard()).isEmpty();

        first.sendEndOfRib(Family.IPV4_UNICAST);

        assertThat(second.heard()).containsExactly("EoR IPV4_UNICAST");
    }

    @Test
    void a_peer_that_sends_no_end_of_rib_is_not_waited_for() {
        RemoteEnd first = reflector.connect(FIRST).establish(GRACEFUL);
        first.sendEndOfRib(Family.IPV4_UNICAST);

        reflector.connect(SECOND).establish();

        assertThat(first.heard()).containsExactly("EoR IPV4_UNICAST");
    }

    @Test
    void where_dynamic_peers_may_come_the_whole_time_is_waited() {
        reflector = new TestReflector().range("10.0.0.0", 8, 10, SampleTemplate.client()).restartDeferral(LIMIT)
                .start();
        RemoteEnd dynamic = reflector.connect(FIRST).establish(GRACEFUL);
        dynamic.sendEndOfRib(Family.IPV4_UNICAST);
        assertThat(dynamic.heard()).isEmpty();

        reflector.loop.pass(LIMIT);

        assertThat(dynamic.heard()).containsExactly("EoR IPV4_UNICAST");
    }

    private static GracefulRestart restart(boolean restarting) {
        return new GracefulRestart(restarting, false, 120, List.of(new GracefulRestart.RestartTuple(1, 1, true)));
    }
}
