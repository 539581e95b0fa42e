package io.tapetum.server.cli.view;

import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

import io.tapetum.server.admin.Json;

/** Numbers, durations and constants as operators read them. */
public final class Words {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final int KIBI = 1024;

    private Words() {}

    /** 3d04h, 2h05m, 7m09s or 12s: two units tell enough. */
    public static String duration(Duration duration) {
        if (duration.toDays() > 0) {
            return "%dd%02dh".formatted(duration.toDays(), duration.toHoursPart());
        }
        if (duration.toHours() > 0) {
            return "%dh%02dm".formatted(duration.toHours(), duration.toMinutesPart());
        }
        if (duration.toMinutes() > 0) {
            return "%dm%02ds".formatted(duration.toMinutes(), duration.toSecondsPart());
        }
        return duration.toSeconds() + "s";
    }

    /** The same for what is usually short: 1.5s, 250ms, 40us. */
    static String delay(Duration duration) {
        if (duration.toMinutes() > 0) {
            return duration(duration);
        }
        long nanos = duration.toNanos();
        if (duration.toSeconds() > 0) {
            return number(nanos / (NANOS_PER_MILLI * 1000)) + "s";
        }
        return nanos >= NANOS_PER_MILLI
                ? number(nanos / NANOS_PER_MILLI) + "ms"
                : number(nanos / NANOS_PER_MICRO) + "us";
    }

    /** Three digits at most, and no more after the point than one. */
    private static String number(double value) {
        String text = "%.1f".formatted(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** 512 B, 4 KiB, 1.5 MiB. */
    static String octets(long octets) {
        if (octets < KIBI) {
            return octets + " B";
        }
        double value = octets;
        int unit = -1;
        do {
            value /= KIBI;
            unit++;
        } while (value >= KIBI && unit < 3);
        return number(value) + " " + "KMGT".charAt(unit) + "iB";
    }

    /** 1 session, 2 sessions. */
    public static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : noun.endsWith("x") ? "es" : "s");
    }

    /** Constants in the order in which they are declared: {@code ipv4,ipv6}; a dash if there are none. */
    static String list(Collection<? extends Enum<?>> constants) {
        String words = constants.stream().sorted().map(Json::word).collect(Collectors.joining(","));
        return words.isEmpty() ? "-" : words;
    }

    static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    /** With a capital letter, for the beginning of a sentence. */
    static String sentence(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
