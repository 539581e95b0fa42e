package io.tapetum.server.admission;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.event.Refusal;
import io.tapetum.server.config.ConnectionSettings;

/**
 * What {@link ConnectionLedger} has to do, in the most obvious way: a list of all connections, and a bucket of tokens for
 * every source that ever came.
 */
final class NaiveLedger {

    /** A connection that is open. */
    static final class Entry {
        final InetAddress source;
        boolean halfOpen = true;

        Entry(InetAddress source) {
            this.source = source;
        }
    }

    /** Tokens in parts: a whole one is as many nanoseconds as it takes to drip in. */
    private static final class Bucket {
        long parts;
        long atNanos;
    }

    private final int maximum;
    private final ConnectionSettings limits;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<InetAddress, Bucket> buckets = new HashMap<>();

    NaiveLedger(int maximum, ConnectionSettings limits) {
        this.maximum = maximum;
        this.limits = limits;
    }

    Refusal.@Nullable Reason enters(InetAddress source, long nowNanos) {
        if (entries.size() >= maximum) {
            return Refusal.Reason.TOTAL_LIMIT;
        }
        if (halfOpen() >= limits.halfOpen()) {
            return Refusal.Reason.HALF_OPEN_LIMIT;
        }
        if (entries.stream().filter(entry -> entry.halfOpen && entry.source.equals(source)).count() >= limits
                .perSource()) {
            return Refusal.Reason.SOURCE_LIMIT;
        }
        long token = ConnectionLedger.RATE_TIME.toNanos() / limits.rate();
        long full = ConnectionLedger.RATE_TIME.toNanos();
        Bucket bucket = buckets.computeIfAbsent(source, _ -> {
            Bucket fresh = new Bucket();
            fresh.parts = full;
            fresh.atNanos = nowNanos;
            return fresh;
        });
        bucket.parts = Math.min(full, bucket.parts + (nowNanos - bucket.atNanos));
        bucket.atNanos = nowNanos;
        if (bucket.parts < token) {
            return Refusal.Reason.RATE_LIMIT;
        }
        bucket.parts -= token;
        entries.add(new Entry(source));
        return null;
    }

    List<Entry> entries() {
        return entries;
    }

    int open() {
        return entries.size();
    }

    int halfOpen() {
        return (int) entries.stream().filter(entry -> entry.halfOpen).count();
    }
}
