package io.tapetum.server.logging;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.fsm.Negotiated;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeError;

/**
 * Tells operators what the reflector reports: one line per event, the peer named in all of them. What a stranger or a
 * broken peer could repeat without end is told once and then counted. Called by every event loop; never blocks.
 */
public final class EventLog implements Consumer<ReflectorEvent> {

    private static final Logger LOG = LoggerFactory.getLogger("tapetum");

    private static final Duration REPEAT_INTERVAL = Duration.ofSeconds(30);
    private static final int REPEATED_KINDS = 10_000;

    private final RepeatedEvents<Object> repeated = new RepeatedEvents<>(REPEAT_INTERVAL, REPEATED_KINDS);
    private final RefusalDigest refusals = new RefusalDigest(REPEAT_INTERVAL);
    private final Executor afterInterval;

    /** A log that tells what was refused on a thread of the JVM's own. */
    public EventLog() {
        this(CompletableFuture.delayedExecutor(REPEAT_INTERVAL.toSeconds(), TimeUnit.SECONDS));
    }

    /** Runs what is due after the interval in which refusals are counted on the given executor. */
    EventLog(Executor afterInterval) {
        this.afterInterval = afterInterval;
    }

    @Override
    public void accept(ReflectorEvent event) {
        switch (event) {
            case ReflectorEvent.StateChanged changed -> {
                if (LOG.isDebugEnabled()) {
                    of(Level.DEBUG, changed).log("{}: {} to {}", name(changed), changed.from(), changed.to());
                }
            }
            case ReflectorEvent.PeerUp up -> of(Level.INFO, up)
                    .addKeyValue("bgpIdentifier", identifier(up.negotiated().peerIdentifier()))
                    .log("{} is up: {}", name(up), agreed(up.negotiated()));
            case ReflectorEvent.PeerDown down -> of(Level.WARN, down)
                    .addKeyValue("uptimeSeconds", down.uptime().toSeconds())
                    .log("{} is down after {}: {}", name(down), text(down.uptime()), down.reason().text());
            case ReflectorEvent.ConnectionFailed failed -> repeated(failed.peer().address() + failed.reason(), failed,
                    "no session: " + failed.reason());
            case ReflectorEvent.TableSent sent ->
                of(Level.INFO, sent).log("{} has the whole {} table", name(sent), text(sent.family()));
            case ReflectorEvent.MalformedUpdate malformed -> repeated(malformed.peer().address() + "malformed",
                    malformed, "malformed UPDATE: " + text(malformed.errors()));
            case ReflectorEvent.FamilyDisabled disabled -> of(Level.ERROR, disabled)
                    .log("{}: {} is ignored until the session is reset: {}", name(disabled), text(disabled.family()),
                            text(disabled.errors()));
            case ReflectorEvent.MaximumPrefixesReached reached -> {
                boolean beyond = reached.accepted() > reached.limit().limit();
                repeated(reached.peer().address() + "maximum-prefixes" + reached.family() + beyond, reached,
                        reached.accepted() + " " + text(reached.family()) + " paths accepted, "
                                + (beyond ? "more than the limit of " : "the limit is ") + reached.limit().limit());
            }
            case ReflectorEvent.ConnectionRefused refused -> refused(refused);
        }
    }

    private void refused(ReflectorEvent.ConnectionRefused refused) {
        RefusalDigest.Verdict verdict = refusals.refused(refused.from(), refused.why());
        if (verdict.begins()) {
            afterInterval.execute(() -> refusals.end().ifPresent(line -> LOG.warn(line)));
        }
        if (verdict.tell()) {
            LOG.atWarn().addKeyValue("address", refused.from().getHostAddress())
                    .log("connection from {} refused: {}", refused.from().getHostAddress(), refused.why().text());
        }
    }

    private void repeated(Object kind, ReflectorEvent.OfPeer event, String text) {
        repeated.happened(kind).ifPresent(times -> of(Level.WARN, event).log("{}: {} ({})", name(event), text, times));
    }

    private static LoggingEventBuilder of(Level level, ReflectorEvent.OfPeer event) {
        return LOG.atLevel(level).addKeyValue("peer", event.peer().name())
                .addKeyValue("address", event.peer().address().getHostAddress());
    }

    private static String name(ReflectorEvent.OfPeer event) {
        PeerSettings peer = event.peer();
        String address = peer.address().getHostAddress();
        String group = peer.template().group();
        String name = peer.name().equals(address) ? address : peer.name() + " (" + address + ")";
        return "peer " + name + (group.isEmpty() ? "" : " of " + group);
    }

    private static String agreed(Negotiated negotiated) {
        StringBuilder text = new StringBuilder();
        text.append("AS ").append(negotiated.peerAs()).append(", id ")
                .append(identifier(negotiated.peerIdentifier())).append(", ");
        text.append(negotiated.families().stream().sorted().map(EventLog::text).collect(Collectors.joining("+")));
        text.append(", hold time ").append(negotiated.holdTimeSeconds()).append(" s");
        if (!negotiated.addPathReceive().isEmpty()) {
            text.append(", add-path from it");
        }
        if (!negotiated.addPathSend().isEmpty()) {
            text.append(", add-path to it");
        }
        if (negotiated.extendedMessages()) {
            text.append(", extended messages");
        }
        if (!negotiated.fourOctetAs()) {
            text.append(", two-octet AS numbers");
        }
        return text.toString();
    }

    private static String text(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> "IPv4";
            case IPV6_UNICAST -> "IPv6";
        };
    }

    private static String text(List<AttributeError> errors) {
        return errors.stream().map(EventLog::text).collect(Collectors.joining("; "));
    }

    private static String text(AttributeError error) {
        String outcome = switch (error.outcome()) {
            case ATTRIBUTE_DISCARD -> "attribute ignored";
            case TREAT_AS_WITHDRAW -> "its routes count as withdrawn";
            case FAMILY_DISABLE -> "its address family is given up";
        };
        return error.text() + " (" + outcome + ")";
    }

    private static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 86400 + " d " + seconds / 3600 % 24 + " h " + seconds / 60 % 60 + " min";
    }

    private static String identifier(int identifier) {
        return (identifier >>> 24) + "." + (identifier >>> 16 & 0xFF) + "." + (identifier >>> 8 & 0xFF) + "."
                + (identifier & 0xFF);
    }
}
