package io.tapetum.load.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Writes JSON (RFC 8259): maps, lists, strings, numbers, booleans and null. */
public final class Json {

    /** Of numbers that are not whole: seconds are told down to the microsecond. */
    private static final int DECIMALS = 6;

    private Json() {}

    /**
     * The value as JSON, two columns further to the right with every level.
     *
     * @throws IllegalArgumentException if it contains anything else
     */
    public static String write(@Nullable Object value) {
        return write(value, "\n");
    }

    private static String write(@Nullable Object value, String newLine) {
        String deeper = newLine + "  ";
        return switch (value) {
            case null -> "null";
            case Double number when number.isNaN() || number.isInfinite() -> "null";
            case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
                Long.toString(number.longValue());
            case Double number -> BigDecimal.valueOf(number).setScale(DECIMALS, RoundingMode.HALF_EVEN)
                    .stripTrailingZeros().toPlainString();
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            case String text -> quote(text);
            case List<?> list when list.isEmpty() -> "[]";
            case List<?> list -> list.stream().map(one -> write(one, deeper))
                    .collect(Collectors.joining("," + deeper, "[" + deeper, newLine + "]"));
            case Map<?, ?> map when map.isEmpty() -> "{}";
            case Map<?, ?> map -> map.entrySet().stream()
                    .map(entry -> quote(entry.getKey().toString()) + ": " + write(entry.getValue(), deeper))
                    .collect(Collectors.joining("," + deeper, "{" + deeper, newLine + "}"));
            default -> throw new IllegalArgumentException("cannot write a " + value.getClass().getName());
        };
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
