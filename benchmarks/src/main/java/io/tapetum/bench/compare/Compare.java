package io.tapetum.bench.compare;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code benchmarks/compare} does once there are results:
 *
 * <pre>
 * [--strict] [--partial] BEFORE NOW    compares two results
 * --record [--partial] NOW BASELINE    makes a result the baseline; a partial one replaces what it has
 * </pre>
 *
 * <p>Exit codes: 0 if nothing became worse, 1 if something did, 2 if there is nothing to compare.
 */
public final class Compare {

    static final int SAME = 0;
    static final int WORSE = 1;
    static final int UNUSABLE = 2;

    private Compare() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        List<String> files = new ArrayList<>(arguments);
        boolean strict = files.remove("--strict");
        boolean partial = files.remove("--partial");
        boolean record = files.remove("--record");
        if (files.size() != 2 || files.stream().anyMatch(file -> file.startsWith("--"))) {
            err.println("compare: takes two results, not " + String.join(" ", arguments));
            return UNUSABLE;
        }
        Path first = Path.of(files.getFirst());
        Path second = Path.of(files.getLast());
        try {
            return record ? record(first, second, partial, out) : compare(first, second, partial, strict, out);
        } catch (ResultException e) {
            err.println("compare: " + e.getMessage());
            return UNUSABLE;
        }
    }

    private static int record(Path result, Path baseline, boolean partial, PrintStream out) throws ResultException {
        SortedMap<String, Measurement> kept = new TreeMap<>();
        if (partial) {
            kept.putAll(ResultFile.read(baseline));
        }
        SortedMap<String, Measurement> measured = ResultFile.read(result);
        kept.putAll(measured);
        ResultFile.write(baseline, kept);
        out.println("recorded " + measured.size() + " of " + kept.size() + " measurements in " + baseline);
        return SAME;
    }

    private static int compare(Path before, Path now, boolean partial, boolean strict, PrintStream out)
            throws ResultException {
        Comparison comparison = Comparison.of(ResultFile.read(before), ResultFile.read(now), partial);
        out.print(Table.of(comparison));
        out.println();
        out.printf(Locale.ROOT,
                "Times now are %.2f times those of before in the median; ratios are relative to that.%n",
                comparison.pace());
        if (!comparison.timesJudged()) {
            out.println("These are too few benchmarks for the median to mean anything: times are not judged.");
        }
        long worse = comparison.rows().stream().filter(row -> row.fails(strict)).count();
        out.println(
                worse == 0 ? "Nothing became worse." : worse + " of " + comparison.rows().size() + " became worse.");
        return worse == 0 ? SAME : WORSE;
    }
}
