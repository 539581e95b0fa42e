package io.tapetum.interop;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.tapetum.interop.speaker.BgpPeer;

/**
 * Looks at a daemon's routes again and again while something happens, and remembers when one was missing.
 *
 * <p>Its own thread does nothing but ask the daemon, which any thread may do while the daemon runs.
 */
public final class RouteWatch implements AutoCloseable {
    private static final int POLL_MILLIS = 100;
    private static final int LEAST_LOOKS = 5;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> looking;
    // Both written by the thread, and read after its end was waited for.
    private final List<String> misses = new ArrayList<>();
    private int looks;

    private RouteWatch(BgpPeer peer, List<String> prefixes) {
        looking = thread.scheduleWithFixedDelay(() -> look(peer, prefixes), 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins to look. */
    public static RouteWatch of(BgpPeer peer, String... prefixes) {
        return new RouteWatch(peer, List.of(prefixes));
    }

    /** Stops to look and tells what was missing when; nothing, when nothing ever was. */
    public List<String> stop() {
        close();
        if (looks < LEAST_LOOKS) {
            throw new IllegalStateException("Only " + looks + " looks: they say nothing");
        }
        return misses;
    }

    @Override
    public void close() {
        looking.cancel(false);
        thread.close();
    }

    private void look(BgpPeer peer, List<String> prefixes) {
        looks++;
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
