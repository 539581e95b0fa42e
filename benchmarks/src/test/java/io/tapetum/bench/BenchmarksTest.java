package io.tapetum.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

@Isolated("JMH is configured by system properties")
class BenchmarksTest {

    @Test
    void every_benchmark_class_is_found_by_jmh() throws Exception {
        assertThat(found()).isNotEmpty().containsExactlyElementsOf(compiled());
    }

    @Test
    void every_benchmark_class_is_measured_as_the_others_are() throws Exception {
        for (String name : compiled()) {
            assertThat(Class.forName(name)).as(name).hasSuperclass(HotPathBenchmark.class);
        }
    }

    @Test
    void the_readme_says_what_each_benchmark_answers() throws Exception {
        String readme = Files.readString(Path.of("README.md"));

        for (String name : compiled()) {
            assertThat(readme).contains("`" + simpleName(name) + "`");
        }
    }

    /** Once each, in this JVM, on small tables: the times mean nothing. */
    @Test
    void every_benchmark_runs() throws Exception {
        Options once = new OptionsBuilder().mode(Mode.SingleShotTime).forks(0).warmupIterations(0)
                .measurementIterations(1).shouldFailOnError(true).verbosity(VerboseMode.SILENT)
                .param("prefixes", "1000").param("attributes", "100").param("clients", "10").param("updates", "2")
                .build();

        Collection<RunResult> results = run(once);

        Set<String> ran = results.stream().map(result -> className(result.getParams().getBenchmark()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(ran).containsExactlyElementsOf(compiled());
    }

    /** Others may be running JMH on this machine, which does no harm here. */
    private static Collection<RunResult> run(Options options) throws RunnerException {
        String before = System.setProperty("jmh.ignoreLock", "true");
        try {
            return new Runner(options).run();
        } finally {
            if (before == null) {
                System.clearProperty("jmh.ignoreLock");
            } else {
                System.setProperty("jmh.ignoreLock", before);
            }
        }
    }

    private static Set<String> found() {
        OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        return BenchmarkList.defaultList().getAll(silent, List.of()).stream()
                .map(entry -> className(entry.getUsername())).collect(Collectors.toCollection(TreeSet::new));
    }

    /** All concrete classes that are called a benchmark. */
    private static Set<String> compiled() throws IOException, URISyntaxException {
        Path classes = Path.of(HotPathBenchmark.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString().replace('/', '.'))
                    .filter(file -> file.matches("io\\.tapetum\\.bench\\.[a-z]+\\.[A-Za-z]+Benchmark\\.class"))
                    .map(BenchmarksTest::className).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** What stands before the last dot. */
    private static String className(String member) {
        return member.substring(0, member.lastIndexOf('.'));
    }

    private static String simpleName(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
