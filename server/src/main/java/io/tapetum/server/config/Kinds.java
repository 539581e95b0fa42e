package io.tapetum.server.config;

import java.math.BigDecimal;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Every kind of word and number that a configuration contains. */
final class Kinds {

    private static final long LARGEST_UNSIGNED_INT = 0xFFFF_FFFFL;
    private static final long LARGEST_UNSIGNED_SHORT = 0xFFFF;

    /** Stands for an AS number above 65535 towards old speakers; nobody may have it (RFC 6793 §9). */
    private static final long AS_TRANS = 23456;

    private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");
    private static final Pattern ASDOT = Pattern.compile("(\\d{1,5})\\.(\\d{1,5})");
    private static final Pattern DOTTED_QUAD = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})(?:\\.(?!$)|$)){4}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*([a-z]*)");

    private static final Map<String, Duration> UNITS = Map.ofEntries(
            Map.entry("ms", Duration.ofMillis(1)), Map.entry("millis", Duration.ofMillis(1)),
            Map.entry("milliseconds", Duration.ofMillis(1)),
            Map.entry("", Duration.ofSeconds(1)), Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("second", Duration.ofSeconds(1)), Map.entry("seconds", Duration.ofSeconds(1)),
            Map.entry("m", Duration.ofMinutes(1)), Map.entry("min", Duration.ofMinutes(1)),
            Map.entry("minute", Duration.ofMinutes(1)), Map.entry("minutes", Duration.ofMinutes(1)),
            Map.entry("h", Duration.ofHours(1)), Map.entry("hour", Duration.ofHours(1)),
            Map.entry("hours", Duration.ofHours(1)));

    /** Any non-empty text. */
    static final Kind<String> NAME = new Kind<>("a name", "", text -> text.isBlank() ? null : text);

    static final Kind<Boolean> BOOLEAN = choice(Map.of("true", true, "false", false), false, "true or false");

    /** asplain or asdot (RFC 5396). */
    static final Kind<Long> AS_NUMBER = new Kind<>(
            "an AS number from 1 to 4294967295, as 64512 or as 1.10, but not 23456 (AS_TRANS)", 1L, Kinds::asNumber);

    static final Kind<Integer> IDENTIFIER = new Kind<>("an identifier like 10.0.0.1 other than 0.0.0.0", 1,
            Kinds::identifier);

    static final Kind<InetAddress> ADDRESS = new Kind<>("an IPv4 or IPv6 address (no host name)",
            InetAddress.getLoopbackAddress(), Kinds::address);

    static final Kind<InetAddress> UNICAST_ADDRESS = new Kind<>(
            "the IPv4 or IPv6 address of one host (no host name)", InetAddress.getLoopbackAddress(), Kinds::unicast);

    static final Kind<Inet4Address> IPV4_ADDRESS = new Kind<>("the IPv4 address of this host that its peers know",
            (Inet4Address) InetAddress.ofLiteral("127.0.0.1"), text -> {
                return text.indexOf(':') < 0 && unicast(text) instanceof Inet4Address address ? address : null;
            });

    static final Kind<Inet6Address> IPV6_ADDRESS = new Kind<>("the IPv6 address of this host that its peers know",
            (Inet6Address) InetAddress.ofLiteral("::1"),
            text -> unicast(text) instanceof Inet6Address address ? address : null);

    /** Absolute, or from the folder in which the process was started. */
    static final Kind<Path> PATH = new Kind<>("a path", Path.of("."), text -> {
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            return null;
        }
    });

    static final Kind<Integer> PORT = integer(1, (int) LARGEST_UNSIGNED_SHORT);

    static final Kind<Long> UNSIGNED_INT = new Kind<>("a whole number from 0 to " + LARGEST_UNSIGNED_INT, 0L,
            text -> whole(text, 0, LARGEST_UNSIGNED_INT));

    private Kinds() {}

    static Kind<Integer> integer(int min, int max) {
        return new Kind<>("a whole number from " + min + " to " + max, min, text -> {
            Long value = whole(text, min, max);
            return value == null ? null : Math.toIntExact(value);
        });
    }

    /** A time with a unit, or in seconds: whoever writes 15 for a BGP timer does not mean milliseconds. */
    static Kind<Duration> duration(Duration min, Duration max) {
        return new Kind<>("a time from " + shown(min) + " to " + shown(max) + ", such as 15 s or 4 min", min, text -> {
            Duration value = duration(text);
            return value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0 ? null : value;
        });
    }

    /** A time in whole seconds: 0, or within the limits. */
    static Kind<Integer> zeroOrSeconds(String meaningOfZero, int min, int max) {
        return new Kind<>("0 (" + meaningOfZero + ") or " + min + " to " + max + " seconds", min, text -> {
            Duration value = duration(text);
            if (value == null || value.toMillisPart() != 0) {
                return null;
            }
            long seconds = value.toSeconds();
            return seconds == 0 || (seconds >= min && seconds <= max) ? Math.toIntExact(seconds) : null;
        });
    }

    /** One of a few words. */
    static <T> Kind<T> choice(SequencedMap<String, T> words) {
        return choice(words, words.firstEntry().getValue(), "one of " + String.join(", ", words.sequencedKeySet()));
    }

    private static <T> Kind<T> choice(Map<String, T> words, T standIn, String expected) {
        return new Kind<>(expected, standIn, text -> words.get(text.toLowerCase(Locale.ROOT)));
    }

    /** Never asks a name server, and takes IPv4 addresses in full only: InetAddress understands 10.1 as 10.0.0.1. */
    static @Nullable InetAddress address(String text) {
        if (text.indexOf(':') < 0 && !DOTTED_QUAD.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static @Nullable InetAddress unicast(String text) {
        InetAddress address = address(text);
        return address == null || address.isAnyLocalAddress() || address.isMulticastAddress()
                || text.equals("255.255.255.255") ? null : address;
    }

    private static @Nullable Long asNumber(String text) {
        Matcher asdot = ASDOT.matcher(text);
        Long value;
        if (asdot.matches()) {
            Long high = whole(asdot.group(1), 0, LARGEST_UNSIGNED_SHORT);
            Long low = whole(asdot.group(2), 0, LARGEST_UNSIGNED_SHORT);
            value = high == null || low == null ? null : Long.valueOf(high << 16 | low);
        } else {
            value = whole(text, 0, LARGEST_UNSIGNED_INT);
        }
        return value == null || value == 0 || value == AS_TRANS ? null : value;
    }

    private static @Nullable Integer identifier(String text) {
        if (!(address(text) instanceof Inet4Address address) || text.indexOf(':') >= 0) {
            return null;
        }
        int value = ByteBuffer.wrap(address.getAddress()).getInt();
        return value == 0 ? null : Integer.valueOf(value);
    }

    private static @Nullable Long whole(String text, long min, long max) {
        if (!WHOLE.matcher(text).matches()) {
            return null;
        }
        long value = Long.parseLong(text);
        return value < min || value > max ? null : Long.valueOf(value);
    }

    private static @Nullable Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        Duration unit = UNITS.get(matcher.group(2));
        return unit == null
                ? null
                : Duration.ofMillis(
                        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit.toMillis())).longValue());
    }

    private static String shown(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds >= 3600 && seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        if (seconds >= 60 && seconds % 60 == 0) {
            return seconds / 60 + " min";
        }
        return seconds > 0 ? seconds + " s" : duration.toMillis() + " ms";
    }
}
