package io.tapetum.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** A comparison as text in columns. */
final class Table {

    private static final List<String> HEADER = List.of("benchmark", "parameters", "before", "now", "unit", "ratio",
            "B/op before", "now", "verdict");
    /** Columns of words, to the left; numbers stand to the right. */
    private static final List<Boolean> LEFT = List.of(true, true, false, false, true, false, false, false, true);

    private Table() {}

    static String of(Comparison comparison) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADER);
        for (Comparison.Row row : comparison.rows()) {
            lines.add(line(comparison, row));
        }
        int[] widths = new int[HEADER.size()];
        for (List<String> line : lines) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], line.get(column).length());
            }
        }
        return lines.stream().map(line -> padded(line, widths)).collect(Collectors.joining());
    }

    private static List<String> line(Comparison comparison, Comparison.Row row) {
        Measurement any = row.any();
        Measurement before = row.before();
        Measurement now = row.now();
        boolean both = before != null && now != null && before.unit().equals(now.unit());
        return List.of(any.shortName(), any.parameterText(), time(before), time(now), any.unit(),
                both ? decimals(comparison.relative(row), 2) : "-", octets(before), octets(now),
                row.verdicts().stream().map(Verdict::text).collect(Collectors.joining(", ")));
    }

    private static String time(@Nullable Measurement measurement) {
        return measurement == null ? "-" : decimals(measurement.time(), measurement.time() < 100 ? 1 : 0);
    }

    private static String octets(@Nullable Measurement measurement) {
        return measurement == null ? "-" : decimals(measurement.octets(), measurement.octets() < 100 ? 1 : 0);
    }

    private static String decimals(double number, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }

    private static String padded(List<String> line, int[] widths) {
        StringBuilder out = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = line.get(column);
            String space = " ".repeat(widths[column] - cell.length());
            out.append(LEFT.get(column) ? cell + space : space + cell).append("  ");
        }
        return out.toString().stripTrailing() + "\n";
    }
}
