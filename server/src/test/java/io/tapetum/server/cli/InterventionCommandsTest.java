package io.tapetum.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.StubReflector;

class InterventionCommandsTest {

    private final StubReflector reflector = new StubReflector();

    @SuppressWarnings("NullAway.Init") // before each test
    private Typist typist;

    @BeforeEach
    void sitDown() throws IOException {
        typist = Typist.about(reflector);
    }

    @AfterEach
    void leave() {
        typist.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"clear node-1", "clear node-1 --soft-in --soft-out", "clear node-1 --soft-out --soft-in"})
    void a_clear_ends_no_session_unless_somebody_says_so(String line) {
        assertThat(typist.type(line)).isZero();
        assertThat(reflector.calls).containsExactly("clear: node-1 SOFT_IN ", "clear: node-1 SOFT_OUT ");
        assertThat(typist.out).hasToString("asked 1 peer for all routes\nsending all routes again to 1 peer\n");
    }

    @Test
    void one_direction_is_enough_if_only_one_is_meant() {
        assertThat(typist.type("clear all --soft-in")).isZero();
        assertThat(typist.type("clear all --soft-out")).isZero();
        assertThat(reflector.calls).containsExactly("clear: all SOFT_IN ", "clear: all SOFT_OUT ");
    }

    @Test
    void a_hard_clear_tells_the_peer_why() {
        assertThat(typist.type("clear", "node-1", "--hard", "--message", "new line card")).isZero();
        assertThat(reflector.calls).containsExactly("clear: node-1 HARD new line card");
    }

    @ParameterizedTest
    @ValueSource(strings = {"clear all --hard", "shutdown all"})
    void nobody_ends_all_sessions_by_mistake(String line) {
        assertThat(typist.type(line)).isEqualTo(1);
        assertThat(typist.err.toString()).contains("--yes").hasLineCount(1);

        typist.keyboard.types("yes");
        assertThat(typist.type(line)).isEqualTo(1);
        assertThat(typist.err).hasToString("tapetum: nothing was done\n");
        typist.keyboard.types();
        assertThat(typist.type(line)).isEqualTo(1);
        assertThat(reflector.calls).isEmpty();

        typist.keyboard.types("all");
        assertThat(typist.type(line)).isZero();
        assertThat(reflector.calls).hasSize(1);
        assertThat(typist.type(line + " --yes")).isZero();
        assertThat(reflector.calls).hasSize(2);
    }

    @Test
    void a_peer_is_shut_down_and_started() {
        assertThat(typist.type("shutdown", "10.0.0.11", "--message", "disk swap")).isZero();
        assertThat(typist.out.toString()).contains("shut down 1 peer", "tapetum start 10.0.0.11");
        assertThat(typist.type("start 10.0.0.11")).isZero();
        assertThat(typist.out).hasToString("started 1 peer\n");
        assertThat(reflector.calls).containsExactly("shutdown: node-1 disk swap", "start: node-1");
    }

    @Test
    void what_was_done_to_nobody_failed_unless_everybody_was_meant() throws IOException {
        for (String order : new String[]{"clear", "shutdown", "start"}) {
            try (Typist idle = Typist.about(Altered.reflector(order, _ -> 0))) {
                assertThat(idle.type(order + " node-1")).isEqualTo(1);
                assertThat(idle.err.toString()).startsWith("tapetum: node-1 ").hasLineCount(1);
                assertThat(idle.out.toString()).isEmpty();
                idle.keyboard.types("all");
                assertThat(idle.type(order + " all")).isZero();
                assertThat(idle.out.toString()).contains("0 peers");
            }
        }
    }
}
