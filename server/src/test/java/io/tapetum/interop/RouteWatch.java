package io.tapetum.interop;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.tapetum.interop.speaker.BgpPeer;

/**
 * Looks at a daemon's routes again and again while something happens, and remembers when one was missing.
 *
 * <p>Its own thread does nothing but ask the daemon, which any thread may do while the daemon runs.
 */
public final class RouteWatch implements AutoCloseable {
    private static final int POLL_MILLIS = 100;
    private static final int LEAST_LOOKS = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> looking;
    /** Written by the thread, and read after its end was waited for. */
    private final List<String> misses = new ArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();

    private RouteWatch(BgpPeer peer, List<String> prefixes) {
        looking = thread.scheduleWithFixedDelay(() -> look(peer, prefixes), 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins to look. */
    public static RouteWatch of(BgpPeer peer, String... prefixes) {
        return new RouteWatch(peer, List.of(prefixes));
    }

    /** Stops to look, not before it did a few times, and tells what was missing when; nothing, when nothing ever was. */
    public List<String> stop() {
        await().atMost(PATIENCE).until(() -> looks.get() >= LEAST_LOOKS);
        close();
        return misses;
    }

    @Override
    public void close() {
        looking.cancel(false);
        thread.close();
    }

    private void look(BgpPeer peer, List<String> prefixes) {
        looks.incrementAndGet();
        for (String prefix : prefixes) {
            try {
                if (peer.route(prefix).isEmpty()) {
                    misses.add(Instant.now() + " " + prefix);
                }
            } catch (RuntimeException e) {
                // Thrown on, it would silently end the schedule.
                misses.add(Instant.now() + " " + prefix + ": " + e);
            }
        }
    }
}
