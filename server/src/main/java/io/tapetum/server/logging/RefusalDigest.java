package io.tapetum.server.logging;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.event.Refusal;

/**
 * Keeps connections that are refused from filling the log, however many there are and from however many sources. Time is
 * cut into intervals. A source that was not refused in this interval, and not shortly before it, is news, told at once, of
 * which there are only so many in an interval; everything else is counted, and told in one line at the interval's end.
 * Memory is bounded: beyond a number of sources, further ones are only counted together.
 *
 * <p>IPv6 addresses of one /64 are one source, because whoever has one of them mostly has all. Callable by any thread.
 */
final class RefusalDigest {

    /** How many sources are told by themselves in an interval. */
    static final int NEWS = 10;

    /** How many sources are told apart in an interval. */
    static final int SOURCES = 4096;

    private static final int PREFIX_OCTETS = 8;

    private final Duration interval;
    private final LongSupplier nanoTime;
    private final Map<Refusal.Reason, Long> reasons = new EnumMap<>(Refusal.Reason.class);
    private Map<InetAddress, Tally> former = Map.of();
    private Map<InetAddress, Tally> current = new HashMap<>();
    private boolean begun;
    private int news;
    private long untold;
    private boolean more;

    private static final class Tally {
        private long count;
        private Refusal last;
        private InetAddress from;
        private long lastNs;

        Tally(InetAddress from, Refusal last, long lastNs) {
            this.from = from;
            this.last = last;
            this.lastNs = lastNs;
        }
    }

    /**
     * An interval lasts from the first refusal in it until {@link #end} is called.
     *
     * @param interval how long that is, and for how long a source has to be silent to be news again
     */
    RefusalDigest(Duration interval, LongSupplier nanoTime) {
        this.interval = interval;
        this.nanoTime = nanoTime;
    }

    /**
     * What is to be done about a refusal.
     *
     * @param tell whether it is told by itself
     * @param begins whether an interval begins with it, so that {@link #end} is due after the interval
     */
    record Verdict(boolean tell, boolean begins) {}

    /**
     * What is left to tell of an interval.
     *
     * @param line a sentence
     * @param count how many refusals it is about
     * @param source whose they all are, the last one if it is an IPv6 network; {@code null} if they are of several
     */
    record Digest(String line, long count, @Nullable InetAddress source) {}

    /** Counts a refusal. */
    synchronized Verdict refused(InetAddress from, Refusal why) {
        long nowNs = nanoTime.getAsLong();
        boolean begins = !begun;
        begun = true;
        InetAddress source = source(from);
        Tally tally = current.get(source);
        if (tally == null && current.size() < SOURCES) {
            boolean isNews = isSilent(former.get(source), nowNs) && news < NEWS;
            tally = new Tally(from, why, nowNs);
            current.put(source, tally);
            if (isNews) {
                news++;
                return new Verdict(true, begins);
            }
        }
        if (tally == null) {
            more = true;
        } else {
            tally.count++;
            tally.last = why;
            tally.from = from;
            tally.lastNs = nowNs;
        }
        untold++;
        reasons.merge(why.reason(), 1L, Long::sum);
        return new Verdict(false, begins);
    }

    private boolean isSilent(@Nullable Tally before, long nowNs) {
        return before == null || nowNs - before.lastNs > interval.toNanos();
    }

    /** Ends the interval; says what to tell of it, if there is anything that has not been told. */
    synchronized Optional<Digest> end() {
        Optional<Digest> digest = untold == 0 ? Optional.empty() : Optional.of(digest());
        former = current;
        current = new HashMap<>();
        begun = false;
        news = 0;
        untold = 0;
        more = false;
        reasons.clear();
        return digest;
    }

    private Digest digest() {
        Map.Entry<InetAddress, Tally> worst = current.entrySet().stream()
                .max(Comparator.comparingLong(entry -> entry.getValue().count)).orElseThrow();
        long sources = current.values().stream().filter(tally -> tally.count > 0).count();
        String start = "%,d connection%s refused in %d s".formatted(untold, untold == 1 ? "" : "s",
                interval.toSeconds());
        String source = text(worst.getKey());
        Refusal why = worst.getValue().last;
        if (sources == 1 && !more) {
            return new Digest("%s from %s: %s".formatted(start, source, why.text()), untold, worst.getValue().from);
        }
        String kinds = reasons.entrySet().stream()
                .map(entry -> "%s %,d".formatted(entry.getKey().label(), entry.getValue()))
                .collect(Collectors.joining(", "));
        return new Digest("%s from %s%,d sources (%s); most, %,d, from %s: %s".formatted(start,
                more ? "more than " : "", sources, kinds, worst.getValue().count, source, why.text()), untold, null);
    }

    private static InetAddress source(InetAddress from) {
        if (!(from instanceof Inet6Address)) {
            return from;
        }
        byte[] octets = from.getAddress();
        Arrays.fill(octets, PREFIX_OCTETS, octets.length, (byte) 0);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new AssertionError("as many octets as before", e);
        }
    }

    private static String text(InetAddress source) {
        return source.getHostAddress() + (source instanceof Inet6Address ? "/" + PREFIX_OCTETS * 8 : "");
    }
}
