package io.tapetum.load.report;

import java.util.ArrayList;
import java.util.List;

import io.tapetum.load.client.Received;
import io.tapetum.load.measure.Usage;

/**
 * The figures of one stretch of a run.
 *
 * @param label tells stretches of a run apart; empty if there is only one
 * @param figures in the order of the table's columns
 * @param disturbed whether others on the machine spent too much meanwhile
 */
public record Sample(String label, List<Figure> figures, boolean disturbed) {

    public Sample {
        figures = List.copyOf(figures);
    }

    /** The workload's own figures, then those that every sample has. */
    public static Sample of(String label, List<Figure> own, Usage usage, Received received) {
        List<Figure> figures = new ArrayList<>(own);
        figures.add(Figure.compared("CPU s", usage.daemonCpuSeconds(), 2));
        figures.add(Figure.compared("RSS MiB", usage.residentMib(), 0));
        figures.add(Figure.plain("peak MiB", usage.peakMib(), 0));
        figures.add(Figure.count("routes received", received.routes()));
        figures.add(Figure.count("messages received", received.messages()));
        figures.add(Figure.count("octets received", received.octets()));
        figures.add(Figure.count("echoes", received.echoes()));
        figures.add(Figure.count("outdated", received.outdated()));
        figures.add(Figure.count("withdrawals", received.withdrawals()));
        figures.add(Figure.detail("generator CPU s", usage.generatorCpuSeconds()));
        figures.add(Figure.plain("gen busy", usage.generatorBusy(), 2));
        figures.add(Figure.plain("other CPU s", usage.otherCpuSeconds(), 2));
        return new Sample(label, figures, usage.disturbed());
    }
}
