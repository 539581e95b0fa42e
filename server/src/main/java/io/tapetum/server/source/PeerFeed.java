package io.tapetum.server.source;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a source published last for a reflector that starts later: nodes that connect before their peers are known
 * would be turned away. Thread-safe.
 */
public final class PeerFeed implements Consumer<DesiredPeers> {

    private static final Logger log = LoggerFactory.getLogger(PeerFeed.class);

    /** Guards both fields, and is held while the reflector is told, so that it is told in order. */
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition published = lock.newCondition();
    private @Nullable DesiredPeers latest;
    private @Nullable Consumer<DesiredPeers> reflector;

    @Override
    public void accept(DesiredPeers desired) {
        lock.lock();
        try {
            PeerChanges changes = PeerChanges.between(latest == null ? DesiredPeers.NONE : latest, desired);
            if (latest == null || !changes.isEmpty()) {
                log.info("peers that the datastore wants: {}", changes);
            }
            latest = desired;
            published.signalAll();
            if (reflector != null) {
                reflector.accept(desired);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What was published last, or {@code null} if nothing has been when the time is over. */
    public @Nullable DesiredPeers await(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (latest == null && left > 0) {
                left = published.awaitNanos(left);
            }
            return latest;
        } finally {
            lock.unlock();
        }
    }

    /** From now on a reflector is told: of what was published last at once, and of everything else as it comes. */
    public void feed(Consumer<DesiredPeers> running) {
        lock.lock();
        try {
            reflector = running;
            if (latest != null) {
                running.accept(latest);
            }
        } finally {
            lock.unlock();
        }
    }
}
