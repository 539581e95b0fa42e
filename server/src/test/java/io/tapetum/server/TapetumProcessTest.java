package io.tapetum.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a service manager sees: standard output and the exit code. */
class TapetumProcessTest {

    @TempDir
    private Path folder = Path.of("");

    private Process start() throws IOException {
        Path file = Files.writeString(folder.resolve("tapetum.conf"),
                "tapetum { router-id = 10.0.0.1, admin.listen = off }");
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), StubTapetum.class.getName(), "run", "-c", file.toString())
                .redirectErrorStream(true).start();
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void a_signal_closes_the_reflector_and_is_the_exit_code(String signal, int exit) throws Exception {
        Process process = start();
        try (BufferedReader output = process.inputReader()) {
            String running = output.readLine();
            assertThat(running)
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  tapetum .* is running:"
                            + " AS 64512, router id 10\\.0\\.0\\.1, 0 peers, 0 ranges, listening on \\*:179");

            // Not Process.destroy, which closes the output as well.
            assertThat(new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid())).start().waitFor())
                    .isZero();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            List<String> rest = output.lines().toList();
            assertThat(process.exitValue()).isEqualTo(exit);
            assertThat(rest).singleElement().asString()
                    .endsWith("INFO  stopped by a signal; peers keep the routes for the restart time");
        } finally {
            process.destroyForcibly();
        }
    }
}
