package io.tapetum.server.keys;

import static io.tapetum.server.keys.Samples.key;
import static io.tapetum.server.keys.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of keys, and how good the ones are that we make. */
class KeyQualityTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                                                                                        long enough key \\n|begins or ends with a blank
                                                                                         long enough key|begins or ends with a blank
                                                                                        long\\enough key|configuration may take for something else
                                                                                        long enough käy|beyond ASCII
                                                                                        short|shorter than 12 octets
                                                                                        long\\u0007enough key|control characters
                                                                                        """)
    void a_doubtful_key_is_told_without_telling_the_key(String text, String expected) {
        TcpKey key = key(text.replace("\\n", "").replace("\\u0007", "\u0007"));

        assertThat(KeyDoubts.of(key)).singleElement().asString().contains(expected).doesNotContain("enough key");
    }

    @Test
    void a_good_key_raises_no_doubts() {
        assertThat(KeyDoubts.of(key("long enough, and printable"))).isEmpty();
    }

    @Test
    void made_keys_are_32_letters_and_digits_and_never_the_same() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            TcpKey key = RandomKey.make();
            assertThat(text(key)).matches("[A-Za-z][A-Za-z0-9]{31}");
            assertThat(KeyDoubts.of(key)).isEmpty();
            made.add(text(key));
        }
        assertThat(made).hasSize(200);
    }

    /** Hosts with different versions compare them: what is written here must never change. */
    @Test
    void the_fingerprint_of_a_key_is_the_same_everywhere() {
        assertThat(Fingerprint.of(key("hello there"))).isEqualTo("1c33-30d2-92");
        assertThat(Fingerprint.of(key("hello therf"))).isNotEqualTo("1c33-30d2-92");
    }
}
