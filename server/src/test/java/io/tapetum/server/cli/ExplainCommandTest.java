package io.tapetum.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.core.inquiry.Standing;
import io.tapetum.server.StubReflector;
import io.tapetum.server.inquiry.Explanation;

class ExplainCommandTest {

    private static Explanation explanation(Standing verdict) {
        Explanation stub = StubReflector.EXPLANATION;
        return new Explanation(stub.prefix(), stub.peer(), stub.address(), verdict, stub.summary(), stub.steps(),
                stub.paths(), stub.refused());
    }

    @ParameterizedTest
    @EnumSource(Standing.class)
    void a_script_learns_whether_the_peer_has_it_or_gets_it_or_not(Standing verdict) throws IOException {
        try (Typist typist = Typist.about(Altered.reflector("explain", _ -> explanation(verdict)))) {
            assertThat(typist.type("explain node-1 10.3.0.0/24")).isEqualTo(switch (verdict) {
                case SENT -> 0;
                case ON_ITS_WAY -> 5;
                case OWN, WITHHELD, TOO_LONG, REFUSED, NO_PATH, NOT_NEGOTIATED, NO_SESSION -> 4;
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"node-1 10.3.0.0/24, node-1 10.3.0.0/24", "10.3.0.0/24 node-1, node-1 10.3.0.0/24",
            "10.3.0.0/24 10.0.0.11, 10.0.0.11 10.3.0.0/24", "10.0.0.11 10.3.0.7, 10.0.0.11 10.3.0.7/32"})
    void peer_and_prefix_may_change_places_if_only_one_is_a_prefix(String typed, String meant) throws IOException {
        StubReflector reflector = new StubReflector();
        try (Typist typist = Typist.about(reflector)) {
            typist.type("explain " + typed);

            assertThat(reflector.calls).containsExactly("explain: " + meant);
        }
    }

    @Test
    void the_answer_stands_first() throws IOException {
        try (Typist typist = Typist.about(new StubReflector())) {
            typist.type("explain node-1 10.3.0.0/24");

            assertThat(typist.lines()).startsWith("10.3.0.0/24 at node-1 (10.0.0.11): withheld",
                    "node-2 announced it with the community no-advertise, so nobody is told of it.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain node-1 nonsense", "explain nonsense node-1"})
    void what_is_no_prefix_is_explained(String line) throws IOException {
        try (Typist typist = Typist.about(new StubReflector())) {
            assertThat(typist.type(line)).isEqualTo(2);
            assertThat(typist.err.toString()).contains("expected a prefix such as 10.3.0.0/24");
        }
    }
}
