package io.tapetum.server.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.delay.LatencySnapshot;

/**
 * The answer to whoever asks for metrics. A session has dozens of series, and all that differs between them is the name
 * and the number: the labels are copied as they are, which takes a tenth of the time that Prometheus' library needs to make
 * objects of them and to write those. What others have to say, the library among them, is written as to any stream. All of
 * it passes through a small buffer, so that megabytes are never in memory as a whole. A failure to write it is an
 * {@link UncheckedIOException}. Not thread-safe.
 */
final class ExpositionText extends OutputStream {

    private static final byte[] BUCKET = "_bucket".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COUNT = "_count".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SUM = "_sum".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_SUFFIX = {};

    private static final int NANO_DIGITS = 9;
    private static final int LONGEST_NUMBER = 20;

    private static final int BUFFER_OCTETS = 16 * 1024;

    /** So many octets take some tens of microseconds; a look at the clock is worth a line. */
    private static final int OCTETS_BETWEEN_LOOKS = 4096;

    private final boolean openMetrics;
    private final OutputStream out;
    private final Breather breather = new Breather();
    private final byte[] octets = new byte[BUFFER_OCTETS];
    private int size;
    private int lookedAt;
    private @Nullable MetricFamily current;

    /** @param out where it is written; neither flushed nor closed */
    ExpositionText(boolean openMetrics, OutputStream out) {
        this.openMetrics = openMetrics;
        this.out = out;
    }

    /** A series with a whole number. All series of a family are added one after another. */
    void add(MetricFamily family, SeriesLabels labels, SeriesLabels more, long value) {
        begin(family, NO_SUFFIX, labels, more);
        number(value);
        put('\n');
    }

    /** The same without more labels. */
    void add(MetricFamily family, SeriesLabels labels, long value) {
        add(family, labels, SeriesLabels.NONE, value);
    }

    /** A series with a time, in seconds. */
    void add(MetricFamily family, SeriesLabels labels, SeriesLabels more, Duration value) {
        begin(family, NO_SUFFIX, labels, more);
        seconds(value);
        put('\n');
    }

    /** The same without more labels. */
    void add(MetricFamily family, SeriesLabels labels, Duration value) {
        add(family, labels, SeriesLabels.NONE, value);
    }

    /** A series with any number. */
    void add(MetricFamily family, SeriesLabels labels, double value) {
        begin(family, NO_SUFFIX, labels, SeriesLabels.NONE);
        put(ascii(Double.toString(value)));
        put('\n');
    }

    /** The series of a histogram, in seconds; of one that has not begun the only bucket is that for everything. */
    void add(MetricFamily family, SeriesLabels labels, LatencySnapshot histogram) {
        long sum = 0;
        int last = histogram.counts().size() - 1;
        for (int i = 0; i < last; i++) {
            sum += histogram.counts().get(i);
            bucket(family, labels, bound(histogram.upperNanos().get(i)), sum);
        }
        sum += last < 0 ? 0 : histogram.counts().get(last);
        bucket(family, labels, "+Inf", sum);
        begin(family, COUNT, labels, SeriesLabels.NONE);
        number(sum);
        put('\n');
        begin(family, SUM, labels, SeriesLabels.NONE);
        seconds(Duration.ofNanos(histogram.sumNanos()));
        put('\n');
    }

    private void bucket(MetricFamily family, SeriesLabels labels, String bound, long count) {
        begin(family, BUCKET, labels, SeriesLabels.of("le", bound));
        number(count);
        put('\n');
    }

    /** Seconds as OpenMetrics wants them in labels: with a point, and without an exponent. */
    private static String bound(long nanos) {
        BigDecimal seconds = BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros();
        return seconds.setScale(Math.max(seconds.scale(), 1), RoundingMode.UNNECESSARY).toPlainString();
    }

    private void begin(MetricFamily family, byte[] suffix, SeriesLabels labels, SeriesLabels more) {
        if (current != family) {
            current = family;
            put(family.head(openMetrics));
        }
        if (size - lookedAt >= OCTETS_BETWEEN_LOOKS) {
            lookedAt = size;
            giveWay();
        }
        put(family.name());
        put(suffix);
        boolean some = !labels.isEmpty();
        boolean others = !more.isEmpty();
        if (some || others) {
            put('{');
            put(labels.text());
            if (some && others) {
                put(',');
            }
            put(more.text());
            put('}');
        }
        put(' ');
    }

    private void seconds(Duration value) {
        if (value.isNegative()) {
            put('-');
            seconds(value.negated());
            return;
        }
        number(value.getSeconds());
        int nanos = value.getNano();
        if (nanos != 0) {
            put('.');
            int digits = NANO_DIGITS;
            for (; nanos % 10 == 0; nanos /= 10) {
                digits--;
            }
            digits(nanos, digits);
        }
    }

    private void number(long value) {
        if (value < 0) {
            put(ascii(Long.toString(value)));
            return;
        }
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        digits(value, digits);
    }

    /** With leading zeros, if there are fewer. */
    private void digits(long value, int count) {
        makeRoom(LONGEST_NUMBER);
        long rest = value;
        for (int i = size + count - 1; i >= size; i--) {
            octets[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += count;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void put(char c) {
        write(c);
    }

    private void put(byte[] text) {
        write(text, 0, text.length);
    }

    /** Takes a break if one is due, for who does something else on the way to this text. */
    void giveWay() {
        breather.giveWay();
    }

    private void makeRoom(int more) {
        if (octets.length - size < more) {
            flush();
        }
    }

    @Override
    public void write(int octet) {
        makeRoom(1);
        octets[size++] = (byte) octet;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        for (int written = 0; written < length;) {
            makeRoom(1);
            int part = Math.min(length - written, octets.length - size);
            System.arraycopy(source, offset + written, octets, size, part);
            size += part;
            written += part;
        }
    }

    /** Hands on what is in the buffer. */
    @Override
    public void flush() {
        try {
            out.write(octets, 0, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        size = 0;
        lookedAt = 0;
    }
}
