package io.tapetum.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

    @ParameterizedTest
    @CsvSource({"Node*, Node_1, true", "*, '', true", "*, Node_1, true", "'', '', true", "'', x, false",
            "Node, Node_1, false", "N?de_1, Node_1, true", "N?de_1, Nde_1, false", "*_1, Node_1_1, true",
            "*_1*2, a_1_1_2, true", "*_1*2, a_2_1, false", "**, x, true", "a*b*c, abbc, true", "a*b*c, acb, false",
            "., x, false"})
    void a_star_is_any_characters_and_a_question_mark_is_one(String pattern, String name, boolean matches) {
        assertThat(new Selection.Matching(pattern).includes(name)).isEqualTo(matches);
    }

    @Test
    void a_pattern_of_many_stars_takes_no_time() {
        Selection hostile = new Selection.Matching("*a".repeat(1000) + "b");

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> assertThat(hostile.includes("a".repeat(4000))).isFalse());
    }
}
