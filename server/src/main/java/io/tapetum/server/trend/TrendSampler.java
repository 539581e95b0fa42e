package io.tapetum.server.trend;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.logging.Defects;

/** Makes a recorder look again and again, on a thread of its own, so that nobody waits for it. */
public final class TrendSampler implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TrendSampler.class);

    private final Defects defects = new Defects();
    private final ScheduledExecutorService thread = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("trend").factory());

    /** Begins at once. */
    public TrendSampler(TrendRecorder recorder) {
        thread.scheduleAtFixedRate(() -> {
            try {
                recorder.look();
            } catch (RuntimeException e) {
                // Otherwise it would never look again.
                defects.happened(e).ifPresent(times -> log.atError().setCause(e)
                        .log("a sample for /v1/trend could not be taken, {}; the last hour has a gap", times));
            }
        }, 0, TrendRecorder.INTERVAL.toSeconds(), TimeUnit.SECONDS);
    }

    /** Looks no more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
