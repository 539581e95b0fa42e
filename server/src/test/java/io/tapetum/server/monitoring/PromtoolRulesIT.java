package io.tapetum.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.lab.Commands;
import io.tapetum.interop.lab.Toolbox;

/** What Prometheus' own tool says of the files that are shipped for it. */
class PromtoolRulesIT {

    @BeforeEach
    void needPromtool() {
        PrometheusServer.need("promtool");
    }

    @Test
    void it_finds_no_fault_in_the_rules() {
        assertThat(promtool("check", "rules", "--lint=all", "--lint-fatal", Shipped.ALERTS.toString(),
                Shipped.RECORDING.toString()).status()).isZero();
    }

    /** Only the syntax: the certificate and the token that it names are the operator's. */
    @Test
    void it_finds_no_fault_in_the_scrape_configuration() {
        assertThat(promtool("check", "config", "--syntax-only", Shipped.SCRAPE.toString()).status()).isZero();
    }

    @Test
    void every_alert_makes_of_numbers_what_it_should() {
        Commands.Result verdict = promtool("test", "rules", Shipped.ALERTS_TEST.toString());

        assertThat(verdict.status()).as(verdict.output() + verdict.errors()).isZero();
    }

    private static Commands.Result promtool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Toolbox.command("prometheus", "promtool")));
        command.addAll(List.of(arguments));
        return Commands.run(Path.of("").toAbsolutePath(), command);
    }
}
