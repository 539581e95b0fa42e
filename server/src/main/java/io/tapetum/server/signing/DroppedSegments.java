package io.tapetum.server.signing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.journal.EventKind;
import io.tapetum.server.logging.RepeatedEvents;

/**
 * Tells operators of segments that the kernel drops because of their signature: nothing else is ever seen of a peer whose
 * key is another, for it is not even answered. The kernel only counts them, so whose they are is concluded from who has no
 * session at that time. Any thread may call.
 */
public final class DroppedSegments {

    private static final Logger LOG = LoggerFactory.getLogger("tapetum");

    private static final Duration REPEAT_INTERVAL = Duration.ofSeconds(30);

    /** For how long a peer without session is suspected: longer than anybody waits before connecting again. */
    private static final Duration SUSPICION = Duration.ofMinutes(3);

    /** What is wrong with a segment. */
    public enum Fault {
        WRONG_SIGNATURE("wrong-signature", "with a wrong TCP-MD5 signature",
                "its key is another: compare both sides (tapetum keys list shows fingerprints)"),
        MISSING_SIGNATURE("missing-signature", "without a TCP-MD5 signature, from where one is needed",
                "it has no key: give it the same key as here"),
        UNEXPECTED_SIGNATURE("unexpected-signature", "with a TCP-MD5 signature, from where no key is known",
                "it has a key: give it one here, too (tcp-md5-key)");

        private final String tag;
        private final String sentence;
        private final String advice;

        Fault(String tag, String sentence, String advice) {
            this.tag = tag;
            this.sentence = sentence;
            this.advice = advice;
        }

        private long of(SegmentCounters counters) {
            return switch (this) {
                case WRONG_SIGNATURE -> counters.wrong();
                case MISSING_SIGNATURE -> counters.missing();
                case UNEXPECTED_SIGNATURE -> counters.unexpected();
            };
        }

        /** Whether a peer with a key may be the one whose segments they are, or one without. */
        private boolean suspects(boolean signed) {
            return signed != (this == UNEXPECTED_SIGNATURE);
        }
    }

    private final Supplier<Optional<SegmentCounters>> kernel;
    private final InstantSource clock;
    private final RepeatedEvents<Fault> repeated = new RepeatedEvents<>(REPEAT_INTERVAL, Fault.values().length);
    private final SegmentCounters first;

    /** Guarded by this object's monitor, as are those below. */
    private SegmentCounters latest;
    private final Map<Fault, Instant> seen = new EnumMap<>(Fault.class);
    private final Map<Fault, Long> untold = new EnumMap<>(Fault.class);

    /** Counts from now on, and in these meters. */
    public DroppedSegments(MeterRegistry meters) {
        this(meters, SegmentCounters::read, InstantSource.system());
    }

    DroppedSegments(MeterRegistry meters, Supplier<Optional<SegmentCounters>> kernel, InstantSource clock) {
        this.kernel = kernel;
        this.clock = clock;
        first = kernel.get().orElse(new SegmentCounters(0, 0, 0));
        latest = first;
        for (Fault fault : Fault.values()) {
            FunctionCounter.builder("tapetum.tcp.md5.dropped.segments", this, dropped -> dropped.count(fault))
                    .tag("fault", fault.tag)
                    .description("TCP segments that the kernel of this host dropped because of their TCP-MD5 signature")
                    .register(meters);
        }
    }

    /** As of the last report: the kernel adds up a table of hundreds of counters to answer. */
    private synchronized double count(Fault fault) {
        return fault.of(latest.since(first));
    }

    /**
     * Looks at the counters and logs what is new.
     *
     * @param withoutSession the names of peers without session, with a key ({@code true}) or without
     */
    public synchronized void report(Function<Boolean, List<String>> withoutSession) {
        look();
        for (Fault fault : Fault.values()) {
            long count = untold.getOrDefault(fault, 0L);
            if (count > 0 && repeated.happened(fault).isPresent()) {
                untold.remove(fault);
                List<String> suspects = withoutSession.apply(fault.suspects(true));
                LOG.atWarn().addKeyValue(EventKind.KEY, EventKind.KEYS).addKeyValue("segments", count).log(
                        "the kernel dropped {} {}; {}",
                        count == 1 ? "a TCP segment" : count + " TCP segments", fault.sentence, suspects.isEmpty()
                                ? "no peer is without a session, so they are a stranger's or of a moment ago"
                                : "if one of these peers without a session sends them, " + fault.advice + ": "
                                        + Names.some(suspects));
            }
        }
    }

    /**
     * What may keep a peer without session from having one, if segments were dropped lately, as of the last report.
     *
     * @param signed whether it has a key
     */
    public synchronized Optional<String> suspicion(boolean signed) {
        Instant now = clock.instant();
        for (Fault fault : Fault.values()) {
            @Nullable
            Instant last = seen.get(fault);
            if (fault.suspects(signed) && last != null && last.plus(SUSPICION).isAfter(now)) {
                return Optional.of("at " + last.truncatedTo(ChronoUnit.SECONDS) + " the kernel dropped segments "
                        + fault.sentence + "; if they are this peer's, " + fault.advice);
            }
        }
        return Optional.empty();
    }

    private void look() {
        SegmentCounters now = kernel.get().orElse(latest);
        SegmentCounters since = now.since(latest);
        for (Fault fault : Fault.values()) {
            if (fault.of(since) > 0) {
                seen.put(fault, clock.instant());
                untold.merge(fault, fault.of(since), Long::sum);
            }
        }
        latest = now;
    }
}
