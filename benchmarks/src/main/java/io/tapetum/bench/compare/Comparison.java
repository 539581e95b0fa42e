package io.tapetum.bench.compare;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * Two results side by side. Allocation is compared as it is. Times are not: a slower machine, or a busy hour, slows all
 * benchmarks down alike, so each ratio is seen relative to the {@link #pace}. That leaves a benchmark which became slower
 * than the others; a change that slows down most of them shifts the pace, and hides there.
 *
 * @param rows in the order of the names
 * @param pace median of all ratios; 1 if nothing can be compared
 * @param timesJudged whether there were enough measurements for the median to mean anything
 */
record Comparison(List<Row> rows, double pace, boolean timesJudged) {

    /** A time is off if it differs from the pace by more than this factor. */
    static final double TIME_LIMIT = 1.5;
    /** Octets by which allocation may differ ... */
    static final double OCTETS_LIMIT = 1;
    /** ... or the share of what it was before, whichever is more. */
    static final double OCTETS_SHARE = 0.05;
    /** With fewer benchmarks than this, the median of the ratios is one of those that it is to judge. */
    static final int FEWEST_FOR_TIMES = 5;

    /** A measurement in both results, or in one of them. */
    record Row(@Nullable Measurement before, @Nullable Measurement now, Set<Verdict> verdicts) {

        /** The measurement that there is. */
        Measurement any() {
            Measurement any = now != null ? now : before;
            if (any == null) {
                throw new IllegalStateException("a row of nothing");
            }
            return any;
        }

        boolean fails(boolean strict) {
            return verdicts.stream().anyMatch(verdict -> verdict.fails(strict));
        }
    }

    Comparison {
        rows = List.copyOf(rows);
    }

    /**
     * Compares.
     *
     * @param partial whether {@code now} was meant to be a part of what was measured before: nothing is missing then
     */
    static Comparison of(SortedMap<String, Measurement> before, SortedMap<String, Measurement> now, boolean partial) {
        double[] ratios = now.values().stream().filter(measurement -> isComparable(before, measurement))
                .mapToDouble(measurement -> ratio(before.get(measurement.name()), measurement)).sorted().toArray();
        double pace = median(ratios);
        boolean timesJudged = ratios.length >= FEWEST_FOR_TIMES;
        Set<String> names = new TreeSet<>(now.keySet());
        if (!partial) {
            names.addAll(before.keySet());
        }
        List<Row> rows = new ArrayList<>();
        for (String name : names) {
            Measurement then = before.get(name);
            Measurement today = now.get(name);
            rows.add(new Row(then, today, verdicts(then, today, pace, timesJudged)));
        }
        return new Comparison(rows, pace, timesJudged);
    }

    private static boolean isComparable(SortedMap<String, Measurement> before, Measurement now) {
        Measurement then = before.get(now.name());
        return then != null && then.unit().equals(now.unit()) && then.time() > 0;
    }

    private static double ratio(@Nullable Measurement before, Measurement now) {
        return before == null ? 1 : now.time() / before.time();
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return 1;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : Math.sqrt(sorted[middle - 1] * sorted[middle]);
    }

    private static Set<Verdict> verdicts(@Nullable Measurement before, @Nullable Measurement now, double pace,
            boolean timesJudged) {
        // A time in another unit is another measurement.
        if (now == null || before != null && !before.unit().equals(now.unit())) {
            return EnumSet.of(Verdict.MISSING);
        }
        if (before == null) {
            return EnumSet.of(Verdict.NEW);
        }
        Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
        double more = now.octets() - before.octets();
        if (Math.abs(more) > Math.max(OCTETS_LIMIT, OCTETS_SHARE * before.octets())) {
            verdicts.add(more > 0 ? Verdict.ALLOCATES_MORE : Verdict.ALLOCATES_LESS);
        }
        double relative = ratio(before, now) / pace;
        if (timesJudged && (relative > TIME_LIMIT || relative < 1 / TIME_LIMIT)) {
            boolean overlap = Math.abs(now.time() / pace - before.time()) <= now.error() / pace + before.error();
            Verdict far = relative > 1 ? Verdict.SLOWER : Verdict.FASTER;
            verdicts.add(overlap ? Verdict.UNSURE : far);
        }
        return verdicts.isEmpty() ? EnumSet.of(Verdict.SAME) : verdicts;
    }

    /** How the measurement in both results has changed, relative to the pace. */
    double relative(Row row) {
        return ratio(row.before(), row.any()) / pace;
    }
}
