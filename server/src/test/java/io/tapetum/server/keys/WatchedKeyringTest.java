package io.tapetum.server.keys;

import static io.tapetum.server.keys.Samples.key;
import static io.tapetum.server.keys.Samples.passphrase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, and a clock that stands still until it is told to go on. */
class WatchedKeyringTest {

    private static final Duration OVERLAP = Duration.ofMinutes(5);
    private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private Path keyFile = folder;
    private Path store = folder;
    private final List<String> told = new CopyOnWriteArrayList<>();

    /** The counter begins shortly before it overflows, as it may. */
    private long nanoTime = Long.MAX_VALUE - 5;

    @BeforeEach
    void choosePaths() throws IOException {
        keyFile = folder.resolve("spine.key");
        store = folder.resolve("tapetum.keys");
        Files.writeString(folder.resolve("pass"), "a passphrase\n");
    }

    private WatchedKeyring ring(Duration overlap, Map<String, String> variables, String... references) {
        KeyPlaces places = new KeyPlaces(new KeystoreFile(store), new KeyReference.InFile(folder.resolve("pass")),
                variables);
        List<KeyReference> parsed = Arrays.stream(references)
                .map(reference -> KeyReference.parse(reference).orElseThrow()).toList();
        WatchedKeyring ring = new WatchedKeyring(places.sources(parsed), overlap, () -> nanoTime);
        ring.whenChanged(told::add);
        return ring;
    }

    private WatchedKeyring ring(String... references) {
        return ring(OVERLAP, Map.of(), references);
    }

    private void createStore() throws IOException {
        new KeystoreFile(store).create(passphrase("a passphrase"));
    }

    private void change(KeystoreFile.Change change) throws IOException {
        new KeystoreFile(store).change(passphrase("a passphrase"), change);
    }

    /** Two rounds: after the first, a change might still be half of one. */
    private static void look(WatchedKeyring ring) {
        ring.poll();
        ring.poll();
    }

    private void goOn(Duration duration) {
        nanoTime += duration.toNanos();
    }

    @Test
    void keys_are_there_from_the_beginning_wherever_they_are() throws IOException {
        createStore();
        change(keystore -> keystore.add("spines", key("one"), NOW));
        Files.writeString(keyFile, "two\n");

        try (WatchedKeyring ring = ring(OVERLAP, Map.of("KEY", "three"), "keystore:spines", "file:" + keyFile,
                "env:KEY")) {
            assertThat(ring.missing()).isEmpty();
            assertThat(ring.valid("keystore:spines")).containsExactly(key("one"));
            assertThat(ring.valid("file:" + keyFile)).containsExactly(key("two"));
            assertThat(ring.valid("env:KEY")).containsExactly(key("three"));
            assertThat(ring.valid("keystore:leaves")).isEmpty();
        }
    }

    @Test
    void whatever_is_not_there_is_named_with_what_to_do() throws IOException {
        createStore();

        try (WatchedKeyring ring = ring("keystore:spines", "file:" + keyFile, "env:KEY")) {
            assertThat(ring.missing()).hasSize(3)
                    .containsEntry(new KeyReference.Stored("spines"),
                            "the keystore has no key spines: add it with `tapetum keys add spines --config FILE`")
                    .containsEntry(new KeyReference.InFile(keyFile),
                            keyFile + " does not exist: see whether it is mounted, and named right")
                    .containsEntry(new KeyReference.Variable("KEY"),
                            "the environment has no variable KEY: set it where this process is started");
        }
    }

    @Test
    void a_new_key_counts_at_once_and_the_one_before_for_the_overlap() throws IOException {
        Files.writeString(keyFile, "one");
        String reference = "file:" + keyFile;
        try (WatchedKeyring ring = ring(reference)) {
            Files.writeString(keyFile, "two");
            look(ring);

            assertThat(ring.valid(reference)).containsExactly(key("two"), key("one"));
            assertThat(told).containsExactly(reference);

            goOn(OVERLAP.minusNanos(1));
            look(ring);
            assertThat(ring.valid(reference)).containsExactly(key("two"), key("one"));

            goOn(Duration.ofNanos(1));
            look(ring);
            assertThat(ring.valid(reference)).containsExactly(key("two"));
            assertThat(told).containsExactly(reference, reference);
        }
    }

    @Test
    void the_key_before_is_wiped_when_nobody_can_be_about_to_use_it() throws IOException {
        Files.writeString(keyFile, "one");
        String reference = "file:" + keyFile;
        try (WatchedKeyring ring = ring(reference)) {
            TcpKey before = ring.valid(reference).getFirst();
            Files.writeString(keyFile, "two");
            look(ring);
            goOn(OVERLAP);
            look(ring);
            assertThat(before).isEqualTo(key("one"));

            goOn(Duration.ofMinutes(1));
            look(ring);
            assertThat(before).isEqualTo(TcpKey.of(new byte[3]));
            assertThat(ring.valid(reference)).containsExactly(key("two"));
        }
    }

