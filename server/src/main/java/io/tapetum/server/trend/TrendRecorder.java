package io.tapetum.server.trend;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.delay.Delays;
import io.tapetum.server.reflector.SessionStatus;

/** Looks at a reflector whenever it is told to, and remembers the last hour. All methods may be called by any thread. */
public final class TrendRecorder {

    /** How often to look. */
    public static final Duration INTERVAL = Duration.ofSeconds(10);

    /** An hour. */
    static final int SAMPLES = 360;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Supplier<Delays> delays;
    private final Supplier<List<SessionStatus>> sessions;
    private final InstantSource clock;

    // Guarded by this object's monitor, as is the look before: who asks may wait for a look, which takes milliseconds.
    private final Deque<TrendSample> samples = new ArrayDeque<>();
    private @Nullable Look before;

    /** What was there at a moment. */
    private record Look(Instant time, Delays delays, Map<String, Losses> peers) {}

    /** A peer at that moment: whether its session was up, and how many that were have ended. */
    private record Losses(boolean up, long ended) {}

    /**
     * @param delays how long things have taken so far
     * @param sessions every session at present
     */
    public TrendRecorder(Supplier<Delays> delays, Supplier<List<SessionStatus>> sessions, InstantSource clock) {
        this.delays = delays;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** Looks, and adds what happened since the last time. The first time there is nothing to compare with. */
    public synchronized void look() {
        Look now = new Look(clock.instant(), delays.get(), losses(sessions.get()));
        // Whoever sets the clock back makes an interval that cannot be measured.
        if (before != null && now.time.isAfter(before.time)) {
            if (samples.size() == SAMPLES) {
                samples.removeFirst();
            }
            samples.addLast(between(before, now));
        }
        before = now;
    }

    /** The last hour. */
    public synchronized Trend trend() {
        return new Trend(INTERVAL, List.copyOf(samples));
    }

    private static Map<String, Losses> losses(List<SessionStatus> sessions) {
        Map<String, Losses> losses = new HashMap<>();
        for (SessionStatus session : sessions) {
            losses.put(session.address().getHostAddress(), new Losses(session.isUp(),
                    session.figures().downs().values().stream().mapToLong(Long::longValue).sum()));
        }
        return losses;
    }

    private static TrendSample between(Look earlier, Look later) {
        double seconds = Duration.between(earlier.time, later.time).toNanos() / NANOS_PER_SECOND;
        long updates = new IntervalLatencies(earlier.delays.decision(), later.delays.decision()).total();
        IntervalLatencies convergence = new IntervalLatencies(earlier.delays.toLast(), later.delays.toLast());
        return new TrendSample(later.time, updates / seconds, convergence.within(0.5), convergence.within(0.99),
                convergence.within(1), (int) later.peers.values().stream().filter(Losses::up).count(),
                lost(earlier.peers, later.peers));
    }

    private static long lost(Map<String, Losses> earlier, Map<String, Losses> later) {
        long lost = 0;
        for (Map.Entry<String, Losses> peer : later.entrySet()) {
            Losses then = earlier.get(peer.getKey());
            lost += Math.max(0, peer.getValue().ended - (then == null ? 0 : then.ended));
        }
        // A peer that is gone took its counters with it; if its session was up, that is lost, too.
        return lost + earlier.entrySet().stream()
                .filter(peer -> peer.getValue().up && !later.containsKey(peer.getKey())).count();
    }
}
