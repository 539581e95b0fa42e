package io.tapetum.server.keys;

import static io.tapetum.server.keys.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReaderTest {

    private static final KeyReference VARIABLE = new KeyReference.Variable("KEY");

    @TempDir
    private Path folder = Path.of("");

    private final SecretReader reader = new SecretReader(Map.of());

    private KeyReference file(String content) throws IOException {
        return new KeyReference.InFile(Files.writeString(folder.resolve("secret"), content));
    }

    private static SecretReader withVariable(String text) {
        return new SecretReader(Map.of("KEY", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a key", "a key\n", "a key\r\n"})
    void a_line_break_at_the_end_of_a_file_does_not_count(String content) throws IOException {
        assertThat(reader.key(file(content))).isEqualTo(key("a key"));
        assertThat(SecretReader.piped(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(key("a key"));
    }

    @Test
    void all_else_counts() throws IOException {
        assertThat(reader.key(file(" a\nkey \n\n"))).isEqualTo(key(" a\nkey \n"));
        assertThat(withVariable("a key\n").key(VARIABLE)).isEqualTo(key("a key\n"));
        assertThat(SecretReader.typed("größer".toCharArray())).isEqualTo(key("größer"));
    }

    @Test
    void a_key_has_80_octets_at_most_beside_its_line_break() throws IOException {
        assertThat(reader.key(file("x".repeat(80) + "\r\n"))).isEqualTo(key("x".repeat(80)));
        KeyReference long81 = file("x".repeat(81));
        assertThatThrownBy(() -> reader.key(long81)).isInstanceOf(KeysException.class)
                .hasMessage(long81 + " is too long: 80 octets at most can be used");
        assertThatThrownBy(() -> withVariable("x".repeat(81)).key(VARIABLE)).hasMessage(
                "env:KEY is too long: 80 octets at most can be used");
        assertThatThrownBy(() -> SecretReader.typed("x".repeat(81).toCharArray())).isInstanceOf(KeysException.class)
                .hasMessageContaining("81 octets");
    }

    @Test
    void an_empty_key_or_passphrase_is_refused() throws IOException {
        KeyReference empty = file("\n");

        assertThatThrownBy(() -> reader.key(empty)).isInstanceOf(KeysException.class)
                .hasMessage(empty + " cannot be used: the key is empty");
        assertThatThrownBy(() -> reader.passphrase(empty)).isInstanceOf(KeysException.class)
                .hasMessage("the passphrase in " + empty + " is empty: put it there");
        assertThatThrownBy(() -> withVariable("").key(VARIABLE)).hasMessage("env:KEY cannot be used: the key is empty");
    }

    @Test
    void a_place_that_is_not_there_is_explained() {
        KeyReference missing = new KeyReference.InFile(folder.resolve("none"));

        assertThatThrownBy(() -> reader.key(missing)).isInstanceOf(KeysException.class)
                .hasMessage(folder.resolve("none") + " does not exist: see whether it is mounted, and named right");
        assertThatThrownBy(() -> reader.key(VARIABLE)).isInstanceOf(KeysException.class)
                .hasMessage("the environment has no variable KEY: set it where this process is started");
        assertThatThrownBy(() -> reader.key(new KeyReference.InFile(folder))).isInstanceOf(KeysException.class)
                .hasMessage(folder + " is a folder; expected a file");
    }

    @Test
    void a_variable_that_java_could_not_decode_is_refused() {
        assertThatThrownBy(() -> withVariable("gr\uFFFD\uFFFDer").key(VARIABLE)).isInstanceOf(KeysException.class)
                .hasMessageContaining("put the key into a file");
    }

    @Test
    void a_passphrase_that_is_no_text_is_refused() throws IOException {
        Path file = Files.write(folder.resolve("secret"), new byte[]{'a', (byte) 0xFF});

        assertThatThrownBy(() -> reader.passphrase(new KeyReference.InFile(file))).isInstanceOf(KeysException.class)
                .hasMessage("the passphrase in file:" + file + " is not text in UTF-8").hasNoCause();
    }
}
