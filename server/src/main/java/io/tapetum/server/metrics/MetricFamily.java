package io.tapetum.server.metrics;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** What the series of one name have in common, as it stands above them in both formats. Immutable. */
final class MetricFamily {

    private enum Type {
        GAUGE,
        COUNTER,
        HISTOGRAM
    }

    private static final String TOTAL = "_total";

    /** The base units that a name may end with; OpenMetrics wants to be told of it once more. */
    private static final List<String> UNITS = List.of("seconds", "bytes", "ratio");

    private final byte[] name;
    private final byte[] prometheusHead;
    private final byte[] openMetricsHead;

    private MetricFamily(String name, Type type, String help) {
        if ((type == Type.COUNTER) != name.endsWith(TOTAL)) {
            throw new IllegalArgumentException(name + ": counters end with " + TOTAL + ", and nothing else does");
        }
        String base = type == Type.COUNTER ? name.substring(0, name.length() - TOTAL.length()) : name;
        String typeName = type.name().toLowerCase(Locale.ROOT);
        String unit = UNITS.stream().filter(candidate -> base.endsWith("_" + candidate))
                .map(found -> "# UNIT " + base + " " + found + "\n").findFirst().orElse("");
        this.name = ascii(name);
        this.prometheusHead = ascii("# HELP " + name + " " + help + "\n# TYPE " + name + " " + typeName + "\n");
        this.openMetricsHead = ascii("# TYPE " + base + " " + typeName + "\n" + unit + "# HELP " + base + " " + help
                + "\n");
    }

    /** What goes up and down. */
    static MetricFamily gauge(String name, String help) {
        return new MetricFamily(name, Type.GAUGE, help);
    }

    /** What only goes up; the name ends with {@code _total}. */
    static MetricFamily counter(String name, String help) {
        return new MetricFamily(name, Type.COUNTER, help);
    }

    /** What falls into buckets. */
    static MetricFamily histogram(String name, String help) {
        return new MetricFamily(name, Type.HISTOGRAM, help);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The name that begins the line of every series; not to be changed. */
    byte[] name() {
        return name;
    }

    /** The lines above the first series; not to be changed. */
    byte[] head(boolean openMetrics) {
        return openMetrics ? openMetricsHead : prometheusHead;
    }
}
