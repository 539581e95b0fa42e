package io.tapetum.server.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.tapetum.wire.Family;

/** Labels as they stand between the braces; many series share them, so they are made once. Immutable. */
final class SeriesLabels {

    /** No label. */
    static final SeriesLabels NONE = new SeriesLabels("");

    private final byte[] text;

    private SeriesLabels(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * These labels.
     *
     * @param namesAndValues in turns; values may be any text
     */
    static SeriesLabels of(String... namesAndValues) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            text.append(i == 0 ? "" : ",").append(namesAndValues[i]).append("=\"");
            escape(namesAndValues[i + 1], text);
            text.append('"');
        }
        return new SeriesLabels(text.toString());
    }

    /** The word for a constant: {@code hold-timer} for {@code HOLD_TIMER}, and {@code ipv4} for the family. */
    static String word(Enum<?> constant) {
        return switch (constant) {
            case Family family -> switch (family) {
                case IPV4_UNICAST -> "ipv4";
                case IPV6_UNICAST -> "ipv6";
            };
            default -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    /** What would end the value or the line is written as both formats want it. */
    private static void escape(String value, StringBuilder text) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '"' -> text.append("\\\"");
                case '\n' -> text.append("\\n");
                default -> text.append(c);
            }
        }
    }

    boolean isEmpty() {
        return text.length == 0;
    }

    /** In UTF-8; not to be changed. */
    byte[] text() {
        return text;
    }
}
