package io.tapetum.server.trend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.tapetum.core.delay.Delays;
import io.tapetum.core.delay.LatencySnapshot;
import io.tapetum.core.session.DownCause;
import io.tapetum.core.session.SessionFigures;
import io.tapetum.core.session.Traffic;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.reflector.Agreement;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.PeerOrigin;

class TrendRecorderTest {

    private static final Instant START = Instant.parse("2020-03-01T10:00:00Z");
    private static final List<Long> BOUNDS = List.of(1_000_000L, 10_000_000L, Long.MAX_VALUE);
    private static final LatencySnapshot NOTHING = histogram(0, 0, 0);

    private Instant now = START;
    private LatencySnapshot decision = NOTHING;
    private LatencySnapshot toLast = NOTHING;
    private final List<SessionStatus> sessions = new ArrayList<>();
    private final TrendRecorder recorder = new TrendRecorder(
            () -> new Delays(decision, NOTHING, NOTHING, NOTHING, toLast), () -> sessions, () -> now);

    private static LatencySnapshot histogram(long... counts) {
        return new LatencySnapshot(BOUNDS, Arrays.stream(counts).boxed().toList(), 0);
    }

    private static SessionStatus session(int number, boolean up, long downs) {
        InetAddress address = InetAddress.ofLiteral("10.0.0." + number);
        return new SessionStatus("node", PeerOrigin.GLOBAL, address, 179, 64512, PeerRole.CLIENT, Protection.NONE,
                up ? "Established" : "Active", false, Duration.ZERO, START, null, null,
                up ? new Agreement(address, "10.0.0.1", 90, 30, java.util.Set.of(), List.of(), List.of()) : null,
                Map.of(), new SessionFigures(Traffic.NONE, Traffic.NONE, 1, Map.of(DownCause.HOLD_TIMER, downs), null,
                        null, Map.of(), Map.of()));
    }

    private void lookAfter(Duration time) {
        now = now.plus(time);
        recorder.look();
    }

    private TrendSample last() {
        return recorder.trend().samples().getLast();
    }

    @Test
    void the_first_look_has_nothing_to_compare_with() {
        recorder.look();

        assertThat(recorder.trend().samples()).isEmpty();
    }

    @Test
    void a_sample_is_what_happened_between_two_looks() {
        decision = histogram(7, 0, 0);
        toLast = histogram(5, 5, 5);
        recorder.look();

        decision = histogram(100, 7, 0);
        toLast = histogram(104, 6, 5);
        lookAfter(TrendRecorder.INTERVAL);

        assertThat(recorder.trend().samples()).containsExactly(new TrendSample(START.plusSeconds(10), 10.0,
                Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(10), 0, 0));
    }

    @Test
    void a_rate_is_of_the_time_that_has_really_passed() {
        recorder.look();

        decision = histogram(100, 0, 0);
        lookAfter(Duration.ofSeconds(50));

        assertThat(last().updatesPerSecond()).isEqualTo(2.0);
    }

    @Test
    void an_interval_without_changes_has_no_convergence() {
        recorder.look();
        lookAfter(TrendRecorder.INTERVAL);

        assertThat(last().convergenceP50()).isNull();
        assertThat(last().convergenceMax()).isNull();
        assertThat(last().updatesPerSecond()).isZero();
    }

    @Test
    void what_took_longer_than_all_bounds_took_at_least_the_last_of_them() {
        recorder.look();

        toLast = histogram(0, 0, 1);
        lookAfter(TrendRecorder.INTERVAL);

        assertThat(last().convergenceMax()).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void histograms_may_appear_later() {
        toLast = new LatencySnapshot(List.of(), List.of(), 0);
        recorder.look();

        toLast = histogram(3, 0, 0);
        lookAfter(TrendRecorder.INTERVAL);

        assertThat(last().convergenceP99()).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void a_session_that_has_ended_is_lost_even_if_it_is_up_again() {
        sessions.addAll(List.of(session(1, true, 4), session(2, true, 0)));
        recorder.look();

        sessions.set(0, session(1, true, 6));
        sessions.set(1, session(2, false, 1));
        lookAfter(TrendRecorder.INTERVAL);

        assertThat(last().sessionLosses()).isEqualTo(3);
        assertThat(last().sessionsEstablished()).isOne();
    }

    @Test
    void a_peer_that_is_gone_has_lost_its_session() {
        sessions.addAll(List.of(session(1, true, 0), session(2, false, 5)));
        recorder.look();

        sessions.clear();
        lookAfter(TrendRecorder.INTERVAL);

        assertThat(last().sessionLosses()).isOne();
    }

    @Test
    void only_the_last_hour_is_kept() {
        recorder.look();
        for (int i = 0; i < TrendRecorder.SAMPLES + 2; i++) {
            lookAfter(TrendRecorder.INTERVAL);
        }

        List<TrendSample> samples = recorder.trend().samples();
        assertThat(samples).hasSize(360);
        assertThat(samples.getFirst().time()).isEqualTo(now.minus(Duration.ofSeconds(3590)));
        assertThat(samples.getLast().time()).isEqualTo(now);
    }

    @Test
    void an_interval_that_ends_before_it_begins_is_left_out() {
        recorder.look();
        lookAfter(Duration.ofMinutes(-1));

        assertThat(recorder.trend().samples()).isEmpty();
    }
}
