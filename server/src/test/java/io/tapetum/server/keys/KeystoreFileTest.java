package io.tapetum.server.keys;

import static io.tapetum.server.keys.Samples.key;
import static io.tapetum.server.keys.Samples.passphrase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoreFileTest {

    private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");

    @TempDir
    private Path folder = Path.of("");
    private Path path = folder;
    private KeystoreFile file = new KeystoreFile(path);
    private final Passphrase passphrase = passphrase("a passphrase");

    @BeforeEach
    void choosePath() {
        path = folder.resolve("tapetum.keys");
        file = new KeystoreFile(path);
    }

    private List<String> names() throws KeysException {
        try (Keystore keystore = file.open(passphrase)) {
            return List.copyOf(keystore.keys().keySet());
        }
    }

    @Test
    void a_new_keystore_is_empty_and_its_owners_only() throws IOException {
        file.create(passphrase);

        assertThat(names()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
        assertThatThrownBy(() -> file.create(passphrase)).isInstanceOf(KeysException.class)
                .hasMessage(path + " exists already: take another name, or move it away");
    }

    @Test
    void a_change_keeps_the_mode_and_the_link_and_leaves_nothing_beside_but_its_lock() throws IOException {
        file.create(passphrase);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        Path link = Files.createSymbolicLink(folder.resolve("link.keys"), path);

        new KeystoreFile(link).change(passphrase, keystore -> keystore.add("spines", key("a key"), NOW));

        assertThat(names()).containsExactly("spines");
        assertThat(link).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-r-----");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString())).containsExactlyInAnyOrder("tapetum.keys",
                    "tapetum.keys.lock", "link.keys");
        }
    }

    @Test
    void a_change_that_fails_leaves_the_file_as_it_was() throws IOException {
        file.create(passphrase);
        byte[] before = Files.readAllBytes(path);

        assertThatThrownBy(() -> file.change(passphrase, keystore -> {
            keystore.add("spines", key("a key"), NOW);
            keystore.remove("leaves");
        })).isInstanceOf(KeysException.class);

        assertThat(path).hasBinaryContent(before);
    }

    @Test
    void changes_at_the_same_time_are_all_made() throws Exception {
        file.create(passphrase);
        try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = IntStream.range(0, 5).<Future<?>>mapToObj(i -> writers.submit(() -> {
                new KeystoreFile(path).change(passphrase, keystore -> keystore.add("key-" + i, key("key " + i), NOW));
                return null;
            })).toList();
            for (Future<?> each : all) {
                each.get();
            }
        }

        assertThat(names()).hasSize(5);
    }

    @Test
    void a_file_that_is_missing_or_a_folder_or_too_large_is_explained() throws IOException {
        assertThatThrownBy(() -> file.open(passphrase)).isInstanceOf(KeysException.class)
                .hasMessage(path + " does not exist: make it with `tapetum keys create --store " + path + "`");
        assertThatThrownBy(() -> file.change(passphrase, _ -> {
        })).isInstanceOf(KeysException.class).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> new KeystoreFile(folder).open(passphrase)).isInstanceOf(KeysException.class)
                .hasMessage(folder + " is a folder; expected a file");
        Files.write(path, new byte[(16 << 20) + 1]);
        assertThatThrownBy(() -> file.open(passphrase)).isInstanceOf(KeysException.class)
                .hasMessage(path + " is no keystore: it is larger than any");
    }

    @Test
    void a_folder_that_is_not_there_is_explained() {
        assertThatThrownBy(() -> new KeystoreFile(folder.resolve("none/tapetum.keys")).create(passphrase))
                .isInstanceOf(KeysException.class).hasMessageContaining("none/tapetum.keys cannot be written")
                .hasMessageContaining("check the owner and mode of its folder");
    }
}
