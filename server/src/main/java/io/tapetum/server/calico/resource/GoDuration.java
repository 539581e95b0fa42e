package io.tapetum.server.calico.resource;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Durations in the notation of Go, such as {@code 120s}, {@code 1h2m3s} or {@code 1.5m}. */
final class GoDuration {

    private static final int LONGEST = 100;

    private static final Pattern WHOLE = Pattern.compile("\\+?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:ns|us|µs|μs|ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("([\\d.]+)(\\D+?)(?=[\\d.]|$)");

    private static final Map<String, BigDecimal> SECONDS = Map.of("ns", new BigDecimal("1e-9"), "us",
            new BigDecimal("1e-6"), "µs", new BigDecimal("1e-6"), "μs", new BigDecimal("1e-6"), "ms",
            new BigDecimal("1e-3"), "s", BigDecimal.ONE, "m", BigDecimal.valueOf(60), "h", BigDecimal.valueOf(3600));

    private GoDuration() {}

    /** Rounded as Calico does it, half up; {@code null} if it is none, or negative, or longer than {@code int} counts. */
    static @Nullable Integer wholeSeconds(String text) {
        if (text.equals("0")) {
            return 0;
        }
        if (text.length() > LONGEST || !WHOLE.matcher(text).matches()) {
            return null;
        }
        BigDecimal seconds = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            BigDecimal unit = SECONDS.getOrDefault(part.group(2), BigDecimal.ZERO);
            seconds = seconds.add(new BigDecimal(part.group(1)).multiply(unit));
        }
        BigDecimal rounded = seconds.setScale(0, RoundingMode.HALF_UP);
        return rounded.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0 ? null : rounded.intValueExact();
    }
}
