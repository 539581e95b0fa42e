package io.tapetum.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import io.tapetum.server.config.Configuration;
import io.tapetum.server.config.ConfigurationException;
import io.tapetum.server.config.EffectiveConfiguration;
import io.tapetum.server.config.EnvironmentLayer;
import io.tapetum.server.keys.TcpKey;
import io.tapetum.server.keys.WatchedKeyring;

/** A key that can be recognised is put wherever keys can be, and looked for in everything that anybody can see. */
class PlantedKeyTest {

    private static final String KEY = "PLANTED-KEY-0123456789";
    private static final String PASSPHRASE = "PLANTED-PASSPHRASE-0123456789";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    private final Map<String, String> variables = new HashMap<>();
    private final StubKeyboard keyboard = new StubKeyboard();
    private final StringBuilder seen = new StringBuilder();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("io.tapetum");

    @BeforeEach
    void listen() {
        root.setLevel(Level.TRACE);
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        root.detachAppender(log);
        root.setLevel(null);
    }

    private int execute(String... arguments) {
        StringWriter printed = new StringWriter();
        int exit = new CommandLineInterface((settings, _, surroundings) -> {
            seen.append(settings).append(surroundings);
            surroundings.keys().valid("keystore:spines").forEach(seen::append);
            throw new IOException("enough");
        }, _ -> null, _ -> {
        }, variables, keyboard).writingTo(new PrintWriter(printed, true), new PrintWriter(printed, true))
                .execute(arguments);
        seen.append(printed);
        return exit;
    }

    private String write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    /** A configuration with the planted key in every place, that works. */
    private String plant() throws IOException {
        variables.put("PLANTED", KEY);
        variables.put("PASSPHRASE", PASSPHRASE);
        String file = write("planted.key", KEY);
        String config = write("tapetum.conf", """
                                              tapetum {
                                                router-id = 10.0.0.1, listen = [], admin.listen = off
                                                keys { store = "%s", passphrase = "env:PASSPHRASE" }
                                                peers = [
                                                  { address = 10.0.0.2, tcp-md5-key = "keystore:spines" }
                                                  { address = 10.0.0.3, tcp-md5-key = "file:%s" }
                                                  { address = 10.0.0.4, tcp-md5-key = "env:PLANTED" }
                                                ]
                                              }
                                              """.formatted(folder.resolve("tapetum.keys"), file));
        assertThat(execute("keys", "create", "--config", config)).isZero();
        keyboard.pipes(KEY.getBytes(StandardCharsets.US_ASCII));
        assertThat(execute("keys", "add", "spines", "--config", config)).isZero();
        return config;
    }

    private void assertNothingLeaked() {
        log.list.forEach(event -> seen.append(event.getFormattedMessage()).append(event.getKeyValuePairs())
                .append(event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getMessage()));
        for (String secret : List.of(KEY, PASSPHRASE)) {
            byte[] octets = secret.getBytes(StandardCharsets.US_ASCII);
            // Shorter, so that it is found in the middle of something longer too: base64 depends on the place.
            assertThat(seen.toString()).hasSizeGreaterThan(100).doesNotContain(secret.substring(0, 11))
                    .doesNotContainIgnoringCase(HexFormat.of().formatHex(octets, 0, 8))
                    .doesNotContainIgnoringCase(HexFormat.ofDelimiter(":").formatHex(octets, 0, 8));
            for (int skipped = 0; skipped < 3; skipped++) {
                String base64 = Base64.getEncoder().encodeToString(secret.substring(skipped).getBytes(
                        StandardCharsets.US_ASCII));
                assertThat(seen.toString()).doesNotContain(base64.substring(0, 12));
            }
        }
    }

