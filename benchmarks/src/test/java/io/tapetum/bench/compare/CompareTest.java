package io.tapetum.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void the_same_result_is_not_worse() throws IOException {
        Path result = write("one.json", json("Frame.headers", 22.5, 0.001));

        assertThat(run(result, result)).isEqualTo(Compare.SAME);
        assertThat(text(out)).contains("Frame.headers", "network=CALICO", "22.5", "1.00", "Nothing became worse.");
    }

    @Test
    void more_allocation_is_worse() throws IOException {
        Path before = write("before.json", json("Frame.headers", 22.5, 0.001));
        Path now = write("now.json", json("Frame.headers", 22.5, 40));

        assertThat(run(before, now)).isEqualTo(Compare.WORSE);
        assertThat(text(out)).contains("ALLOCATES MORE", "1 of 1 became worse.");
    }

    @Test
    void a_missing_file_is_named() {
        assertThat(run(folder.resolve("none.json"), folder.resolve("none.json"))).isEqualTo(Compare.UNUSABLE);
        assertThat(text(err)).contains("none.json: there is no such file");
    }

    @Test
    void garbage_is_named_with_its_line_and_what_is_wanted() throws IOException {
        Path garbage = write("garbage.json", "[\n{ this is no JSON");

        assertThat(run(garbage, garbage)).isEqualTo(Compare.UNUSABLE);
        assertThat(text(err)).contains("garbage.json: 2", "benchmarks/run writes with -prof gc");
    }

    @Test
    void binary_garbage_is_named() throws IOException {
        Path garbage = folder.resolve("garbage.json");
        Files.write(garbage, new byte[]{(byte) 0xff, (byte) 0xfe, 0});

        assertThat(run(garbage, garbage)).isEqualTo(Compare.UNUSABLE);
        assertThat(text(err)).contains("garbage.json: is not text");
    }

    @Test
    void a_result_without_allocation_is_refused() throws IOException {
        Path result = write("times.json", json("Frame.headers", 22.5, 0).replace("gc.alloc.rate.norm", "gc.count"));

        assertThat(run(result, result)).isEqualTo(Compare.UNUSABLE);
        assertThat(text(err)).contains("times.json", "gc.alloc.rate.norm", "-prof gc");
    }

    @Test
    void throughput_is_refused() throws IOException {
        Path result = write("rate.json", json("Frame.headers", 22.5, 0).replace("avgt", "thrpt"));

        assertThat(run(result, result)).isEqualTo(Compare.UNUSABLE);
        assertThat(text(err)).contains("only mean times (avgt) are compared");
    }

    @Test
    void an_empty_result_is_refused() throws IOException {
        Path result = write("empty.json", "[]");

        assertThat(run(result, result)).isEqualTo(Compare.UNUSABLE);
        assertThat(text(err)).contains("empty.json: holds no results");
    }

    @Test
    void a_recorded_result_is_the_same_as_what_it_was_recorded_from() throws IOException {
        Path result = write("result.json", json("Frame.headers", 22.5, 40));
        Path baseline = folder.resolve("baseline.json");

        assertThat(run("--record", result.toString(), baseline.toString())).isEqualTo(Compare.SAME);
        assertThat(run(baseline, result)).isEqualTo(Compare.SAME);
        assertThat(Files.readString(baseline)).doesNotContain("/usr/lib/jvm");
    }

    @Test
    void recording_a_part_keeps_the_rest() throws IOException {
        Path baseline = write("baseline.json", json("Frame.headers", 22.5, 40));
        Path part = write("part.json", json("Parse.equal", 100, 0));

        assertThat(run("--record", "--partial", part.toString(), baseline.toString())).isEqualTo(Compare.SAME);
        assertThat(Files.readString(baseline)).contains("Frame.headers", "Parse.equal");
    }

    @Test
    void a_result_without_an_interval_can_be_recorded() throws IOException {
        Path result = write("result.json", json("Frame.headers", 22.5, 40).replace("3.5", "\"NaN\""));

        assertThat(run(result, result)).isEqualTo(Compare.SAME);
    }

    @Test
    void one_file_is_not_enough() {
        assertThat(run("one.json")).isEqualTo(Compare.UNUSABLE);
        assertThat(text(err)).contains("takes two results");
    }

    private int run(Path before, Path now) {
        return run(before.toString(), now.toString());
    }

    private int run(String... arguments) {
        return Compare.run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** As JMH writes it, shortened. */
    private static String json(String benchmark, double time, double octets) {
        return """
               [
                   {
                       "jmhVersion" : "1.37",
                       "benchmark" : "io.tapetum.bench.wire.%s",
                       "mode" : "avgt",
                       "jvm" : "/usr/lib/jvm/jdk/bin/java",
                       "params" : {
                           "network" : "CALICO"
                       },
                       "primaryMetric" : {
                           "score" : %s,
                           "scoreError" : 3.5,
                           "scoreConfidence" : ["NaN", "NaN"],
                           "scoreUnit" : "ns/op"
                       },
                       "secondaryMetrics" : {
                           "gc.alloc.rate.norm" : {
                               "score" : %s,
                               "scoreError" : "NaN",
                               "scoreUnit" : "B/op"
                           }
                       }
                   }
               ]
               """.formatted(benchmark, time, octets);
    }
}
