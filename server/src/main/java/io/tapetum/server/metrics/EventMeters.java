package io.tapetum.server.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.event.Refusal;
import io.tapetum.core.fsm.DownReason;
import io.tapetum.core.session.DownCause;
import io.tapetum.core.settings.MaximumPrefixes;

/**
 * Counts what the reflector reports. Every counter is there from the start, so that a rate can be computed of the first
 * event, and none has a label that a stranger could choose. Called by every event loop; never blocks.
 */
public final class EventMeters implements Consumer<ReflectorEvent> {

    private final Map<Refusal.Reason, Counter> refused = new EnumMap<>(Refusal.Reason.class);
    private final Map<DownCause, Counter> down = new EnumMap<>(DownCause.class);
    private final Map<MaximumPrefixes.Action, Counter> maximumPrefixes = new EnumMap<>(MaximumPrefixes.Action.class);

    /** Counters at zero. */
    public EventMeters(MeterRegistry meters) {
        for (Refusal.Reason reason : Refusal.Reason.values()) {
            refused.put(reason, Counter.builder("tapetum.connections.refused")
                    .description("Connections that others opened and that were not taken").tag("reason", reason.label())
                    .register(meters));
        }
        for (DownCause cause : DownCause.values()) {
            down.put(cause, Counter.builder("tapetum.sessions.down")
                    .description("Sessions that were up and ended, by cause").tag("cause", SeriesLabels.word(cause))
                    .register(meters));
        }
        for (MaximumPrefixes.Action action : MaximumPrefixes.Action.values()) {
            maximumPrefixes.put(action, Counter.builder("tapetum.maximum.prefixes.reached")
                    .description(
                            "Peers that announced nearly as many prefixes as they may (warn), or more, so that their"
                                    + " sessions ended (restart, shutdown)")
                    .tag("action", SeriesLabels.word(action)).register(meters));
        }
    }

    @Override
    public void accept(ReflectorEvent event) {
        switch (event) {
            case ReflectorEvent.ConnectionRefused connection ->
                Objects.requireNonNull(refused.get(connection.why().reason())).increment();
            case ReflectorEvent.MaximumPrefixesReached _ -> reached(MaximumPrefixes.Action.WARN);
            case ReflectorEvent.PeerDown ended -> ended(ended.reason());
            default -> {
                // Not counted.
            }
        }
    }

    private void ended(DownReason reason) {
        Objects.requireNonNull(down.get(DownCause.of(reason))).increment();
        if (reason instanceof DownReason.MaximumPrefixesExceeded exceeded) {
            reached(exceeded.limit().action());
        }
    }

    private void reached(MaximumPrefixes.Action action) {
        Objects.requireNonNull(maximumPrefixes.get(action)).increment();
    }
}
