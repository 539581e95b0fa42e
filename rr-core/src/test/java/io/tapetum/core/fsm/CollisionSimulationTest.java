package io.tapetum.core.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.SessionTimers;
import io.tapetum.wire.Family;

/**
 * Two state machines that connect to each other at the same time (RFC 4271 §6.8). Every run is a function of its seed; a
 * failure names it.
 */
class CollisionSimulationTest {

    private static final int SEEDS = 1000;
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final SessionTimers TIMERS = new SessionTimers(30, Duration.ofMinutes(4), Duration.ofSeconds(1),
            Duration.ofSeconds(8), Duration.ofSeconds(2), Duration.ZERO);

    @ParameterizedTest
    @CsvSource({"ACTIVE,ACTIVE,0", "ACTIVE,ACTIVE,120", "ACTIVE,FALLBACK,120", "ACTIVE,PASSIVE,120",
            "FALLBACK,FALLBACK,0", "FALLBACK,FALLBACK,120", "FALLBACK,PASSIVE,0"})
    void two_speakers_that_connect_at_once_end_up_with_one_session_and_keep_it(ConnectMode first, ConnectMode second,
            int gracefulRestartSeconds) {
        for (long seed = 0; seed < SEEDS; seed++) {
            // given
            Run run = new Run(seed, first, second, gracefulRestartSeconds, 20 * MILLISECOND);

            // when
            run.startBothWithin(60 * MILLISECOND);
            run.network.runUntil(60 * SECOND);

            // then
            run.assertOneSession();
            assertThat(run.left.timesEstablished).as("sessions of the left one, %s", run).isEqualTo(1);
            assertThat(run.right.timesEstablished).as("sessions of the right one, %s", run).isEqualTo(1);

            // when
            run.network.runUntil(300 * SECOND);

            // then
            run.assertOneSession();
            assertThat(run.left.timesLost + run.right.timesLost).as("lost sessions, %s", run).isZero();
        }
    }

    @Test
    void a_network_slower_than_the_wait_for_a_rival_still_gets_one_session() {
        for (long seed = 0; seed < SEEDS; seed++) {
            // given
            Run run = new Run(seed, ConnectMode.ACTIVE, ConnectMode.ACTIVE, 0,
                    PeerFsm.RIVAL_TIMEOUT.toNanos() * 3 / 4);

            // when
            run.startBothWithin(PeerFsm.RIVAL_TIMEOUT.toNanos());
            run.network.runUntil(900 * SECOND);

            // then
            run.assertOneSession();
        }
    }

    @ParameterizedTest
    @CsvSource({"ACTIVE,ACTIVE,0", "ACTIVE,ACTIVE,120", "FALLBACK,FALLBACK,120", "ACTIVE,PASSIVE,120",
            "PASSIVE,ACTIVE,120", "PASSIVE,ACTIVE,0"})
    void a_speaker_that_reboots_at_any_moment_is_back_in_one_session(ConnectMode first, ConnectMode second,
            int gracefulRestartSeconds) {
        for (long seed = 0; seed < SEEDS; seed++) {
            // given
            Run run = new Run(seed, first, second, gracefulRestartSeconds, 20 * MILLISECOND);
            run.startBothWithin(60 * MILLISECOND);

            // when
            long moment = run.random.nextBoolean()
                    ? run.random.nextLong(200 * MILLISECOND)
                    : run.random.nextLong(20 * SECOND);
            long down = run.random.nextLong(2 * SECOND);
            run.network.at(moment, () -> run.right.reboot(run.machine(second, run.rightId), down));
            run.network.runUntil(180 * SECOND);

            // then
            run.assertOneSession();
        }
    }

    private static final class Run {
        final long seed;
        final SplittableRandom random;
        final VirtualNetwork network;
        final VirtualNetwork.Speaker left;
        final VirtualNetwork.Speaker right;
        final int rightId;
        private final int gracefulRestartSeconds;

        Run(long seed, ConnectMode first, ConnectMode second, int gracefulRestartSeconds, long maxDelayNanos) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.gracefulRestartSeconds = gracefulRestartSeconds;
            network = new VirtualNetwork(random.split(), random.nextLong(1, maxDelayNanos));
            // Identifiers on both sides of the sign bit.
            int leftId = random.nextInt() | 1;
            rightId = leftId ^ (random.nextBoolean() ? Integer.MIN_VALUE : 2);
            left = network.new Speaker(machine(first, leftId));
            right = network.new Speaker(machine(second, rightId));
            left.connectTo(right);
        }

        PeerFsm machine(ConnectMode mode, int identifier) {
            FsmSettings settings = new FsmSettings(64512, identifier, 64512, Set.of(Family.IPV4_UNICAST), mode,
                    TIMERS, false, false, false, false, gracefulRestartSeconds, 0);
            return new PeerFsm(settings, random.split());
        }

        void startBothWithin(long nanos) {
            network.at(random.nextLong(nanos), left::start);
            network.at(random.nextLong(nanos), right::start);
        }

        void assertOneSession() {
            assertThat(left.sharesSessionWithPeer()).as("both have the same session, %s", this).isTrue();
            assertThat(left.connections()).as("connections of the left one, %s", this).isEqualTo(1);
            assertThat(right.connections()).as("connections of the right one, %s", this).isEqualTo(1);
        }

        @Override
        public String toString() {
            return "seed " + seed + ", left lost: " + left.lastLoss + ", right lost: " + right.lastLoss;
        }
    }
}
