package io.tapetum.server.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;

class PeerTableTest {

    @Test
    void no_peers_of_an_ip_version_are_a_sentence() {
        StringWriter out = new StringWriter();

        new PeerTable(new Screen(new PrintWriter(out, true), Screen.Look.PLAIN, Instant.EPOCH, ZoneOffset.UTC))
                .print(List.of(), true);

        assertThat(out.toString().lines()).containsExactly("IPv6 BGP status", "No IPv6 peers found.");
    }
}