    @Test
    void a_key_that_works_is_nowhere_to_be_seen() throws IOException, ConfigurationException {
        String config = plant();

        assertThat(execute("check", config)).isZero();
        assertThat(execute("config", "show", "--config", config)).isZero();
        assertThat(execute("config", "show", "--format", "json", "--config", config)).isZero();
        assertThat(execute("keys", "list", "--config", config)).isZero();
        assertThat(execute("run", "--config", config)).isEqualTo(1);
        EffectiveConfiguration effective = Configuration.load(Path.of(config), EnvironmentLayer.NONE);
        seen.append(effective);
        try (WatchedKeyring ring = ConfiguredKeys.open(effective, variables)) {
            seen.append(ring.missing()).append(ring.valid("file:" + folder.resolve("planted.key")));
        }

        assertNothingLeaked();
    }

    @Test
    void a_key_in_a_wrong_place_is_nowhere_to_be_seen_either() throws IOException {
        String config = plant();
        String lines = write("lines", "spines " + KEY + "\n" + KEY + " " + KEY + "\n");
        String twice = write("twice", "a " + KEY + "\na " + KEY + "\n");
        String tooLong = write("long.key", KEY.repeat(4));
        variables.put("LONG", KEY.repeat(4));
        variables.put("DECODED", KEY + "\uFFFD");

        assertThat(execute("keys", "add", "leaves", KEY, "--config", config)).isEqualTo(2);
        assertThat(execute("keys", "add", KEY, "--config", config)).isEqualTo(2);
        assertThat(execute("keys", "remove", KEY, "--config", config)).isEqualTo(2);
        assertThat(execute("keys", "list", "--store", "x", "--passphrase", PASSPHRASE)).isEqualTo(2);
        assertThat(execute("keys", "import", lines, "--config", config)).isEqualTo(1);
        assertThat(execute("keys", "import", twice, "--config", config)).isEqualTo(1);
        assertThat(execute("keys", "add", "leaves", "--from-file", tooLong, "--config", config)).isEqualTo(1);
        assertThat(execute("keys", "add", "leaves", "--from-env", "LONG", "--config", config)).isEqualTo(1);
        assertThat(execute("keys", "add", "leaves", "--from-env", "DECODED", "--config", config)).isEqualTo(1);
        keyboard.types(KEY, KEY + "x");
        assertThat(execute("keys", "rotate", "spines", "--config", config)).isEqualTo(1);
        assertThat(execute("check", write("a.conf",
                "tapetum { router-id = 10.0.0.1, keys { store = x, passphrase = " + PASSPHRASE + " } }")))
                .isEqualTo(78);
        assertThat(execute("check", write("b.conf",
                "tapetum { router-id = 10.0.0.1, peer-defaults.tcp-md5-key = " + KEY + " }"))).isEqualTo(78);
        assertThat(execute("check", write("c.conf",
                "tapetum { router-id = 10.0.0.1, peer-defaults.tcp-md5-key = \"" + KEY + " }"))).isEqualTo(78);
        assertThat(execute("check", write("d.conf", Files.readString(Path.of(config)).replace("planted.key",
                "long.key")))).isEqualTo(78);

        assertNothingLeaked();
    }

    @Test
    void a_key_that_changes_or_breaks_while_the_reflector_runs_is_not_logged() throws Exception {
        String config = plant();
        EffectiveConfiguration effective = Configuration.load(Path.of(config), EnvironmentLayer.NONE);
        Path file = folder.resolve("planted.key");
        try (WatchedKeyring ring = ConfiguredKeys.open(effective, variables)) {
            ring.start();
            Files.writeString(file, KEY + KEY);
            await().atMost(PATIENCE).until(() -> ring.valid("file:" + file).size() == 2);
            Files.writeString(file, KEY.repeat(4));
            await().atMost(PATIENCE).until(() -> log.list.stream()
                    .anyMatch(event -> event.getFormattedMessage().contains("is too long")));
            ring.valid("file:" + file).forEach(seen::append);
            assertThat(ring.valid("file:" + file)).extracting(TcpKey::length).containsExactly(44, 22);
        }

        assertNothingLeaked();
    }
}
