package io.tapetum.server.etcd;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.logging.Defects;

/** Follows one prefix on a thread of its own, from endpoint to endpoint, until it is closed. */
public final class Following implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(10);

    private final Endpoints endpoints;
    private final EtcdConnection.Opener opener;
    private final String prefix;
    private final KeyListener listener;
    private final Defects defects = new Defects();
    private final Thread thread;

    /** Only the thread knows these: whether a loss was told and not made good, and the rounds that failed in a row. */
    private boolean lost;
    private int failedRounds;

    /** Begins at once. */
    public Following(Endpoints endpoints, EtcdConnection.Opener opener, String prefix, KeyListener listener) {
        this.endpoints = endpoints;
        this.opener = opener;
        this.prefix = prefix;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("etcd " + prefix).unstarted(this::follow);
        thread.start();
    }

    private void follow() {
        try {
            while (true) {
                for (URI endpoint : endpointsOfThisRound()) {
                    follow(endpoint);
                }
                failedRounds++;
                Thread.sleep(pause(failedRounds));
            }
        } catch (InterruptedException _) {
            LOG.atDebug().addKeyValue("prefix", prefix).log("no longer following {}", prefix);
        }
    }

    private List<URI> endpointsOfThisRound() throws InterruptedException {
        try {
            return endpoints.current();
        } catch (EtcdException e) {
            lost(e);
            return List.of();
        }
    }

    /** Follows one endpoint for as long as it can be followed. */
    private void follow(URI endpoint) throws InterruptedException {
        long readAtNs = 0;
        boolean read = false;
        try (EtcdConnection connection = opener.open(endpoint)) {
            while (true) {
                Snapshot snapshot = connection.read(prefix);
                readAtNs = System.nanoTime();
                read = true;
                listener.replaced(snapshot.entries());
                if (lost) {
                    lost = false;
                    listener.regained();
                }
                connection.watch(prefix, snapshot, listener);
                Thread.sleep(SHORTEST_PAUSE);
            }
        } catch (EtcdException e) {
            lost(e);
        } catch (RuntimeException e) {
            // A defect of ours. Whatever it left half done is mended by reading everything again.
            defects.happened(e).ifPresent(times -> LOG.atError().addKeyValue("prefix", prefix).setCause(e)
                    .log("following {} failed unexpectedly, {}; please report it", prefix, times));
            lost(new EtcdException("unexpected failure, see the log: " + e, e));
        }
        // Who only ever manages to read, and fails at watching, is not to be asked four times a second for all there is.
        if (read && System.nanoTime() - readAtNs > LONGEST_PAUSE.toNanos()) {
            failedRounds = 0;
        }
    }

    private void lost(EtcdException e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        lost = true;
        listener.lost(String.valueOf(e.getMessage()));
    }

    /** Doubles from round to round, and is not the same for all the reflectors that have lost the same etcd. */
    private static Duration pause(int failedRounds) {
        Duration pause = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failedRounds - 1, 10));
        Duration longest = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest.toNanos() / 2, longest.toNanos() + 1));
    }

    /** Ends it, and waits for the end; after that the listener hears nothing more. The listener itself may call this too. */
    @Override
    public void close() {
        thread.interrupt();
        if (Thread.currentThread().equals(thread)) {
            return;
        }
        try {
            thread.join(PATIENCE_AT_CLOSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
