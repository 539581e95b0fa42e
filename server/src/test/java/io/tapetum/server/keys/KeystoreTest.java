package io.tapetum.server.keys;

import static io.tapetum.server.keys.Samples.key;
import static io.tapetum.server.keys.Samples.passphrase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.crypto.util.PBKDFConfig;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.tls.TestIdentity;
import io.tapetum.server.tls.TlsIdentity;

class KeystoreTest {

    private static final Instant MORNING = Instant.parse("2026-11-28T08:00:00Z");
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    /** Each bit of an octet, each two neighbouring ones, and all. */
    private static final int[] CHANGES = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x03, 0x06, 0x0C, 0x18, 0x30,
            0x60, 0xC0, 0xFF};

    @TempDir
    private Path folder = Path.of("");

    private final Passphrase passphrase = passphrase("a passphrase");

    private Keystore reopened(Keystore keystore) throws KeysException {
        return Keystore.decode(keystore.encoded(), passphrase);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 79, 80})
    void keys_of_every_length_come_back_as_they_were(int length) throws KeysException {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        Keystore keystore = Keystore.empty(passphrase);

        keystore.add("spines", TcpKey.of(octets), MORNING);

        assertThat(reopened(keystore).keys()).containsOnlyKeys("spines")
                .containsEntry("spines", new StoredKey(TcpKey.of(octets), MORNING, MORNING));
    }

    @Test
    void an_octet_of_a_key_may_be_any() throws KeysException {
        Keystore keystore = Keystore.empty(passphrase);
        for (int value = 0; value < 256; value++) {
            keystore.add("key-" + value, TcpKey.of(new byte[]{(byte) value, 'x', (byte) value}), MORNING);
        }

        assertThat(reopened(keystore).keys()).isEqualTo(keystore.keys()).hasSize(256);
    }

    @Test
    void a_key_remembers_when_it_came_and_when_it_changed() throws KeysException {
        Keystore keystore = Keystore.empty(passphrase);
        keystore.add("spines", key("before"), MORNING);

        keystore.rotate("spines", key("after"), NOON);

        assertThat(reopened(keystore).keys()).containsEntry("spines", new StoredKey(key("after"), MORNING, NOON));
    }

    @Test
    void the_same_key_once_more_changes_nothing() throws KeysException {
        Keystore keystore = Keystore.empty(passphrase);
        keystore.put("spines", key("same"), MORNING);

        keystore.put("spines", key("same"), NOON);

        assertThat(keystore.keys()).containsEntry("spines", new StoredKey(key("same"), MORNING, MORNING));
        assertThatThrownBy(() -> keystore.rotate("spines", key("same"), NOON)).isInstanceOf(KeysException.class)
                .hasMessage("spines has this key already; a rotation needs another");
    }

    @Test
    void names_are_taken_once_and_must_be_there_to_be_changed() throws KeysException {
        Keystore keystore = Keystore.empty(passphrase);
        keystore.add("spines", key("a key"), MORNING);

        assertThatThrownBy(() -> keystore.add("spines", key("another"), NOON)).isInstanceOf(KeysException.class)
                .hasMessageContaining("there is a key spines already").hasMessageContaining("keys rotate spines");
        assertThatThrownBy(() -> keystore.remove("spine")).isInstanceOf(KeysException.class)
                .hasMessage("there is no key spine; there are spines");
        keystore.remove("spines");
        assertThatThrownBy(() -> keystore.rotate("spines", key("another"), NOON)).isInstanceOf(KeysException.class)
                .hasMessage("there is no key spines; the keystore is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void a_tls_certificate_and_its_key_come_back_beside_the_keys(String algorithm) throws KeysException {
        TestIdentity made = TestIdentity.of(folder, "rr1", algorithm);
        Keystore keystore = Keystore.empty(passphrase);
        keystore.add("spines", key("a key"), MORNING);
        assertThat(keystore.tls()).isEmpty();

        keystore.putTls(new TlsIdentity(List.of(made.certificate()), made.key()));

        Keystore reopened = reopened(keystore);
        assertThat(reopened.tls()).hasValueSatisfying(identity -> {
            assertThat(identity.chain()).containsExactly(made.certificate());
            assertThat(identity.key().getAlgorithm()).isEqualTo(made.key().getAlgorithm());
            assertThat(identity.belongsTogether()).isTrue();
        });
        assertThat(reopened.keys()).containsOnlyKeys("spines");
    }

    @Test
    void what_is_encoded_shows_neither_names_nor_keys() throws KeysException {
        Keystore keystore = Keystore.empty(passphrase);
        keystore.add("spines", key("PLANTED-KEY-0123456789"), MORNING);

        assertThat(new String(keystore.encoded(), StandardCharsets.ISO_8859_1)).doesNotContain("PLANTED")
                .doesNotContain("spines");
    }

    @Test
    void closing_wipes_the_keys() throws KeysException {
        Keystore keystore = Keystore.empty(passphrase);
        keystore.add("spines", key("a key"), MORNING);
        TcpKey held = keystore.keys().firstEntry().getValue().key();

        keystore.close();

        assertThat(held).isEqualTo(TcpKey.of(new byte[5]));
        assertThat(keystore.keys()).isEmpty();
    }

    @Test
    void another_passphrase_does_not_open_it() {
        byte[] encoded = Keystore.empty(passphrase).encoded();

        assertThatThrownBy(() -> Keystore.decode(encoded, passphrase("another passphrase")))
                .isInstanceOf(KeysException.class).hasMessageContaining("the passphrase of another keystore");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "spines a key", "-----BEGIN CERTIFICATE-----"})
    void a_file_of_another_kind_is_said_to_be_no_keystore(String content) {
        assertThatThrownBy(() -> Keystore.decode(content.getBytes(StandardCharsets.UTF_8), passphrase))
                .isInstanceOf(KeysException.class).hasMessageContaining("is no keystore");
    }

    @Test
    void a_keystore_that_is_cut_off_is_said_to_be() {
        byte[] encoded = Keystore.empty(passphrase).encoded();
        for (int length = 2; length < encoded.length; length++) {
            byte[] part = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> Keystore.decode(part, passphrase)).isInstanceOf(KeysException.class)
                    .hasMessageContaining("is cut off");
        }
    }

    /** Opening them would take minutes, or more memory than there is. */
    @Test
    void a_derivation_that_asks_too_much_is_refused_before_it_begins() throws Exception {
        for (PBKDFConfig much : new PBKDFConfig[]{
                new PBKDF2Config.Builder().withPRF(PBKDF2Config.PRF_SHA512).withIterationCount(1_000_001)
                        .withSaltLength(8).build(),
                new ScryptConfig.Builder(16, 8, 1).withSaltLength(8).build()}) {
            byte[] encoded = emptyKeystore(much);

            assertThatThrownBy(() -> Keystore.decode(encoded, passphrase)).isInstanceOf(KeysException.class)
                    .hasMessageContaining("is no keystore of this program, or it was damaged");
        }
    }

    @Test
    void random_octets_are_refused_in_sentences_whatever_they_are() {
        long seed = new SplittableRandom().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] octets = new byte[random.nextInt(200)];
            random.nextBytes(octets);
            if (octets.length > 4 && random.nextBoolean()) {
                // Far enough to be parsed.
                octets[0] = 0x30;
                octets[1] = (byte) 0x82;
                octets[2] = 0;
                octets[3] = (byte) (octets.length - 4);
            }
            assertThat(catchThrowable(() -> Keystore.decode(octets, passphrase))).as("seed %d, round %d", seed, i)
                    .isInstanceOf(KeysException.class);
        }
    }

    @Test
    void deep_nesting_is_refused_in_a_sentence() {
        byte[] nested = new byte[60_000];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        assertThat(catchThrowable(() -> Keystore.decode(nested, passphrase))).isInstanceOf(KeysException.class);
    }

    @Test
    void a_keystore_of_which_any_octet_was_changed_does_not_open() throws Exception {
        byte[] encoded = emptyKeystore(new PBKDF2Config.Builder().withPRF(PBKDF2Config.PRF_SHA512)
                .withIterationCount(1).withSaltLength(32).build());
        assertThatCode(() -> Keystore.decode(encoded, passphrase)).doesNotThrowAnyException();
        for (int i = 0; i < encoded.length; i++) {
            for (int bits : CHANGES) {
                byte[] changed = encoded.clone();
                changed[i] ^= (byte) bits;
                assertThat(catchThrowable(() -> Keystore.decode(changed, passphrase)))
                        .as("octet %d: %02x instead of %02x", i, changed[i], encoded[i])
                        .isInstanceOf(KeysException.class);
            }
        }
    }

    private byte[] emptyKeystore(PBKDFConfig derivation) throws GeneralSecurityException, IOException {
        KeyStore store = Bcfks.keystore();
        store.load(null, null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Bcfks.store(store, out, passphrase.characters(), derivation);
        return out.toByteArray();
    }
}
