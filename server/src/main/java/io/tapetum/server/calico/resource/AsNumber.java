package io.tapetum.server.calico.resource;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** AS numbers as Calico writes them. */
final class AsNumber {

    static final String EXPECTED = "an AS number from 1 to 4294967295, as 64512 or as \"1.10\", but not 23456 (AS_TRANS)";

    /** Stands for an AS number above 65535 towards old speakers; nobody may have it (RFC 6793 §9). */
    private static final long AS_TRANS = 23456;

    private static final long LARGEST = 0xFFFF_FFFFL;
    private static final long LARGEST_HALF = 0xFFFF;

    private static final Pattern PLAIN = Pattern.compile("\\d{1,18}");
    private static final Pattern DOTTED = Pattern.compile("(\\d{1,5})\\.(\\d{1,5})");

    private AsNumber() {}

    /** From asplain or asdot (RFC 5396); 0 is unset in Calico and comes back as it is. {@code null} if it is none. */
    static @Nullable Long parse(String text) {
        long value;
        Matcher dotted = DOTTED.matcher(text);
        if (dotted.matches()) {
            long high = Long.parseLong(dotted.group(1));
            long low = Long.parseLong(dotted.group(2));
            if (high > LARGEST_HALF || low > LARGEST_HALF) {
                return null;
            }
            value = high << 16 | low;
        } else if (PLAIN.matcher(text).matches()) {
            value = Long.parseLong(text);
        } else {
            return null;
        }
        return value > LARGEST || value == AS_TRANS ? null : Long.valueOf(value);
    }
}
