package io.tapetum.server.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A scrape in Prometheus' text format, as strictly read as Prometheus reads it. */
record ParsedScrape(Map<String, Family> families) {

    private static final Pattern HEAD = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{((?:[a-z_]+=\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\",?)+)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Labels that belong to the format, not to the family. */
    private static final Set<String> OF_FORMAT = Set.of("le", "quantile");

    /** Its samples are by their labels as they are written; {@code labels} are all names that any of them has. */
    record Family(String name, String type, Map<String, Double> samples, Set<String> labels) {}

    static ParsedScrape of(String text) {
        Map<String, Family> families = new LinkedHashMap<>();
        Family current = null;
        String help = "";
        for (String line : text.lines().toList()) {
            Matcher head = HEAD.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (head.matches() && head.group(1).equals("HELP")) {
                help = head.group(2);
            } else if (head.matches()) {
                current = new Family(head.group(2), head.group(3), new LinkedHashMap<>(), new TreeSet<>());
                if (!help.equals(current.name) || families.put(current.name, current) != null) {
                    throw new AssertionError(current.name + " has no HELP, or is there twice");
                }
            } else if (current != null && sample.matches() && belongs(sample.group(1), current)) {
                String labels = sample.group(2) == null ? "" : sample.group(2);
                LABEL.matcher(labels).results().map(result -> result.group(1)).filter(name -> !OF_FORMAT.contains(name))
                        .forEach(current.labels::add);
                if (current.samples.put(line.substring(0, line.lastIndexOf(' ')),
                        Double.valueOf(sample.group(3).replace("Inf", "Infinity"))) != null) {
                    throw new AssertionError("twice: " + line);
                }
            } else {
                throw new AssertionError("out of place: " + line);
            }
        }
        return new ParsedScrape(families);
    }

    private static boolean belongs(String sample, Family family) {
        return switch (family.type) {
            case "gauge", "counter" -> sample.equals(family.name);
            case "histogram" -> List.of("_bucket", "_count", "_sum").contains(sample.substring(family.name.length()));
            case "summary" -> List.of("", "_count", "_sum").contains(sample.substring(family.name.length()));
            default -> false;
        };
    }

    /** All samples, by name and labels as they are written. */
    Map<String, Double> samples() {
        Map<String, Double> all = new LinkedHashMap<>();
        families.values().forEach(family -> all.putAll(family.samples));
        return all;
    }

    /** The lines of a family, without those above it. */
    List<String> lines(String family) {
        List<String> lines = new ArrayList<>();
        Family found = families.get(family);
        if (found != null) {
            lines.addAll(found.samples.keySet());
        }
        return lines;
    }
}
