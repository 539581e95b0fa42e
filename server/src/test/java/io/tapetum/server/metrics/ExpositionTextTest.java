package io.tapetum.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.core.delay.LatencySnapshot;

class ExpositionTextTest {

    private static final MetricFamily GAUGE = MetricFamily.gauge("a_gauge", "What it is");
    private static final MetricFamily BYTES = MetricFamily.counter("some_bytes_total", "How many");
    private static final MetricFamily SECONDS = MetricFamily.histogram("a_time_seconds", "How long");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ExpositionText prometheus = new ExpositionText(false, out);
    private final ExpositionText openMetrics = new ExpositionText(true, out);

    private String written(ExpositionText text) {
        text.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void nothing_is_lost_where_the_buffer_ends() {
        // given labels and foreign text that do not end where the buffer does, and text that is longer than it
        StringBuilder expected = new StringBuilder("# HELP a_gauge What it is\n# TYPE a_gauge gauge\n");
        String longer = "# " + "x".repeat(50_000) + '\n';

        // when
        for (long i = 0; i < 3000; i++) {
            prometheus.add(GAUGE, SeriesLabels.of("i", Long.toString(i)), i * i * 1_000_003);
            expected.append("a_gauge{i=\"").append(i).append("\"} ").append(i * i * 1_000_003).append('\n');
            if (i % 1000 == 1) {
                prometheus.write(longer.getBytes(StandardCharsets.UTF_8), 0, longer.length());
                expected.append(longer);
            }
        }

        // then
        assertThat(written(prometheus)).isEqualTo(expected.toString());
    }

    @Test
    void who_does_not_take_it_ends_it() {
        ExpositionText text = new ExpositionText(false, Scrape.hungUp());
        text.add(GAUGE, SeriesLabels.NONE, 1);

        assertThatThrownBy(text::flush).isInstanceOf(UncheckedIOException.class).hasMessageContaining("hung up");
    }

    @Test
    void a_family_has_its_head_once_and_a_line_for_each_series() {
        prometheus.add(GAUGE, SeriesLabels.NONE, 1);
        prometheus.add(GAUGE, SeriesLabels.of("x", "1"), 2);
        prometheus.add(GAUGE, SeriesLabels.of("x", "1", "y", "2"), SeriesLabels.of("z", "3"), 3);
        prometheus.add(GAUGE, SeriesLabels.NONE, SeriesLabels.of("z", "3"), 4);
        prometheus.add(BYTES, SeriesLabels.NONE, 5);

        assertThat(written(prometheus)).isEqualTo("""
                                                  # HELP a_gauge What it is
                                                  # TYPE a_gauge gauge
                                                  a_gauge 1
                                                  a_gauge{x="1"} 2
                                                  a_gauge{x="1",y="2",z="3"} 3
                                                  a_gauge{z="3"} 4
                                                  # HELP some_bytes_total How many
                                                  # TYPE some_bytes_total counter
                                                  some_bytes_total 5
                                                  """);
    }

    @Test
    void in_openmetrics_the_head_of_a_counter_has_no_total_and_units_are_told() {
        openMetrics.add(GAUGE, SeriesLabels.NONE, 1);
        openMetrics.add(BYTES, SeriesLabels.NONE, 5);

        assertThat(written(openMetrics)).isEqualTo("""
                                                   # TYPE a_gauge gauge
                                                   # HELP a_gauge What it is
                                                   a_gauge 1
                                                   # TYPE some_bytes counter
                                                   # UNIT some_bytes bytes
                                                   # HELP some_bytes How many
                                                   some_bytes_total 5
                                                   """);
    }

    @Test
    void a_histogram_is_cumulated_and_in_seconds() {
        prometheus.add(SECONDS, SeriesLabels.of("to", "all"), new LatencySnapshot(
                List.of(100_000L, 1_000_000_000L, Long.MAX_VALUE), List.of(3L, 2L, 1L), 7_250_000_000L));

        assertThat(written(prometheus)).endsWith("""
                                                 a_time_seconds_bucket{to="all",le="0.0001"} 3
                                                 a_time_seconds_bucket{to="all",le="1.0"} 5
                                                 a_time_seconds_bucket{to="all",le="+Inf"} 6
                                                 a_time_seconds_count{to="all"} 6
                                                 a_time_seconds_sum{to="all"} 7.25
                                                 """);
    }

    @Test
    void a_histogram_that_has_not_begun_is_empty_but_there() {
        prometheus.add(SECONDS, SeriesLabels.NONE, new LatencySnapshot(List.of(), List.of(), 0));

        assertThat(written(prometheus)).endsWith("""
                                                 a_time_seconds_bucket{le="+Inf"} 0
                                                 a_time_seconds_count 0
                                                 a_time_seconds_sum 0
                                                 """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            plain         | plain
                                            a "b" c       | a \\"b\\" c
                                            back\\slash   | back\\\\slash
                                            Knoten-Süd-日 | Knoten-Süd-日
                                            """)
    void a_value_of_a_label_cannot_end_itself(String value, String text) {
        prometheus.add(GAUGE, SeriesLabels.of("x", value), 1);

        assertThat(written(prometheus)).endsWith("a_gauge{x=\"" + text + "\"} 1\n");
    }

    @Test
    void a_value_of_a_label_cannot_end_the_line() {
        prometheus.add(GAUGE, SeriesLabels.of("x", "1\na_gauge 2"), 1);

        assertThat(written(prometheus)).endsWith("a_gauge{x=\"1\\na_gauge 2\"} 1\n");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 1234567890123L, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void whole_numbers_are_written_in_full(long number) {
        prometheus.add(GAUGE, SeriesLabels.NONE, number);

        assertThat(written(prometheus)).endsWith("a_gauge " + number + "\n");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT7S, 7", "PT1.5S, 1.5", "PT0.000000001S, 0.000000001", "PT-0.25S, -0.25",
            "PT1M0.010S, 60.01"})
    void times_are_in_seconds_with_no_more_digits_than_they_need(Duration time, String text) {
        prometheus.add(GAUGE, SeriesLabels.NONE, time);

        assertThat(written(prometheus)).endsWith("a_gauge " + text + "\n");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 1e-9, 123456.789})
    void other_numbers_are_as_java_writes_them(double number) {
        prometheus.add(GAUGE, SeriesLabels.NONE, number);

        assertThat(written(prometheus)).endsWith("a_gauge " + number + "\n");
    }

    @Test
    void it_grows_as_it_has_to() {
        for (int i = 0; i < 10_000; i++) {
            prometheus.add(GAUGE, SeriesLabels.of("x", "v" + i), i);
        }

        assertThat(written(prometheus).lines().skip(2)).hasSize(10_000).element(9_999)
                .isEqualTo("a_gauge{x=\"v9999\"} 9999");
    }

    @Test
    void a_counter_is_called_total_and_nothing_else_is() {
        assertThatThrownBy(() -> MetricFamily.counter("things", "")).hasMessageContaining("_total");
        assertThatThrownBy(() -> MetricFamily.gauge("things_total", "")).hasMessageContaining("_total");
    }
}
