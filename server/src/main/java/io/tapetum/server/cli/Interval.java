package io.tapetum.server.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time between two looks, as it is typed: {@code 500ms}, {@code 2s}, {@code 1m}; a number alone is of seconds. */
final class Interval implements ITypeConverter<Duration> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,7})(ms|s|m|)");
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    @Override
    public Duration convert(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Duration interval = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofSeconds(number);
            };
            if (interval.compareTo(SHORTEST) >= 0 && interval.compareTo(LONGEST) <= 0) {
                return interval;
            }
        }
        throw new TypeConversionException("'" + text + "': expected a time such as 500ms, 2s or 1m, of 100ms to 1h");
    }
}
