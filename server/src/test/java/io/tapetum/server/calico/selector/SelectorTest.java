package io.tapetum.server.calico.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {

    private static final Map<String, String> LABELS = Map.of("rack", "r1", "route-reflector", "true", "zone/name",
            "eu-1", "empty", "", "has", "h", "in", "i", "not", "n");

    private static boolean matches(String selector) throws SelectorSyntaxException {
        return Selector.parse(selector).matches(LABELS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all()", "all( )", "global()", "global(\t)", "has(rack)", "has( rack )", "rack == 'r1'",
            "rack == \"r1\"", "rack=='r1'", "  rack\t==\t'r1'  ", "rack in {'r1','r2'}", "rack in{'r1'}",
            "rack notin {'r9'}", "rack not in {'r9'}", "rack not\tin {'r9'}", "rack not in { }", "rack notin {}",
            "rack in {'r1',}", "missing != 'x'", "missing not in {'x'}", "missing notin {'x'}", "rack != 'r2'",
            "zone/name starts with 'eu'", "zone/name startswith 'eu'", "zone/name starts \t with 'eu'",
            "zone/name endswith '-1'", "zone/name ends with '-1'", "zone/name contains 'u-'", "rack contains ''",
            "rack starts with ''", "(has(a) || has(rack)) && rack == 'r1'", "!!has(rack)", "! ! has(rack)",
            "!has(missing)", "has(rack) || has(a) && has(b)", "!(rack == 'r2') && !missing == 'x'", "((all()))",
            "empty == ''", "has(empty)", "", "  \t "})
    void is_true(String selector) throws SelectorSyntaxException {
        assertThat(matches(selector)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!has(route-reflector)", "!all()", "missing == 'x'", "missing contains 'x'",
            "missing contains ''", "missing in {'x'}", "missing starts with ''", "missing ends with ''",
            "!rack == 'r1'", "has(a) || has(rack) && rack == 'r2'", "rack == 'R1'", "Rack == 'r1'", "rack in {}",
            "rack in {'r2', 'r3'}", "rack not in {'r1'}", "rack != 'r1'", "!!!has(rack)", "rack starts with '1'",
            "rack ends with 'r'", "!(has(rack) || has(a))"})
    void is_false(String selector) throws SelectorSyntaxException {
        assertThat(matches(selector)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"has == 'h'", "in in {'i'}", "not not in {'i'}", "has(not)", "has(in) && in == 'i'"})
    void words_of_the_grammar_may_be_labels(String selector) throws SelectorSyntaxException {
        assertThat(matches(selector)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '^', value = {"a == '\"'; \"", "a == \"'\"; '", "a == '\\'; \\",
            "a == 'x && y'; x && y"})
    void a_value_contains_anything_but_its_quote(String selector, String value) throws SelectorSyntaxException {
        assertThat(Selector.parse(selector).matches(Map.of("a", value))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '^', value = {
            "rack = 'r1'; 6; ==, !=, in, not in, contains, starts with or ends with",
            "has (rack); 5; ==, !=, in, not in, contains, starts with or ends with",
            "all( x ); 4; ==, !=, in, not in, contains, starts with or ends with",
            "rack == r1; 9; a value in quotes",
            "rack ==; 8; a value in quotes",
            "rack == 'r1' x; 14; &&, || or the end",
            "rack == 'r1; 12; ', the end of the value,",
            "rack in 'r1'; 9; {",
            "rack in {'r1' 'r2'}; 15; }",
            "rack in {,}; 10; a value in quotes",
            "has(rack; 9; )",
            "has(); 5; a label",
            "(all(); 7; )",
            "all() &&; 9; a label, has(label), all(), ! or (",
            "all() & all(); 7; &&, || or the end",
            "|| all(); 1; a label, has(label), all(), ! or (",
            "!= 'x'; 2; a label, has(label), all(), ! or ("})
    void what_is_no_selector_is_refused_with_the_place_and_what_was_expected(String selector, int position,
            String expected) {
        SelectorSyntaxException failure = catchThrowableOfType(SelectorSyntaxException.class,
                () -> Selector.parse(selector));

        assertThat(failure.position()).isEqualTo(position);
        assertThat(failure.expected()).isEqualTo(expected);
        assertThat(failure).hasMessage("expected " + expected + " at character " + position);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rack", "rack inside {'r1'}", "rack containsx 'r'", "rack notinx {'r1'}",
            "rack startswithx 'r'", "rack ==\n'r1'", "rack starts\nwith 'r'", "\n", "has(\nrack)", "a$b == 'x'",
            "é == 'x'", "()", ")", "!", "'r1' == rack", "has(rack) has(rack)", "rack == 'r1' == 'r1'", "a b == 'x'",
            "rack === 'r1'", "rack in {'r1'", "rack in {'r1',,}", "has('rack')", "all()all()", "\u00A0all()"})
    void neither_is_any_of_these(String selector) {
        assertThatThrownBy(() -> Selector.parse(selector)).isInstanceOf(SelectorSyntaxException.class);
    }

    @Test
    void a_label_has_512_characters_at_most() throws SelectorSyntaxException {
        String longest = "l".repeat(512);

        assertThat(Selector.parse("has(" + longest + ")").matches(Map.of(longest, ""))).isTrue();
        assertThat(Selector.parse(longest + " == ''").matches(Map.of(longest, ""))).isTrue();
        assertThatThrownBy(() -> Selector.parse("has(" + longest + "l)")).hasMessage(
                "expected the end of a label of at most 512 characters at character 517");
    }

    @Test
    void parentheses_are_as_deep_as_anybody_writes_them_and_no_deeper() throws SelectorSyntaxException {
        assertThat(matches("(".repeat(100) + "all()" + ")".repeat(100))).isTrue();
        assertThatThrownBy(() -> Selector.parse("(".repeat(1_000_000))).hasMessage(
                "expected at most 100 parentheses within each other at character 101");
    }

    @Test
    void long_chains_cost_no_depth() throws SelectorSyntaxException {
        assertThat(matches("!".repeat(1_000_000) + "all()")).isTrue();
        assertThat(matches("has(missing) || ".repeat(100_000) + "all()")).isTrue();
        assertThat(matches("all() && ".repeat(100_000) + "all()")).isTrue();
        assertThat(matches("(all()) && ".repeat(1_000) + "all()")).isTrue();
    }

    @Test
    void random_text_is_a_selector_or_refused_at_one_of_its_characters() {
        String[] tokens = {"all()", "has(", "has(rack)", ")", "(", "rack", "==", "!=", "=", "!", "&&", "||", "in",
                "not in", "starts with", "contains", "{", "}", ",", "'r1'", "\"r1\"", "'", " ", "\t", "\n", "\0"};
        Random random = new Random(4456);
        int understood = 0;
        for (int round = 0; round < 100_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int token = random.nextInt(8); token >= 0; token--) {
                text.append(tokens[random.nextInt(tokens.length)]);
            }
            String selector = text.toString();
            try {
                Selector.parse(selector).matches(LABELS);
                understood++;
            } catch (SelectorSyntaxException e) {
                assertThat(e.position()).as(selector).isBetween(1, selector.length() + 1);
            }
        }
        assertThat(understood).isBetween(1_000, 99_000);
    }
}
