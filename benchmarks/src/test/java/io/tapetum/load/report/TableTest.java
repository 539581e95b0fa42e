package io.tapetum.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void shows_medians_and_how_many_times_the_first_they_are() {
        String table = Table.of(List.of(run("a", 2, false), run("b", 50, false), run("a", 3, false),
                run("b", 30, true), run("a", 100, false), run("b", 6, false)));

        assertThat(table).isEqualTo("""
                                             wall s             runs
                                    a         3.000                3
                                    b  30.000 (10x)  3 (1 disturbed)
                                    """);
    }

    @Test
    void compares_only_stretches_of_the_same_label() {
        assertThat(Table.of(List.of(run("a", null, sample("cold", 1), sample("warm", 4)),
                run("b", null, sample("cold", 2), sample("warm", 2))))).contains("b, cold  2.000 (2.0x)")
                .contains("b, warm  2.000 (0.5x)");
    }

    @Test
    void leaves_out_what_is_not_known_and_what_is_a_detail() {
        Sample sample = new Sample("", List.of(Figure.plain("known", 1, 0), Figure.plain("unknown", Double.NaN, 0),
                Figure.count("detail", 5)), false);

        assertThat(Table.of(List.of(run("a", null, sample)))).contains(" known").doesNotContain("unknown")
                .doesNotContain("detail");
    }

    @Test
    void a_run_that_failed_is_named_with_its_reason() {
        assertThat(Table.of(List.of(run("a", "127.2.0.1 was sent nonsense"))))
                .isEqualTo("a, run 1 FAILED: 127.2.0.1 was sent nonsense\n");
    }

    private static Run run(String daemon, double wall, boolean disturbed) {
        return run(daemon, null, new Sample("", List.of(Figure.compared("wall s", wall, 3)), disturbed));
    }

    private static Run run(String daemon, @Nullable String failure, Sample... samples) {
        return new Run("calico", daemon, 1, List.of(samples), failure);
    }

    private static Sample sample(String label, double wall) {
        return new Sample(label, List.of(Figure.compared("wall s", wall, 3)), false);
    }
}
