package io.tapetum.server.keys;

import static io.tapetum.server.keys.Samples.key;
import static io.tapetum.server.keys.Samples.passphrase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a keystore is opened, and when what is known about it is enough. */
class FollowedKeystoreTest {

    private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private final AtomicInteger opened = new AtomicInteger();

    @BeforeEach
    void create() throws IOException {
        file().create(passphrase("a passphrase"));
        Files.writeString(folder.resolve("pass"), "a passphrase");
    }

    private KeystoreFile file() {
        return new KeystoreFile(folder.resolve("tapetum.keys"));
    }

    private void add(String name) throws IOException {
        file().change(passphrase("a passphrase"), keystore -> keystore.add(name, key("one"), NOW));
    }

    private FollowedKeystore followed() {
        return new FollowedKeystore(file(), new KeyReference.InFile(folder.resolve("pass")),
                new SecretReader(Map.of()));
    }

    private Set<String> names(Keystore keystore) {
        opened.incrementAndGet();
        return Set.copyOf(keystore.keys().keySet());
    }

    @Test
    void it_is_opened_once_and_again_when_two_looks_in_a_row_have_found_another() throws IOException {
        FollowedKeystore keystore = followed();

        assertThat(keystore.look(this::names)).contains(Set.of());
        assertThat(keystore.look(this::names)).isEmpty();
        add("spines");
        assertThat(keystore.look(this::names)).isEmpty();
        assertThat(keystore.look(this::names)).contains(Set.of("spines"));
        assertThat(keystore.look(this::names)).isEmpty();
        assertThat(opened).hasValue(2);
    }

    @Test
    void what_is_not_in_it_is_not_looked_for_again_at_once() throws IOException {
        FollowedKeystore keystore = followed();
        FollowedKeystore.Use<String> failing = _ -> {
            opened.incrementAndGet();
            throw new KeysException("nothing of that");
        };

        for (int i = 0; i < 15; i++) {
            assertThatThrownBy(() -> keystore.look(failing)).isInstanceOf(KeysException.class)
                    .hasMessage("nothing of that");
        }
        assertThat(opened).hasValue(1);
        assertThatThrownBy(() -> keystore.look(failing)).isInstanceOf(KeysException.class);
        assertThat(opened).hasValue(2);
    }

    @Test
    void after_a_fault_of_the_program_it_is_opened_again_though_it_has_not_changed() throws IOException {
        FollowedKeystore keystore = followed();
        FollowedKeystore.Use<String> faulty = _ -> {
            throw new IllegalStateException("a fault");
        };

        assertThatThrownBy(() -> keystore.look(faulty)).isInstanceOf(IllegalStateException.class);
        assertThat(keystore.look(this::names)).contains(Set.of());

        add("spines");
        assertThat(keystore.look(this::names)).isEmpty();
        assertThatThrownBy(() -> keystore.look(faulty)).isInstanceOf(IllegalStateException.class);
        assertThat(keystore.look(this::names)).contains(Set.of("spines"));
    }
}
