package io.tapetum.server.keys;

import static io.tapetum.server.keys.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.SequencedMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyLinesTest {

    private static SequencedMap<String, TcpKey> parse(String text) throws KeysException {
        return KeyLines.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void each_line_has_a_name_and_a_key_up_to_its_end() throws KeysException {
        assertThat(parse("""
                         # name key

                         spines  a key with # and blanks\r
                         leaf-1\tx
                         last y"""))
                .containsExactly(entry("spines", key("a key with # and blanks")), entry("leaf-1", key("x")),
                        entry("last", key("y")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            ok a\\nSECRET key   | line 2: expected a name
                                            ok a\\nsecret       | line 2: the key is empty
                                            ok a\\nok SECRET    | line 2: there was a line for this name before
                                            # nothing           | the file has no keys
                                            """)
    void a_wrong_line_is_told_by_its_number_only(String text, String expected) {
        assertThatThrownBy(() -> parse(text.replace("\\n", "\n"))).isInstanceOf(KeysException.class)
                .hasMessageContaining(expected).hasMessageNotContaining("SECRET");
    }

    @Test
    void a_key_that_is_too_long_is_told_by_its_line() {
        assertThatThrownBy(() -> parse("a " + "x".repeat(81))).isInstanceOf(KeysException.class)
                .hasMessage("line 1: the key has 81 octets; the kernel takes 80 at most");
    }
}
