package io.tapetum.load.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.tapetum.load.report.Figure.Shown;

/**
 * The runs of one workload as a table: a row for each reflector and stretch, medians over the repetitions, and beside
 * them how many times the value of the first reflector that is.
 */
public final class Table {

    /** Rows of the same label are compared; the first one is what the others are compared with. */
    private record Row(String daemon, String label) {

        String title() {
            return label.isEmpty() ? daemon : daemon + ", " + label;
        }
    }

    private final Map<Row, List<Sample>> rows = new LinkedHashMap<>();
    private final Set<String> failures = new LinkedHashSet<>();
    private final Set<String> columns = new LinkedHashSet<>();

    private Table(List<Run> runs) {
        for (Run run : runs) {
            for (Sample sample : run.samples()) {
                rows.computeIfAbsent(new Row(run.daemon(), sample.label()), _ -> new ArrayList<>()).add(sample);
                sample.figures().stream()
                        .filter(figure -> figure.shown() != Shown.DETAIL && !Double.isNaN(figure.value()))
                        .forEach(figure -> columns.add(figure.name()));
            }
            if (run.failure() != null) {
                failures.add("%s, run %d FAILED: %s".formatted(run.daemon(), run.repetition(), run.failure()));
            }
        }
    }

    /** The table as text, with a line feed at its end. */
    public static String of(List<Run> runs) {
        return new Table(runs).text();
    }

    private String text() {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(columns);
        head.add("runs");
        lines.add(head);
        rows.forEach((row, samples) -> lines.add(line(row, samples)));
        int[] widths = new int[head.size()];
        lines.forEach(line -> Arrays.setAll(widths, i -> Math.max(widths[i], line.get(i).length())));
        StringBuilder text = new StringBuilder();
        if (!rows.isEmpty()) {
            for (List<String> line : lines) {
                StringBuilder one = new StringBuilder();
                for (int i = 0; i < widths.length; i++) {
                    String pad = " ".repeat(widths[i] - line.get(i).length());
                    one.append(i == 0 ? line.get(i) + pad : "  " + pad + line.get(i));
                }
                text.append(one.toString().stripTrailing()).append('\n');
            }
        }
        failures.forEach(failure -> text.append(failure).append('\n'));
        return text.toString();
    }

    private List<String> line(Row row, List<Sample> samples) {
        List<Sample> first = rows.entrySet().stream().filter(entry -> entry.getKey().label().equals(row.label()))
                .findFirst().map(Map.Entry::getValue).orElse(samples);
        List<String> cells = new ArrayList<>(List.of(row.title()));
        for (String column : columns) {
            cells.add(cell(column, samples, first));
        }
        long disturbed = samples.stream().filter(Sample::disturbed).count();
        cells.add(samples.size() + (disturbed == 0 ? "" : " (" + disturbed + " disturbed)"));
        return cells;
    }

    private static String cell(String column, List<Sample> samples, List<Sample> first) {
        List<Figure> figures = figures(column, samples);
        double value = median(figures);
        if (Double.isNaN(value)) {
            return "-";
        }
        Figure any = figures.getFirst();
        String text = String.format(Locale.ROOT, "%." + any.decimals() + "f", value);
        double reference = median(figures(column, first));
        if (any.shown() != Shown.COMPARED || samples.equals(first) || !(reference > 0)) {
            return text;
        }
        double ratio = value / reference;
        return text + String.format(Locale.ROOT, ratio < 10 ? " (%.1fx)" : " (%.0fx)", ratio);
    }

    private static List<Figure> figures(String column, List<Sample> samples) {
        return samples.stream().flatMap(sample -> sample.figures().stream())
                .filter(figure -> figure.name().equals(column)).toList();
    }

    /** NaN if there is nothing. */
    private static double median(List<Figure> figures) {
        double[] sorted = figures.stream().mapToDouble(Figure::value).filter(value -> !Double.isNaN(value)).sorted()
                .toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
