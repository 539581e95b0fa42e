package io.tapetum.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.load.relay.Reflection;
import io.tapetum.load.relay.Relay;
import io.tapetum.load.verify.Fault;

/** The whole program, against a relay that runs already. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "every client has a loopback address of its own")
class LoadTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void prints_a_table_and_writes_every_run_down() throws Exception {
        try (Relay relay = new Relay(0, Reflection::right)) {
            assertThat(load(relay, "calico", "--nodes", "10", "--rounds", "2")).isZero();
        }

        assertThat(out.toString()).startsWith("calico --nodes 10 --routes 14 --rounds 2\n").contains("wall s",
                "target, round 1", "target, round 2");
        assertThat(Files.readString(folder.resolve("runs.json"))).contains("\"routes_received\": 1260",
                "\"kernel\": \"" + System.getProperty("os.version") + "\"");
    }

    @Test
    void changes_of_single_routes_are_timed() throws Exception {
        try (Relay relay = new Relay(0, Reflection::right)) {
            assertThat(load(relay, "churn", "--nodes", "10", "--rate", "100", "--seconds", "1")).isZero();
        }

        assertThat(out.toString()).contains("p99 ms", "last p99 ms");
        assertThat(err.toString()).contains("changing routes").doesNotContain("FAILED");
    }

    @Test
    void a_failure_is_in_the_table_and_in_the_exit_code() throws Exception {
        try (Relay relay = new Relay(0, Fault.UNKNOWN_ATTRIBUTE::reflect)) {
            assertThat(load(relay, "calico", "--nodes", "10")).isEqualTo(3);
        }

        assertThat(out.toString()).containsPattern(
                "target, run 1 FAILED: 127\\.2\\.0\\.\\d+ was sent something wrong: .*EXTENDED_COMMUNITIES");
        assertThat(Files.readString(folder.resolve("runs.json"))).contains("\"failure\": \"127.2.0.");
    }

    private int load(Relay relay, String... arguments) {
        return Load.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(with(relay, arguments));
    }

    private String[] with(Relay relay, String... arguments) {
        String[] common = {"--target", "127.0.0.1:" + relay.address().getPort(), "--repeat", "1", "--settle", "20",
                "--timeout", "20", "--json", folder.resolve("runs.json").toString()};
        String[] all = new String[arguments.length + common.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(common, 0, all, arguments.length, common.length);
        return all;
    }
}
