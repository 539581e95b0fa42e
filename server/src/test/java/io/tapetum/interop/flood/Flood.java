package io.tapetum.interop.flood;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import io.tapetum.interop.lab.Host;

/** Something that is done over and over by threads of a host, as fast as they can, until it is closed. */
final class Flood implements AutoCloseable {

    /** What is done over and over. */
    @FunctionalInterface
    interface Wave {

        /** May fail in whatever way a peer can make it fail: then it is simply the next one's turn. */
        void roll() throws IOException;
    }

    private final AtomicBoolean going = new AtomicBoolean(true);
    private final LongAdder waves = new LongAdder();
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofPlatform().name("flood").daemon().factory());

    /** Starts a thread for each of these. */
    static Flood of(Host host, List<Wave> waves) {
        Flood flood = new Flood();
        for (Wave wave : waves) {
            var _ = flood.threads.submit(() -> host.inside(() -> {
                flood.run(wave);
                return null;
            }));
        }
        return flood;
    }

    private void run(Wave wave) {
        while (going.get()) {
            try {
                wave.roll();
            } catch (IOException _) {
                // Refused, reset or timed out, as it should be.
            }
            waves.increment();
        }
    }

    /** How often something was done. */
    long waves() {
        return waves.sum();
    }

    /** Returns when all threads have ended. */
    @Override
    public void close() {
        going.set(false);
        threads.close();
    }
}
