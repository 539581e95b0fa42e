package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.lab.Commands;
import io.tapetum.interop.lab.Daemon;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.interop.reflector.Installation;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.interop.wire.Protection;

/**
 * Keys that would be recognized anywhere are used, mistaken and rotated, with everything logged there is, and nothing that a
 * running reflector says to anybody has them.
 */
final class PlantedKeyIT extends PeerSuite {
    private static final String IN_FILE = "planted-in-a-file-x7Kq";
    private static final String IN_NEW_FILE = "planted-in-its-successor-p2Vd";
    private static final String IN_VARIABLE = "planted-in-a-variable-m9Rz";
    private static final List<String> PLANTED = List.of(IN_FILE, IN_NEW_FILE, IN_VARIABLE);

    private final Host rr = host("rr", 1);
    private final BgpPeer filed = peer("filed", 2, AS, Protection.key(IN_FILE), rr);
    private final BgpPeer varied = peer("varied", 3, AS, Protection.key(IN_VARIABLE), rr);
    private final BgpPeer mistaken = peer("mistaken", 4, AS, Protection.key("some-other-key"), rr);
    private final List<String> said = new ArrayList<>();
    private @Nullable Daemon reflector;

    PlantedKeyIT() {
        super(PeerKind.BIRD_1);
    }

    @BeforeAll
    void start() throws IOException {
        Path key = rr.write("key", IN_FILE + "\n");
        Path configuration = rr.write("tapetum.conf", """
                                                      tapetum {
                                                        as = %d
                                                        router-id = "%s"
                                                        log.level = trace
                                                        control.directory = "%s"
                                                        peer-defaults { role = client, as = %d }
                                                        peers = [
                                                          { address = "10.77.0.2", tcp-md5-key = "file:%6$s" }
                                                          { address = "fd77::2", tcp-md5-key = "file:%6$s" }
                                                          { address = "10.77.0.3", tcp-md5-key = "env:%5$s" }
                                                          { address = "fd77::3", tcp-md5-key = "env:%5$s" }
                                                          { address = "10.77.0.4", tcp-md5-key = "file:%6$s" }
                                                          { address = "fd77::4", tcp-md5-key = "file:%6$s" }
                                                        ]
                                                      }
                                                      """.formatted(AS, rr.ipv4(), rr.sockets(), AS, "PLANTED_KEY",
                key));
        Daemon process = rr.start("reflector", Map.of("PLANTED_KEY", IN_VARIABLE), Installation.launcher(), "run",
                "--config", configuration.toString());
        reflector = process;
        for (BgpPeer peer : List.of(filed, varied, mistaken)) {
            peer.start();
        }
        awaitSessions(filed, rr);
        awaitSessions(varied, rr);
        eventually(() -> assertThat(rr.counter("TCPMD5Failure")).isPositive());
        ask(configuration);

        Files.move(rr.write("key.new", IN_NEW_FILE + "\n"), key, StandardCopyOption.ATOMIC_MOVE);
        filed.rekey(rr.ipv4(), IN_NEW_FILE);
        filed.rekey(rr.ipv6(), IN_NEW_FILE);
        varied.kill();
        eventually(() -> assertThat(varied.host().processes()).isEmpty());
        awaitSessions(filed, rr);
        ask(configuration);
        // A file that holds no key, and one that is gone, are complained about.
        rr.write("key", IN_FILE + IN_NEW_FILE + IN_VARIABLE + IN_FILE + IN_VARIABLE + "\n");
        eventually(() -> assertThat(process.printed()).contains("80 octets at most"));
        ask(configuration);
    }

    @Test
    void nobody_is_told_a_key() {
        assertThat(said).hasSizeGreaterThan(10).anySatisfy(text -> assertThat(text).contains("Established"));

        for (String key : PLANTED) {
            for (String form : forms(key)) {
                assertThat(said)
                        .noneMatch(text -> text.toLowerCase(Locale.ROOT).contains(form.toLowerCase(Locale.ROOT)));
            }
        }
    }

    /** Asks everything that can be asked, and keeps all answers. */
    private void ask(Path configuration) throws IOException {
        for (List<String> command : List.of(List.of("status"), List.of("status", "--wide"),
                List.of("config", "show", "--config", configuration.toString()))) {
            List<String> words = new ArrayList<>(List.of(Installation.launcher()));
            words.addAll(command);
            Commands.Result result = rr.attempt(words.toArray(String[]::new));
            said.add(result.output());
            said.add(result.errors());
        }
        for (String path : List.of("/v1/sessions", "/v1/sources", "/metrics", "/nowhere")) {
            said.add(rr.inside(() -> {
                try (HttpClient client = HttpClient.newHttpClient()) {
                    return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:9179" + path)).build(),
                            BodyHandlers.ofString()).body();
                }
            }));
        }
        for (String suffix : List.of("", "6")) {
            said.add(rr.run(Toolbox.command("bird1", "birdc" + suffix), "-s",
                    rr.sockets().resolve("bird" + suffix + ".ctl").toString(), "show", "protocols", "all"));
        }
        if (reflector != null) {
            said.add(reflector.printed());
            for (ProcessHandle process : reflector.processes().toList()) {
                said.add(Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline")));
            }
        }
    }

    /** What a key looks like if somebody prints it one way or another. */
    private static List<String> forms(String key) {
        byte[] octets = key.getBytes(StandardCharsets.US_ASCII);
        return List.of(key, HexFormat.of().formatHex(octets), HexFormat.ofDelimiter(":").formatHex(octets),
                HexFormat.ofDelimiter(", ").withPrefix("0x").formatHex(octets),
                // Without its last group, which depends on what follows.
                Base64.getEncoder().encodeToString(octets).substring(0, octets.length / 3 * 4),
                java.util.Arrays.toString(octets).replaceAll("[\\[\\]]", ""));
    }
}
