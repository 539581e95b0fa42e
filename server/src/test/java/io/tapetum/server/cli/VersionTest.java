package io.tapetum.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class VersionTest {

    private static final String HASH = "5341daaffdf79f6adc5101de0d12d26a448bd88a";
    private static final Path BUILT = Path.of("target/classes/io/tapetum/server/cli/commit.properties");

    private static String commit(String properties) throws IOException {
        return Version.commit(new ByteArrayInputStream(properties.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void a_commit_is_its_first_twelve_digits() throws IOException {
        assertThat(commit("git.commit.id.full=" + HASH + "\ngit.dirty=false\n")).isEqualTo("5341daaffdf7");
    }

    @Test
    void what_differed_from_the_commit_is_said() throws IOException {
        assertThat(commit("git.commit.id.full=" + HASH + "\ngit.dirty=true\n")).isEqualTo("5341daaffdf7-dirty");
    }

    @Test
    void without_a_checkout_the_commit_is_unknown_and_the_line_does_without_it() throws IOException {
        assertThat(commit("")).isEqualTo("unknown");
        assertThat(Version.line("0.1.0", "unknown")).startsWith("tapetum 0.1.0, Java 25");
    }

    @Test
    void the_line_names_version_commit_java_and_system() {
        assertThat(Version.line("0.1.0", "5341daaffdf7-dirty"))
                .isEqualTo("tapetum 0.1.0 (commit 5341daaffdf7-dirty), Java "
                        + Runtime.version() + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch"));
    }

    @Test
    void the_build_writes_down_the_commit_that_git_names_and_nothing_else() throws Exception {
        // Sources without a repository have no commit, and this build no such file.
        assumeThat(Path.of("..", ".git")).exists();
        Process git = new ProcessBuilder("git", "rev-parse", "HEAD").redirectErrorStream(true).start();
        String head = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(git.waitFor(20, TimeUnit.SECONDS)).isTrue();

        Properties built = new Properties();
        try (InputStream file = Files.newInputStream(BUILT)) {
            built.load(file);
        }

        assertThat(built.stringPropertyNames()).containsExactlyInAnyOrder("git.commit.id.full", "git.dirty");
        assertThat(built.getProperty("git.commit.id.full")).isEqualTo(head);
        assertThat(Version.commit()).startsWith(head.substring(0, 12));
    }
}
