package io.tapetum.server.admission;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.event.Refusal;
import io.tapetum.server.config.ConnectionSettings;

/**
 * Accounts for the connections that peers opened, and refuses those that are too many. Beside the counts it remembers of a
 * source only how soon it may come again, so its size depends on what is half-open and on who came in the last minute.
 *
 * <p>The rate is a token bucket that holds as many connections as may come in a minute. In the place of tokens it keeps the
 * moment at which the bucket will be full again, which is one number a source and needs no refilling.
 *
 * <p>Thread-safe by one lock, taken three times in the life of a connection: the loop that accepts it and the loop of its
 * session are not the same.
 */
public final class ConnectionLedger {

    /** In which time a source may open as many connections as the rate says. */
    static final Duration RATE_TIME = Duration.ofMinutes(1);

    /** So many sources are remembered at most; of more, who came longest ago may come as if for the first time. */
    static final int REMEMBERED_SOURCES = 65_536;

    /** How many sources are looked at whether they can be forgotten, for each that is added: more than come. */
    private static final int FORGOTTEN_AT_ONCE = 2;

    private final int maximum;
    private final ConnectionSettings limits;
    private final long tokenNanos;
    private final Map<InetAddress, Integer> halfOpenBySource = new HashMap<>();
    /** When each source's bucket is full again, in the order in which they came last. */
    private final LinkedHashMap<InetAddress, Long> fullAtNanos = new LinkedHashMap<>();
    private int open;
    private int halfOpen;

    /**
     * Nothing is open yet.
     *
     * @param maximum how many connections may be open, half-open ones among them
     */
    public ConnectionLedger(int maximum, ConnectionSettings limits) {
        this.maximum = maximum;
        this.limits = limits;
        this.tokenNanos = RATE_TIME.toNanos() / limits.rate();
    }

    /**
     * Takes one more connection into account, unless it is refused.
     *
     * @param nowNanos of a monotonic clock
     * @return why it is refused, or {@code null}; then {@link #leaves} must follow
     */
    public synchronized @Nullable Refusal enters(InetAddress source, long nowNanos) {
        if (open >= maximum) {
            return new Refusal.TotalLimit(maximum);
        }
        if (halfOpen >= limits.halfOpen()) {
            return new Refusal.HalfOpenLimit(limits.halfOpen());
        }
        if (halfOpenBySource.getOrDefault(source, 0) >= limits.perSource()) {
            return new Refusal.SourceLimit(limits.perSource());
        }
        if (!takesToken(source, nowNanos)) {
            return new Refusal.RateLimit(limits.rate(), RATE_TIME);
        }
        open++;
        halfOpen++;
        halfOpenBySource.merge(source, 1, Integer::sum);
        return null;
    }

    private boolean takesToken(InetAddress source, long nowNanos) {
        Long known = fullAtNanos.get(source);
        long missing = known == null ? 0 : Math.max(0, known - nowNanos);
        if (missing > RATE_TIME.toNanos() - tokenNanos) {
            return false;
        }
        fullAtNanos.remove(source);
        fullAtNanos.put(source, nowNanos + missing + tokenNanos);
        forget(nowNanos);
        return true;
    }

    /** Whose bucket is full is as good as unknown. */
    private void forget(long nowNanos) {
        var eldest = fullAtNanos.values().iterator();
        for (int i = 0; i < FORGOTTEN_AT_ONCE && eldest.hasNext(); i++) {
            if (eldest.next() - nowNanos > 0 && fullAtNanos.size() <= REMEMBERED_SOURCES) {
                return;
            }
            eldest.remove();
        }
    }

    /** A half-open connection of this source has become a session. */
    synchronized void establishes(InetAddress source) {
        halfOpen--;
        halfOpenBySource.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1);
    }

    /** A connection of this source is closed. */
    synchronized void leaves(InetAddress source, boolean wasHalfOpen) {
        open--;
        if (wasHalfOpen) {
            establishes(source);
        }
    }

    /** How many connections are open, half-open ones among them. */
    public synchronized int open() {
        return open;
    }

    /** How many connections are half-open. */
    public synchronized int halfOpen() {
        return halfOpen;
    }

    /** How many sources are remembered for how often they came. */
    synchronized int remembered() {
        return fullAtNanos.size();
    }
}