    @Test
    void a_copy_of_the_key_that_is_known_already_is_wiped_at_once() {
        KeyReference reference = new KeyReference.Stored("spines");
        TcpKey first = key("one");
        TcpKey second = key("one");
        Iterator<TcpKey> copies = List.of(first, second).iterator();
        KeySource source = new KeySource() {
            @Override
            public Set<KeyReference> references() {
                return Set.of(reference);
            }

            @Override
            public Optional<Map<KeyReference, TcpKey>> look() {
                return Optional.of(Map.of(reference, copies.next()));
            }
        };
        try (WatchedKeyring ring = new WatchedKeyring(List.of(source), OVERLAP, () -> nanoTime)) {
            ring.poll();

            assertThat(second).isEqualTo(TcpKey.of(new byte[3]));
            assertThat(ring.valid("keystore:spines")).containsExactly(key("one"));
        }
    }

    @Test
    void without_an_overlap_only_the_new_key_counts() throws IOException {
        Files.writeString(keyFile, "one");
        try (WatchedKeyring ring = ring(Duration.ZERO, Map.of(), "file:" + keyFile)) {
            Files.writeString(keyFile, "two");
            look(ring);

            assertThat(ring.valid("file:" + keyFile)).containsExactly(key("two"));
        }
    }

    @Test
    void a_rotation_that_is_taken_back_leaves_both_keys_valid() throws IOException {
        Files.writeString(keyFile, "one");
        try (WatchedKeyring ring = ring("file:" + keyFile)) {
            Files.writeString(keyFile, "two");
            look(ring);
            Files.writeString(keyFile, "one");
            look(ring);

            assertThat(ring.valid("file:" + keyFile)).containsExactly(key("one"), key("two"));
        }
    }

    @Test
    void of_many_rotations_within_an_overlap_the_last_two_keys_before_stay_valid() throws IOException {
        Files.writeString(keyFile, "one");
        try (WatchedKeyring ring = ring("file:" + keyFile)) {
            for (String next : List.of("two", "three", "four")) {
                Files.writeString(keyFile, next);
                look(ring);
            }

            assertThat(ring.valid("file:" + keyFile)).containsExactly(key("four"), key("three"), key("two"));
        }
    }

    @Test
    void half_of_a_key_is_not_taken_for_one() throws IOException {
        Files.writeString(keyFile, "one");
        try (WatchedKeyring ring = ring("file:" + keyFile)) {
            Files.writeString(keyFile, "tw");
            ring.poll();
            Files.writeString(keyFile, "two");
            ring.poll();
            assertThat(ring.valid("file:" + keyFile)).containsExactly(key("one"));

            ring.poll();
            assertThat(ring.valid("file:" + keyFile)).containsExactly(key("two"), key("one"));
        }
    }

