package io.tapetum.server.cli.view;

import java.util.List;

import io.tapetum.core.delay.Delays;
import io.tapetum.core.delay.LatencySnapshot;

/** How long the stages of a change have taken. */
public final class DelayTable {

    private static final double MEDIAN = 0.5;
    private static final double P90 = 0.9;
    private static final double P99 = 0.99;

    private DelayTable() {}

    public static void print(Delays delays, Screen screen) {
        Columns columns = new Columns(
                List.of("STAGE", "COUNT", "MEAN", "P50", "P90", "P99", "LONGEST", "FROM ... UNTIL"));
        add(columns, "decision", delays.decision(), "an UPDATE is received ... what it changed is in every log");
        add(columns, "flush", delays.flush(), "an event loop is woken ... it has sent to its sessions");
        add(columns, "to each", delays.toEach(), "a change is received ... the kernel has taken it for a session");
        add(columns, "to last", delays.toLast(),
                "a change is received ... the kernel has taken it for the last session");
        add(columns, "loop", delays.loop(), "a task is due ... an event loop runs it");
        columns.print(screen);
        screen.line("Since the reflector started. The figures are bounds of buckets: <=1ms is between the bound below"
                + " and 1ms.");
    }

    private static void add(Columns columns, String stage, LatencySnapshot histogram, String meaning) {
        Quantiles quantiles = new Quantiles(histogram);
        columns.add(List.of(stage, Long.toString(histogram.count()), quantiles.mean(), quantiles.atMost(MEDIAN),
                quantiles.atMost(P90), quantiles.atMost(P99), quantiles.atMost(1), meaning));
    }

    /** What 99 of 100 changes took until the last session had them. */
    static String convergence(Delays delays) {
        return new Quantiles(delays.toLast()).atMost(P99);
    }
}
