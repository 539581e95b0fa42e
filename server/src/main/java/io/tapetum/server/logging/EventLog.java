package io.tapetum.server.logging;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.netty.util.NetUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.server.journal.EventKind;

/**
 * Tells operators what the reflector reports: one line per event, the peer named in all of them. What a stranger or a
 * broken peer could repeat without end is told once and then counted. Called by every event loop; never blocks.
 */
public final class EventLog implements Consumer<ReflectorEvent> {

    private static final Logger LOG = LoggerFactory.getLogger("tapetum");

    private static final int REPEATED_KINDS = 10_000;

    private final RepeatedEvents<Repeated> repeated;
    private final RefusalDigest refusals;
    private final FlapDigest flaps = new FlapDigest(RepeatedEvents.INTERVAL);
    private final Executor afterInterval;

    /** Whether {@link #tellRest} is due, which one of the event loops sees to. */
    private final AtomicBoolean restDue = new AtomicBoolean();

    /**
     * What is told at once and then counted.
     *
     * @param headline what there is to say of many of them
     */
    private record Repeated(PeerName peer, EventKind kind, Level level, String headline) {}

    /** A log that tells what was counted on a thread of the JVM's own. */
    public EventLog() {
        this(CompletableFuture.delayedExecutor(RepeatedEvents.INTERVAL.toSeconds(), TimeUnit.SECONDS),
                System::nanoTime);
    }

    /** Runs what is due after the interval in which events are counted on the given executor. */
    EventLog(Executor afterInterval, LongSupplier nanoTime) {
        this.afterInterval = afterInterval;
        this.repeated = new RepeatedEvents<>(RepeatedEvents.INTERVAL, REPEATED_KINDS, nanoTime,
                InstantSource.system());
        this.refusals = new RefusalDigest(RepeatedEvents.INTERVAL, nanoTime);
    }

    @Override
    public void accept(ReflectorEvent event) {
        switch (event) {
            case ReflectorEvent.StateChanged changed -> {
                if (LOG.isDebugEnabled()) {
                    of(Level.DEBUG, changed).log("{}: {} to {}", name(changed), changed.from(), changed.to());
                }
            }
            case ReflectorEvent.PeerUp up -> ofSession(up, () -> of(Level.INFO, up)
                    .addKeyValue("bgpIdentifier", NetUtil.intToIpAddress(up.negotiated().peerIdentifier()))
                    .log("{} is up: {}", name(up), EventText.agreed(up.negotiated())));
            case ReflectorEvent.PeerDown down -> ofSession(down, () -> of(Level.WARN, down)
                    .addKeyValue("uptimeSeconds", down.uptime().toSeconds())
                    .log("{} is down after {}: {}", name(down), EventText.text(down.uptime()), down.reason().text()));
            case ReflectorEvent.TableSent sent -> ofSession(sent, () -> of(Level.INFO, sent)
                    .log("{} has the whole {} table", name(sent), EventText.text(sent.family())));
            // Whatever the reason: who is to blame could give another one each time.
            case ReflectorEvent.ConnectionFailed failed -> repeated(Level.WARN, failed, "no session",
                    () -> "no session: " + failed.reason());
            case ReflectorEvent.MalformedUpdate malformed -> repeated(Level.WARN, malformed, "malformed UPDATE",
                    () -> "malformed UPDATE: " + EventText.text(malformed.errors()));
            case ReflectorEvent.FamilyDisabled disabled -> {
                String ignored = EventText.text(disabled.family()) + " is ignored until the session is reset";
                repeated(Level.ERROR, disabled, ignored, () -> ignored + ": " + EventText.text(disabled.errors()));
            }
            case ReflectorEvent.MaximumPrefixesReached reached -> {
                boolean beyond = reached.accepted() > reached.limit().limit();
                String family = EventText.text(reached.family());
                String limit = (beyond ? "more than the limit of " : "the limit is ") + reached.limit().limit();
                repeated(Level.WARN, reached, family + " paths: " + limit,
                        () -> reached.accepted() + " " + family + " paths accepted, " + limit);
            }
            case ReflectorEvent.ConnectionRefused refused -> refused(refused);
        }
    }

    private void refused(ReflectorEvent.ConnectionRefused refused) {
        RefusalDigest.Verdict verdict = refusals.refused(refused.from(), refused.why());
        if (verdict.begins()) {
            afterInterval.execute(() -> refusals.end().ifPresent(EventLog::tell));
        }
        if (verdict.tell()) {
            LOG.atWarn().addKeyValue(EventKind.KEY, EventKind.of(refused))
                    .addKeyValue("address", refused.from().getHostAddress())
                    .log("connection from {} refused: {}", refused.from().getHostAddress(), refused.why().text());
        }
    }

    private static void tell(RefusalDigest.Digest digest) {
        LoggingEventBuilder line = LOG.atWarn().addKeyValue(EventKind.KEY, EventKind.CONNECTION_REFUSED);
        if (digest.source() != null) {
            line = line.addKeyValue("address", digest.source().getHostAddress());
        }
        line.addKeyValue("count", digest.count()).log(digest.line());
    }

    /** Of a session that is up, or was. */
    private void ofSession(ReflectorEvent.OfPeer event, Runnable line) {
        FlapDigest.Verdict verdict = flaps.happened(event);
        if (verdict.begins()) {
            afterInterval.execute(() -> flaps.end().forEach(EventLog::tell));
        }
        if (verdict.tell()) {
            line.run();
        }
    }

    private static void tell(FlapDigest.Digest digest) {
        of(Level.WARN, digest.peer(), EventKind.SESSION_FLAPPING).addKeyValue("ups", digest.ups())
                .addKeyValue("downs", digest.downs()).log(digest.line());
    }

    private void repeated(Level level, ReflectorEvent.OfPeer event, String headline, Supplier<String> text) {
        Repeated what = new Repeated(PeerName.of(event.peer()), EventKind.of(event), level, headline);
        repeated.happened(what).ifPresentOrElse(
                times -> of(level, event).log("{}: {} ({})", what.peer, text.get(), times), this::tellRestLater);
    }

    /** Should it not happen again, it would never be told how often it did. */
    private void tellRestLater() {
        if (restDue.compareAndSet(false, true)) {
            afterInterval.execute(this::tellRest);
        }
    }

    private void tellRest() {
        restDue.set(false); // first: what is counted from now on has somebody who asks for it again
        repeated.overdue().forEach((what, times) -> of(what.level, what.peer, what.kind)
                .log("{}: {}, again ({})", what.peer, what.headline, times));
        if (repeated.hasUntold()) {
            tellRestLater();
        }
    }

    private static LoggingEventBuilder of(Level level, ReflectorEvent.OfPeer event) {
        return of(level, PeerName.of(event.peer()), EventKind.of(event));
    }

    private static LoggingEventBuilder of(Level level, PeerName peer, EventKind kind) {
        return LOG.atLevel(level).addKeyValue(EventKind.KEY, kind).addKeyValue("peer", peer.name())
                .addKeyValue("address", peer.address().getHostAddress());
    }

    private static PeerName name(ReflectorEvent.OfPeer event) {
        return PeerName.of(event.peer());
    }
}