    /** Of the same length, at the same time, and by a link two folders above, as Kubernetes does it. */
    @Test
    void a_mounted_secret_that_is_replaced_by_a_link_is_noticed() throws IOException {
        Path first = Files.createDirectory(folder.resolve("..data-1"));
        Path second = Files.createDirectory(folder.resolve("..data-2"));
        Files.writeString(first.resolve("key"), "one");
        Files.writeString(second.resolve("key"), "two");
        Files.setLastModifiedTime(second.resolve("key"), Files.getLastModifiedTime(first.resolve("key")));
        Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
        Files.createSymbolicLink(keyFile, Path.of("..data/key"));
        try (WatchedKeyring ring = ring("file:" + keyFile)) {
            Path next = Files.createSymbolicLink(folder.resolve("..next"), second.getFileName());
            Files.move(next, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            look(ring);

            assertThat(ring.valid("file:" + keyFile)).containsExactly(key("two"), key("one"));
        }
    }

    @Test
    void a_file_that_vanishes_or_is_no_key_any_more_costs_no_session_but_is_told() throws IOException {
        Files.writeString(keyFile, "one");
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (WatchedKeyring ring = ring("file:" + keyFile); LogLines log = LogLines.of(WatchedKeyring.class)) {
            ring.bindTo(meters);
            for (String broken : List.of("", "x".repeat(90))) {
                Files.writeString(keyFile, broken);
                look(ring);
                assertThat(meters.get("tapetum.keys.unreadable").gauge().value()).isEqualTo(1);
            }
            Files.delete(keyFile);
            look(ring);
            goOn(OVERLAP.multipliedBy(2));
            look(ring);

            assertThat(ring.valid("file:" + keyFile)).containsExactly(key("one"));
            assertThat(told).isEmpty();
            assertThat(log.lines()).satisfiesExactly(
                    empty -> assertThat(empty).startsWith("WARN file:" + keyFile).contains("the key is empty"),
                    tooLong -> assertThat(tooLong).startsWith("WARN").contains("80 octets at most"),
                    gone -> assertThat(gone).startsWith("WARN").contains("does not exist")
                            .contains("the keys of before stay valid"));

            Files.writeString(keyFile, "one");
            look(ring);
            assertThat(log.lines()).last().asString().isEqualTo("INFO file:" + keyFile + ": can be read again");
            assertThat(meters.get("tapetum.keys.unreadable").gauge().value()).isZero();
        }
    }

    @Test
    void the_keystore_is_followed_and_a_key_that_is_removed_from_it_ends_after_the_overlap() throws IOException {
        createStore();
        change(keystore -> {
            keystore.add("spines", key("one"), NOW);
            keystore.add("leaves", key("two"), NOW);
        });
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (WatchedKeyring ring = ring("keystore:spines", "keystore:leaves")) {
            ring.bindTo(meters);
            change(keystore -> {
                keystore.remove("spines");
                keystore.rotate("leaves", key("three"), NOW);
                keystore.add("others", key("four"), NOW);
            });
            look(ring);

            assertThat(ring.valid("keystore:spines")).containsExactly(key("one"));
            assertThat(ring.valid("keystore:leaves")).containsExactly(key("three"), key("two"));
            assertThat(told).containsExactlyInAnyOrder("keystore:spines", "keystore:leaves");

            goOn(OVERLAP);
            look(ring);
            assertThat(ring.valid("keystore:spines")).isEmpty();
            assertThat(ring.valid("keystore:leaves")).containsExactly(key("three"));
            assertThat(meters.get("tapetum.keys.changes").functionCounter().count()).isEqualTo(4);
        }
    }

    @Test
    void a_keystore_that_cannot_be_opened_changes_nothing_until_it_can_be() throws IOException {
        createStore();
        change(keystore -> keystore.add("spines", key("one"), NOW));
        byte[] good = Files.readAllBytes(store);
        try (WatchedKeyring ring = ring("keystore:spines"); LogLines log = LogLines.of(WatchedKeyring.class)) {
            Files.write(store, Arrays.copyOf(good, good.length / 2));
            look(ring);
            Files.delete(store);
            look(ring);
            Files.writeString(folder.resolve("pass"), "another passphrase");
            replaceStore(key("two"));
            look(ring);
            Files.writeString(folder.resolve("pass"), "a passphrase");
            look(ring);
            assertThat(ring.valid("keystore:spines")).containsExactly(key("one"));
            assertThat(log.lines()).extracting(line -> line.replaceAll("keystore:spines: \\S+ ", ""))
                    .satisfiesExactly(half -> assertThat(half).startsWith("WARN is cut off"),
                            gone -> assertThat(gone).startsWith("WARN does not exist"),
                            wrong -> assertThat(wrong).startsWith("WARN cannot be opened with this passphrase"));

            // A passphrase that was put right is tried again, though not at every look.
            for (int i = 0; i < 30; i++) {
                ring.poll();
            }
            assertThat(ring.valid("keystore:spines")).containsExactly(key("two"), key("one"));
        }
    }

    private void replaceStore(TcpKey key) throws IOException {
        createStore();
        change(keystore -> keystore.add("spines", key, NOW));
    }

    @Test
    void a_listener_that_fails_does_not_keep_others_from_being_told() throws IOException {
        Files.writeString(keyFile, "one");
        List<String> second = new ArrayList<>();
        try (WatchedKeyring ring = ring("file:" + keyFile)) {
            ring.whenChanged(_ -> {
                throw new IllegalStateException("a fault");
            });
            ring.whenChanged(second::add);
            Files.writeString(keyFile, "two");
            look(ring);

            assertThat(second).containsExactly("file:" + keyFile);
        }
    }

    @Test
    void a_ring_that_was_started_looks_by_itself() throws IOException {
        Files.writeString(keyFile, "one");
        try (WatchedKeyring ring = WatchedKeyring.of(List.of(new KeyReference.InFile(keyFile)),
                new KeyPlaces(null, null, Map.of()), OVERLAP)) {
            ring.start();
            Files.writeString(keyFile, "two");

            await().atMost(Duration.ofSeconds(60)).untilAsserted(
                    () -> assertThat(ring.valid("file:" + keyFile)).containsExactly(key("two"), key("one")));
        }
    }

    @Test
    void two_rings_are_one_in_which_secrets_are_asked_for_by_their_prefix() throws IOException {
        Files.writeString(keyFile, "one");
        try (WatchedKeyring others = ring("file:" + keyFile)) {
            WatchedKeyring secrets = ring(OVERLAP, Map.of("KEY", "two"), "env:KEY");
            Keyring both = new CompositeKeyring(secrets, others);
            both.whenChanged(told::add);

            assertThat(both.valid("file:" + keyFile)).containsExactly(key("one"));
            assertThat(both.valid("env:KEY")).isEmpty();
            assertThat(both.valid("secret:ns/name/key")).isEmpty();
            Files.writeString(keyFile, "three");
            look(others);
            assertThat(told).containsExactly("file:" + keyFile, "file:" + keyFile);
            secrets.close();
        }
    }
}
