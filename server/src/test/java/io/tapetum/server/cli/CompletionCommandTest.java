package io.tapetum.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tapetum.server.StubReflector;

class CompletionCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private Path script(String shell) throws IOException {
        try (Typist typist = Typist.about(new StubReflector())) {
            assertThat(typist.program().execute("completion", shell)).isZero();
            return Files.writeString(folder.resolve("tapetum." + shell), typist.out.toString());
        }
    }

    private static List<String> bash(String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(arguments).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            List<String> lines = new String(output.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
            return lines;
        }
    }

    @Test
    void bash_can_read_it() throws Exception {
        assertThat(bash("bash", "-n", script("bash").toString())).isEmpty();
        assertThat(bash("bash", "-n", script("zsh").toString())).isEmpty();
    }

    @Test
    void zsh_is_told_first_that_it_can() throws IOException {
        assertThat(Files.readAllLines(script("zsh"))).startsWith("autoload -U +X compinit && compinit",
                "autoload -U +X bashcompinit && bashcompinit");
    }

    @ParameterizedTest
    @CsvSource({"tapetum sh, show shutdown", "tapetum show ses, sessions session",
            "tapetum show sessions --ro, --role", "tapetum show sessions --role cl, client",
            "tapetum clear node-1 --so, --soft-in --soft-out", "tapetum show events --severity e, error"})
    void a_word_that_is_begun_is_completed(String typed, String completions) throws Exception {
        String words = "(" + typed.replaceAll("\\S+", "'$0'") + ")";

        // Bash has compopt only while somebody types.
        assertThat(bash("bash", "-c", "compopt() { :; }; source " + script("bash") + "; COMP_WORDS=" + words
                + "; COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE='" + typed + "'; COMP_POINT=" + typed.length()
                + "; _complete_tapetum; printf '%s\\n' \"${COMPREPLY[@]}\""))
                .containsExactlyInAnyOrder(completions.split(" "));
    }
}
