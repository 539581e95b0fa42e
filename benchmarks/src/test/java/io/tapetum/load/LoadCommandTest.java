package io.tapetum.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"calico --nodes 1 | --nodes is 1, must be 2 to 61500",
            "calico --nodes 60000 --routes 100 | 60000 nodes with 100 routes each are more than 1000000 routes",
            "churn --rate -1 | --rate is -1, must be 0 to 1000000", "slow-peer --seconds 0 | --seconds is 0, must be 1",
            "full-table --receivers 0 | --receivers is 0, must be 1", "calico --rounds 0 | --rounds is 0, must be 1",
            "cold-peer --times 0 | --times is 0, must be 1", "calico --repeat 0 | --repeat is 0, must be 1 or more",
            "calico --timeout 0 | --timeout is 0, must be 1 or more", "calico --settle -1 | --settle is -1",
            "calico --port 70000 | --port is 70000, must be 1 to 65534",
            "calico --against quagga | expected one of",
            "calico --pid 1 | --pid belongs to --target, which is missing",
            "calico --target 127.0.0.1 | --target is 127.0.0.1, must be an IPv4 address and a port",
            "calico --target 127.0.0.1:99999 | --target is 127.0.0.1:99999, must be an IPv4 address and a port",
            "calico --nodes many | 'many' is not an int", "--repeat 0 | --repeat is 0"})
    void a_wrong_command_line_is_refused_with_what_would_be_right(String arguments, String complaint) {
        assertThat(execute(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(complaint);
    }

    @Test
    void help_lists_the_workloads_and_the_exit_codes() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).contains("calico", "full-table", "churn", "cold-peer", "restart-storm", "slow-peer",
                "3   a route was passed on wrongly");
    }

    @Test
    void a_daemon_that_is_not_there_is_named() {
        assertThat(execute("calico", "--against", "frr", "--peers", "/nonexistent")).isEqualTo(1);
        assertThat(err.toString()).contains("frr is not found in /nonexistent nor on the PATH");
    }

    private int execute(String... arguments) {
        return Load.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }
}
