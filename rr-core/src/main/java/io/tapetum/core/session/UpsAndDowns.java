package io.tapetum.core.session;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** How often a peer's session has come up, and ended of which cause. Written on the peer's event loop, read by any thread. */
final class UpsAndDowns {

    private final AtomicLong ups = new AtomicLong();

    // Volatile, and replaced as a whole: it changes with a session, and readers find one that is whole.
    private volatile Map<DownCause, Long> downs = Map.of();

    void up() {
        ups.incrementAndGet();
    }

    void down(DownCause cause) {
        Map<DownCause, Long> more = new EnumMap<>(DownCause.class);
        more.putAll(downs);
        more.merge(cause, 1L, Long::sum);
        downs = Map.copyOf(more);
    }

    long ups() {
        return ups.get();
    }

    /** Of the causes that there have been. */
    Map<DownCause, Long> downs() {
        return downs;
    }
}
