package io.tapetum.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final String[] OTHERS = {"A.a", "B.b", "C.c", "D.d"};

    private final SortedMap<String, Measurement> before = new TreeMap<>();
    private final SortedMap<String, Measurement> now = new TreeMap<>();

    ComparisonTest() {
        for (String other : OTHERS) {
            add(before, other, 100, 0, 0);
            add(now, other, 100, 0, 0);
        }
    }

    @Test
    void equal_results_are_the_same() {
        assertThat(compared().rows()).hasSize(OTHERS.length).allSatisfy(row -> {
            assertThat(row.verdicts()).containsExactly(Verdict.SAME);
            assertThat(row.fails(true)).isFalse();
        });
    }

    @Test
    void more_than_an_octet_more_is_worse() {
        add(before, "X.x", 100, 0, 0.3);
        add(now, "X.x", 100, 0, 1.4);

        assertThat(verdict("X.x")).containsExactly(Verdict.ALLOCATES_MORE);
        assertThat(row("X.x").fails(false)).isTrue();
    }

    @Test
    void an_octet_more_is_noise() {
        add(before, "X.x", 100, 0, 0);
        add(now, "X.x", 100, 0, 1);

        assertThat(verdict("X.x")).containsExactly(Verdict.SAME);
    }

    @Test
    void much_allocation_may_differ_by_a_twentieth() {
        add(before, "X.x", 100, 0, 1000);
        add(before, "Y.y", 100, 0, 1000);
        add(now, "X.x", 100, 0, 1050);
        add(now, "Y.y", 100, 0, 1051);

        assertThat(verdict("X.x")).containsExactly(Verdict.SAME);
        assertThat(verdict("Y.y")).containsExactly(Verdict.ALLOCATES_MORE);
    }

    @Test
    void less_allocation_is_no_failure() {
        add(before, "X.x", 100, 0, 48);
        add(now, "X.x", 100, 0, 0);

        assertThat(verdict("X.x")).containsExactly(Verdict.ALLOCATES_LESS);
        assertThat(row("X.x").fails(true)).isFalse();
    }

    @Test
    void slower_than_the_others_fails_only_if_asked_to() {
        add(before, "X.x", 100, 1, 0);
        add(now, "X.x", 151, 1, 0);

        assertThat(verdict("X.x")).containsExactly(Verdict.SLOWER);
        assertThat(row("X.x").fails(false)).isFalse();
        assertThat(row("X.x").fails(true)).isTrue();
    }

    @Test
    void faster_than_the_others_is_seen() {
        add(before, "X.x", 100, 1, 0);
        add(now, "X.x", 60, 1, 0);

        assertThat(verdict("X.x")).containsExactly(Verdict.FASTER);
        assertThat(row("X.x").fails(true)).isFalse();
    }

    @Test
    void slower_with_intervals_that_overlap_is_unsure() {
        add(before, "X.x", 100, 1, 0);
        add(now, "X.x", 200, 150, 0);

        assertThat(verdict("X.x")).containsExactly(Verdict.UNSURE);
        assertThat(row("X.x").fails(true)).isFalse();
    }

    @Test
    void a_machine_that_is_half_as_fast_makes_no_difference() {
        now.replaceAll((_, same) -> new Measurement(same.benchmark(), same.parameters(), 2 * same.time(), 0,
                same.unit(), 0));
        add(before, "X.x", 100, 0, 0);
        add(now, "X.x", 100, 0, 0);

        assertThat(compared().pace()).isCloseTo(2, within(1e-9));
        assertThat(verdict("A.a")).containsExactly(Verdict.SAME);
        assertThat(verdict("X.x")).containsExactly(Verdict.FASTER);
    }

    @Test
    void times_of_a_few_benchmarks_are_not_judged() {
        before.clear();
        now.clear();
        add(before, "X.x", 100, 0, 0);
        add(before, "Y.y", 100, 0, 0);
        add(now, "X.x", 1000, 0, 0);
        add(now, "Y.y", 100, 0, 0);

        assertThat(compared().timesJudged()).isFalse();
        assertThat(verdict("X.x")).containsExactly(Verdict.SAME);
    }

    @Test
    void what_is_no_longer_measured_is_missing() {
        add(before, "X.x", 100, 0, 0);

        assertThat(verdict("X.x")).containsExactly(Verdict.MISSING);
        assertThat(row("X.x").fails(false)).isTrue();
    }

    @Test
    void nothing_is_missing_from_a_part() {
        add(before, "X.x", 100, 0, 0);

        assertThat(Comparison.of(before, now, true).rows()).hasSize(OTHERS.length);
    }

    @Test
    void what_was_not_measured_before_is_new() {
        add(now, "X.x", 100, 0, 5000);

        assertThat(verdict("X.x")).containsExactly(Verdict.NEW);
        assertThat(row("X.x").fails(true)).isFalse();
    }

    @Test
    void other_parameters_are_another_measurement() {
        put(before, new Measurement("p.X.x", new TreeMap<>(Map.of("n", "1")), 100, 0, "ns/op", 0));
        put(now, new Measurement("p.X.x", new TreeMap<>(Map.of("n", "2")), 900, 0, "ns/op", 900));

        assertThat(verdict("X.x n=1")).containsExactly(Verdict.MISSING);
        assertThat(verdict("X.x n=2")).containsExactly(Verdict.NEW);
    }

    @Test
    void another_unit_cannot_be_compared() {
        put(before, new Measurement("p.X.x", new TreeMap<>(), 100, 0, "ns/op", 0));
        put(now, new Measurement("p.X.x", new TreeMap<>(), 0.1, 0, "us/op", 0));

        assertThat(verdict("X.x")).containsExactly(Verdict.MISSING);
    }

    private static void add(SortedMap<String, Measurement> to, String benchmark, double time, double error,
            double octets) {
        put(to, new Measurement("io.tapetum.bench." + benchmark, new TreeMap<>(), time, error, "ns/op", octets));
    }

    private static void put(SortedMap<String, Measurement> to, Measurement measurement) {
        to.put(measurement.name(), measurement);
    }

    private Comparison compared() {
        return Comparison.of(before, now, false);
    }

    private Comparison.Row row(String name) {
        return compared().rows().stream().filter(row -> row.any().name().equals(name)).findFirst().orElseThrow();
    }

    private Set<Verdict> verdict(String name) {
        return row(name).verdicts();
    }
}
