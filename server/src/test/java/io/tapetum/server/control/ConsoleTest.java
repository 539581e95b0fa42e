package io.tapetum.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.StubReflector;
import io.tapetum.server.reflector.SessionStatus;

/** Replies, octet by octet. */
class ConsoleTest {

    private static final String HEAD = "2002-name     proto    table    state  since       info\n";

    private final Console ipv4 = console(false);
    private final Console ipv6 = console(true);

    private static Console console(boolean six) {
        return console(six, new StubReflector());
    }

    private static Console console(boolean six, StubReflector reflector) {
        return new Console(reflector, six, "1.2.3", InstantSource.fixed(Instant.parse("2020-03-01T12:05:00Z")),
                ZoneOffset.UTC);
    }

    @Test
    void a_client_is_greeted_as_by_bird_and_told_who_it_really_is() {
        assertThat(ipv4.greeting()).isEqualTo("0001 BIRD 1.6.8 (Tapetum 1.2.3) ready.\n");
    }

    @Test
    void the_status_says_whom_a_restart_waits_for() {
        assertThat(ipv4.answer("show status")).isEqualTo("""
                                                         1000-BIRD 1.6.8 (Tapetum 1.2.3)
                                                         1011-Router ID is 10.0.0.1
                                                          Current server time is 2020-03-01 12:05:00
                                                          Last reboot on 2020-03-01 09:59:00
                                                          Last reconfiguration on 2020-03-01 11:00:00
                                                         0024-Graceful restart recovery in progress
                                                            Waiting for 1 protocols to recover
                                                            Wait timer is 230/240
                                                         0013 Daemon is up and running
                                                         """);
    }

    @Test
    void each_socket_has_the_sessions_of_its_ip_version() {
        assertThat(ipv4.answer("show protocols")).isEqualTo(
                HEAD + "1002-Global_10_0_0_11 BGP      master   up     10:00:00    Established   \n0000 \n");
        assertThat(ipv6.answer("show protocols")).isEqualTo(HEAD
                + "1002-spine_1  BGP      master   start  12:04:53    Active        Received: 6/5 Cease/Connection Rejected\n"
                + "0000 \n");
    }

    @Test
    void a_session_that_is_up_has_routes_and_what_was_agreed() {
        assertThat(ipv4.answer("show protocols all")).isEqualTo(HEAD
                + "1002-Global_10_0_0_11 BGP      master   up     10:00:00    Established   \n"
                + """
                  1006-  Description:    node-1
                     Input filter:   ACCEPT
                     Output filter:  ACCEPT
                     Routes:         1234 imported, 5070 exported
                     Route change stats:     received   rejected   filtered    ignored   accepted
                       Import updates:           1334         20        ---         50       1264
                       Import withdraws:           30        ---        ---          0         30
                       Export updates:            ---        ---        ---        ---        ---
                       Export withdraws:          ---        ---        ---        ---        ---
                     BGP state:          Established
                       Neighbor address: 10.0.0.11
                       Neighbor AS:      64512
                       Neighbor ID:      10.0.0.11
                       Neighbor caps:    refresh AS4
                       Session:          internal route-reflector AS4
                       Source address:   10.0.0.1
                       Hold timer:       ---/90
                       Keepalive timer:  ---/30
                  """ + " \n0000 \n");
    }

    @Test
    void a_session_that_is_not_up_has_a_last_error_and_no_routes() {
        assertThat(ipv6.answer("show protocols all spine_1")).contains("   Routes:         0 imported, 0 exported\n",
                """
                   BGP state:          Active
                     Neighbor address: fd00::1
                     Neighbor AS:      4200000001
                     Last error:       Received: 6/5 Cease/Connection Rejected
                """);
    }

    @Test
    void several_protocols_in_a_table_repeat_no_code() {
        List<SessionStatus> both = List.of(SampleSession.ipv4("10.0.0.2"), SampleSession.ipv4("10.0.0.10"));

        assertThat(console(false, new StubReflector(both)).answer("show protocols").lines())
                .satisfiesExactly(head -> assertThat(head).startsWith("2002-"),
                        first -> assertThat(first).startsWith("1002-Global_10_0_0_2 BGP "),
                        second -> assertThat(second).startsWith(" Global_10_0_0_10 BGP "),
                        end -> assertThat(end).isEqualTo("0000 "));
    }

    @Test
    void without_sessions_there_is_an_empty_table_and_not_an_error() {
        assertThat(console(false, new StubReflector(List.of())).answer("show protocols")).isEqualTo(HEAD + "0000 \n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"show protocols Global_10_0_0_11", "show protocols \"Global_*\"",
            "show protocols \"*_10_?_0_11\"", "  show   protocols  'Global_10_0_0_11' "})
    void a_name_or_a_pattern_selects(String command) {
        assertThat(ipv4.answer(command)).contains("1002-Global_10_0_0_11 ").endsWith("\n0000 \n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"show protocols nobody", "show protocols \"Mesh_*\"", "show protocols all nobody",
            "show protocols \"\""})
    void nobody_selected_is_an_error(String command) {
        assertThat(ipv4.answer(command)).isEqualTo("8003 No protocols match\n");
    }

    @ParameterizedTest
    @CsvSource({"'', 9001 syntax error", "foo, 9001 syntax error", "help, 9001 syntax error", "show, 9001 syntax error",
            "sh pr, 9001 syntax error", "show status now, 9001 syntax error", "show protocols a b, 9001 syntax error",
            "show protocols $, 9001 syntax error", "show protocols \"x, 9001 syntax error",
            "show protocols Node*, 9001 syntax error", "restrict, 0016 Access restricted",
            "configure, 8007 Access denied", "disable all, 8007 Access denied"})
    void what_is_not_answered_is_refused_as_bird_refuses_it(String command, String reply) {
        assertThat(ipv4.answer(command)).isEqualTo(reply + "\n");
    }

    @Test
    void nobodys_text_becomes_a_line_of_its_own() {
        SessionStatus hostile = SampleSession.down("10.0.0.2", "Received: x\n0000 \r\n1002-forged\u001b[2J");

        assertThat(console(false, new StubReflector(List.of(hostile))).answer("show protocols").lines()).hasSize(3)
                .element(1).asString().endsWith("Received: x?0000 ??1002-forged?[2J");
    }
}
