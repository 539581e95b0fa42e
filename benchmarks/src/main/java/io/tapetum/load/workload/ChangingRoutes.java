package io.tapetum.load.workload;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import io.tapetum.load.client.Fleet;
import io.tapetum.load.measure.Latencies;
import io.tapetum.load.verify.Arrivals;

/**
 * Changes one route after the other and times who learns of it when. A route changes only when its last change is known
 * to all, so that every arrival belongs to one change. With a rate, latencies count from when a change was due: a
 * generator or reflector that falls behind does not get its figures embellished. Lives on the event loop.
 */
final class ChangingRoutes implements Fleet.Task, Arrivals {

    private static final long SEED = 4456;
    /** How often it is looked whether changes are due. */
    private static final long TICK_NANOS = 500_000;

    private final int rate;
    private final long durationNanos;
    private final long[] changedNanos;
    /** Receivers that do not know yet, by route. */
    private final int[] unaware;
    private final Latencies each = new Latencies();
    private final Latencies last = new Latencies();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private Fleet.@org.jspecify.annotations.Nullable Stage stage;
    private Runnable done = () -> {
    };
    private long begunNanos;
    private long endedNanos;
    private long made;
    private int underWay;

    /** @param rate changes per second, or 0 to make the next change when the last one is known to all */
    ChangingRoutes(int routes, int rate, Duration duration) {
        this.rate = rate;
        durationNanos = duration.toNanos();
        changedNanos = new long[routes];
        unaware = new int[routes];
    }

    /** Latencies from change to each receiver. */
    Latencies each() {
        return each;
    }

    /** Latencies from change to the last receiver: one for each change. */
    Latencies last() {
        return last;
    }

    /** From the first change until the last one was known to all. */
    long nanos() {
        return endedNanos - begunNanos;
    }

    @Override
    public void start(Fleet.Stage onThis, Runnable whenDone) {
        stage = onThis;
        done = whenDone;
        begunNanos = System.nanoTime();
        if (rate == 0) {
            change(begunNanos);
        } else {
            changeWhatIsDue();
        }
    }

    @Override
    public void arrived(int route, long nowNanos) {
        each.record(nowNanos - changedNanos[route]);
        if (--unaware[route] > 0) {
            return;
        }
        last.record(nowNanos - changedNanos[route]);
        underWay--;
        if (nowNanos - begunNanos >= durationNanos) {
            endIfNothingIsUnderWay(nowNanos);
        } else if (rate == 0) {
            // From here would be inside of a read: octets that the reflector sent earlier would count as its answer.
            stage().loop().execute(() -> change(System.nanoTime()));
        }
    }

    private void changeWhatIsDue() {
        long now = System.nanoTime();
        if (now - begunNanos >= durationNanos) {
            endIfNothingIsUnderWay(now);
            return;
        }
        // If all routes are under way the rate is too high to be kept; the latencies will say so.
        while (underWay < unaware.length && dueNanos() - now <= 0) {
            change(dueNanos());
        }
        stage().loop().schedule(this::changeWhatIsDue, TICK_NANOS, TimeUnit.NANOSECONDS);
    }

    private long dueNanos() {
        return begunNanos + made * 1_000_000_000L / Math.max(1, rate);
    }

    private void change(long dueNanos) {
        int route = random.nextInt(unaware.length);
        while (unaware[route] > 0) {
            route = (route + 1) % unaware.length;
        }
        unaware[route] = stage().receivers(route);
        changedNanos[route] = dueNanos;
        made++;
        underWay++;
        stage().change(route);
    }

    private void endIfNothingIsUnderWay(long nowNanos) {
        if (underWay == 0) {
            endedNanos = nowNanos;
            done.run();
        }
    }

    private Fleet.Stage stage() {
        if (stage == null) {
            throw new IllegalStateException("not started");
        }
        return stage;
    }
}
