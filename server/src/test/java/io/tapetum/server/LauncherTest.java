package io.tapetum.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher at the project's root, in a folder of its own and with scripts in the place of Java and Maven. */
class LauncherTest {

    private record Result(int exit, String out, String err) {}

    @TempDir
    private Path folder = Path.of("");

    private final Map<String, String> environment = new TreeMap<>();
    private Path root = Path.of("");
    private Path jdks = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        root = Files.createDirectories(folder.resolve("a release"));
        jdks = Files.createDirectories(folder.resolve("jdks"));
        Files.createDirectories(folder.resolve("bin"));
        Files.copy(Path.of("..", "tapetum"), root.resolve("tapetum"), StandardCopyOption.COPY_ATTRIBUTES);
        environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        environment.put("HOME", folder.toString());
        environment.put("TAPETUM_JDK_DIRS", jdks.toString());
        // Tools of the machine, but neither its Java nor its Maven.
        for (String tool : List.of("java", "mvn")) {
            script(folder.resolve("bin").resolve(tool), "exit 127");
        }
    }

    private static Path script(Path path, String body) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A java command that says its version, or what it was called with. */
    private static void java(Path path, String version) throws IOException {
        script(path, """
                     if [ "$1" = -version ]; then echo 'openjdk version "%s" 2025-09-16' >&2; exit 0; fi
                     echo "java %s"
                     for argument; do echo "<$argument>"; done
                     exit 42""".formatted(version, version));
    }

    private void jdk(String name, String version) throws IOException {
        java(jdks.resolve(name).resolve("bin/java"), version);
    }

    private void built() throws IOException {
        Files.createDirectories(root.resolve("server/target/lib"));
        Files.writeString(root.resolve("server/target/server-1.0.jar"), "");
        Files.writeString(root.resolve("server/target/server-1.0-sources.jar"), "");
    }

    private void sources() throws IOException {
        Files.writeString(root.resolve("pom.xml"), "");
        Files.createDirectories(root.resolve("server/src/main"));
        Files.writeString(root.resolve("server/src/main/A.java"), "");
        script(folder.resolve("bin/mvn"), """
                                          echo "mvn $*" >>"%s"
                                          mkdir -p server/target/lib && touch server/target/server-1.0.jar
                                          """.formatted(folder.resolve("mvn.log")));
    }

    private List<String> builds() throws IOException {
        Path log = folder.resolve("mvn.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private Result launch(String... arguments) throws IOException, InterruptedException {
        return launch(root.resolve("tapetum"), arguments);
    }

    private Result launch(Path launcher, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void the_program_takes_the_place_of_the_launcher_with_all_arguments_and_its_exit_code() throws Exception {
        built();
        jdk("jdk-25", "25.0.3");
        environment.put("TAPETUM_JAVA_OPTS", "-Xmx1g -Xlog:gc");

        Result result = launch("run", "--config", "a file.conf");

        assertThat(result.exit()).isEqualTo(42);
        assertThat(result.err()).isEmpty();
        Path target = root.toRealPath().resolve("server/target");
        assertThat(result.out().lines()).startsWith("java 25.0.3", "<--enable-native-access=ALL-UNNAMED>")
                .contains("<-XX:+UseSerialGC>", "<-XX:TieredStopAtLevel=1>")
                .endsWith("<-Xmx1g>", "<-Xlog:gc>", "<-cp>",
                        "<" + target.resolve("server-1.0.jar") + ":" + target + "/lib/*>",
                        "<io.tapetum.server.Tapetum>",
                        "<run>", "<--config>", "<a file.conf>");
    }

    @Test
    void another_collector_takes_the_place_of_the_usual_one() throws Exception {
        built();
        jdk("jdk-25", "25.0.3");
        environment.put("TAPETUM_JAVA_OPTS", "-Xmx8g -XX:+UseZGC");

        assertThat(launch().out()).contains("<-XX:+UseZGC>").doesNotContain("UseSerialGC");
    }

    @Test
    void the_first_seconds_are_rehearsed_once_after_a_build_to_fill_the_cache_of_classes_that_all_starts_use()
            throws Exception {
        sources();
        String cache = root.toRealPath().resolve("server/target/tapetum.aot").toString();
        script(jdks.resolve("jdk-25/bin/java"), """
                                                if [ "$1" = -version ]; then echo 'openjdk version "25"' >&2; exit; fi
                                                echo "IP=$IP" >>"%1$s"
                                                for argument; do
                                                    echo "$argument" >>"%1$s"
                                                    case $argument in -XX:AOTCacheOutput=*)
                                                        echo cached >"${argument#*=}"; echo "it is running";;
                                                    esac
                                                done""".formatted(folder.resolve("java.log")));

        environment.put("IP", "10.0.0.2");

        assertThat(launch("status").err()).contains("building").doesNotContain("slower");

        assertThat(Path.of(cache)).hasContent("cached");
        assertThat(folder.resolve("java.log")).content()
                .containsSubsequence("IP=\n", "-XX:AOTCacheOutput=" + cache, "training.TrainingRun",
                        "IP=10.0.0.2\n",
                        "-XX:AOTCache=" + cache, "status");
    }

    @Test
    void a_cache_that_cannot_be_made_stops_nobody() throws Exception {
        sources();
        jdk("jdk-25", "25.0.3");

        Result result = launch("status");

        assertThat(result.exit()).isEqualTo(42);
        assertThat(result.err()).contains("starts will be slower than they could be", "first-start.log");
        assertThat(result.out()).doesNotContain("AOTCache");
    }

    @Test
    void java_home_counts_first_if_it_is_new_enough() throws Exception {
        built();
        jdk("jdk-25", "25.0.3");
        java(folder.resolve("mine/bin/java"), "26-ea");
        environment.put("JAVA_HOME", folder.resolve("mine").toString());

        assertThat(launch().out()).startsWith("java 26-ea\n");
    }

    @Test
    void a_java_home_that_is_too_old_is_passed_over() throws Exception {
        built();
        jdk("jdk-25", "25.0.3");
        java(folder.resolve("mine/bin/java"), "21.0.9");
        environment.put("JAVA_HOME", folder.resolve("mine").toString());

        assertThat(launch().out()).startsWith("java 25.0.3\n");
    }

    @Test
    void old_broken_and_empty_jdks_are_passed_over() throws Exception {
        built();
        jdk("a-8", "1.8.0_402");
        jdk("b-17", "17.0.15");
        script(jdks.resolve("c-broken/bin/java"), "exit 1");
        Files.createDirectories(jdks.resolve("d-empty"));
        jdk("e-25", "25");

        assertThat(launch().out()).startsWith("java 25\n");
    }

    @Test
    void a_jdk_that_has_its_version_in_a_file_is_not_started_to_ask() throws Exception {
        built();
        script(jdks.resolve("a/bin/java"), "echo started; exit 3");
        Files.writeString(jdks.resolve("a/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"17.0.2\"\n");
        script(jdks.resolve("b/bin/java"), "echo b; exit 4");
        Files.writeString(jdks.resolve("b/release"), "JAVA_VERSION=\"27\"\n");

        assertThat(launch()).isEqualTo(new Result(4, "b\n", ""));
    }

    @Test
    void java_on_the_path_is_the_last_resort() throws Exception {
        built();
        java(folder.resolve("bin/java"), "25.0.1");

        assertThat(launch().out()).startsWith("java 25.0.1\n");
    }

    @Test
    void without_a_java_that_is_new_enough_it_says_what_it_found() throws Exception {
        built();
        jdk("jdk-17", "17.0.15");

        Result result = launch();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("tapetum: needs Java 25 or newer; install a JDK").contains("JAVA_HOME",
                jdks.resolve("jdk-17/bin/java") + " (17)");
    }

    @Test
    void it_works_through_symbolic_links_from_anywhere() throws Exception {
        built();
        jdk("jdk-25", "25.0.3");
        Path near = Files.createSymbolicLink(root.resolve("near"), Path.of("tapetum"));
        Path far = Files.createSymbolicLink(folder.resolve("bin/tapetum"), near);

        assertThat(launch(far).out()).contains(root.toRealPath() + "/server/target/server-1.0.jar:");
    }

    @Test
    void sources_are_built_once_and_again_when_they_change() throws Exception {
        sources();
        jdk("jdk-25", "25.0.3");

        Result first = launch("status");
        assertThat(first.err()).contains("tapetum: building, which takes about a minute");
        assertThat(first.out()).startsWith("java 25.0.3\n");
        assertThat(builds()).hasSize(1).allMatch(line -> line.endsWith("-pl server -am package"));

        assertThat(launch("status").err()).isEmpty();
        assertThat(builds()).hasSize(1);

        FileTime later = FileTime.from(Instant.now().plusSeconds(60));
        Files.setLastModifiedTime(Files.writeString(root.resolve("server/target/A.class"), ""), later);
        assertThat(launch("status").err()).as("what is built is no source").isEmpty();

        Files.setLastModifiedTime(root.resolve("server/src/main/A.java"), later);
        assertThat(launch("status").err()).contains("building");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void what_is_built_is_started_without_writing_anything() throws Exception {
        sources();
        jdk("jdk-25", "25.0.3");
        launch("status");
        for (String tool : List.of("flock", "mkdir", "mktemp", "mv", "rm", "touch")) {
            script(folder.resolve("bin").resolve(tool), "echo " + tool + " >>\"" + folder.resolve("written") + "\"");
        }

        assertThat(launch("status").exit()).isEqualTo(42);

        assertThat(folder.resolve("written")).doesNotExist();
    }

    @Test
    void starts_at_the_same_time_build_once() throws Exception {
        sources();
        jdk("jdk-25", "25.0.3");
        List<Process> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ProcessBuilder builder = new ProcessBuilder(root.resolve("tapetum").toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            builder.environment().putAll(environment);
            starts.add(builder.start());
        }
        for (Process start : starts) {
            assertThat(start.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(start.exitValue()).isEqualTo(42);
        }

        assertThat(builds()).hasSize(1);
    }

    @Test
    void a_build_that_fails_starts_nothing() throws Exception {
        sources();
        jdk("jdk-25", "25.0.3");
        script(folder.resolve("bin/mvn"), "echo 'compilation failure'; exit 1");

        Result result = launch();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("compilation failure", "tapetum: the build failed");
    }

    @Test
    void a_missing_maven_is_named() throws Exception {
        sources();
        jdk("jdk-25", "25.0.3");
        Files.delete(folder.resolve("bin/mvn"));
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("dirname", "find", "flock", "head", "mkdir", "readlink", "sed", "sh")) {
            script(tools.resolve(tool), "PATH=/usr/bin:/bin exec " + tool + " \"$@\"");
        }
        environment.put("PATH", tools.toString());

        Result result = launch();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("Maven is missing");
    }

    @Test
    void a_release_without_its_jars_says_so() throws Exception {
        jdk("jdk-25", "25.0.3");

        Result result = launch();

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("server/target/lib is missing");
    }
}
