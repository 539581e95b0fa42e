package io.tapetum.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;

import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.LabSuite;
import io.tapetum.interop.lab.Commands;
import io.tapetum.interop.lab.Daemon;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.interop.reflector.Installation;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.Neighbour;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.interop.wire.Attribute;
import io.tapetum.interop.wire.Protection;
import io.tapetum.interop.wire.RawSpeaker;
import io.tapetum.interop.wire.Update;

/**
 * A real Prometheus watches a reflector with real clients. For each alert its cause is made, the alert is seen to fire, the
 * cause is removed, and the alert is seen to be over; after each test no alert fires.
 *
 * <p>The rules are those that are shipped, in fast motion; thresholds that are a time, or a number in a time, are shorter
 * accordingly. What a test cannot cause, or not within seconds, is left to the numbers of {@link PromtoolRulesIT}:
 * {@code TapetumRestartsOften}, {@code TapetumEventLoopStuck}, {@code TapetumEventLoopLate}, {@code TapetumHeapNearLimit},
 * {@code TapetumDirectMemoryNearLimit}, {@code TapetumFilesNearLimit}, {@code TapetumAcceptFails},
 * {@code TapetumRoutesWithheld}, {@code TapetumConvergenceSlow} and {@code TapetumKeysMissing}.
 */
final class PrometheusIT extends LabSuite {

    private static final long AS = 64512;
    private static final int ADMIN = 9179;
    private static final int ADMIN_OF_OTHER = 9180;
    private static final int ETCD = 2379;

    private static final String BGP_PEER = "/calico/resources/v3/projectcalico.org/bgppeers/rr";

    private static final int PREFIXES = 200;
    private static final int LARGE_ROUTES = 60;
    private static final String NEXT_HOP = "0a4d0004";

    private final Host rr = host("rr", 1);
    private final BgpPeer first = bird("first", 2, Protection.NONE);
    private final BgpPeer second = bird("second", 3, Protection.NONE);
    private final Host third = host("third", 4);
    private final BgpPeer wrongKey = bird("wrong-key", 5, Protection.NONE.withKey("another-key"));
    private final Host stranger = host("stranger", 6);

    @SuppressWarnings("NullAway.Init") // before all tests
    private PrometheusServer prometheus;
    @SuppressWarnings("NullAway.Init")
    private Daemon etcd;
    @SuppressWarnings("NullAway.Init")
    private RawSpeaker speaker;

    PrometheusIT() {
        super(PeerKind.BIRD_1);
    }

    private BgpPeer bird(String name, int number, Protection protection) {
        return kind().on(host(name, number), AS, List.of(new Neighbour(rr.ipv4(), AS).with(protection)));
    }

    @BeforeAll
    void start() throws IOException {
        PrometheusServer.need("prometheus");
        need(Toolbox.find("etcd", "etcd").isPresent(), "etcd is not here: ./verify fetches it");
        startEtcd();
        putBgpPeer();
        // So that little fills what the kernel keeps for a client that takes nothing.
        buffers(rr, "wmem");
        buffers(second.host(), "rmem");
        rr.write("key", "the-right-key");
        reflector("reflector",
                """
                tapetum {
                  router-id = "%1$s"
                  addresses.ipv4 = "%1$s"
                  listen = [ "%1$s:179" ]
                  admin.listen = "127.0.0.1:%2$d"
                  restart-deferral = 0 s
                  connections.rate = 600
                  peer-defaults { connect = passive, send-hold-time = 100 s }
                  peers = [
                    { address = "%3$s", name = first }
                    { address = "%4$s", name = second }
                    { address = "%5$s", name = third, maximum-prefixes.ipv4 { limit = 300, action = warn } }
                  ]
                  dynamic-peers = [ { range = "%6$s/32", tcp-md5-key = "file:%7$s" } ]
                  datastore { type = etcd-v3, etcd.endpoints = [ "http://127.0.0.1:%8$d" ] }
                }
                """.formatted(rr.ipv4(), ADMIN, first.host().ipv4(), second.host().ipv4(), third.ipv4(),
                        wrongKey.host().ipv4(), keyFile(), ETCD));
        first.announce(Announcement.of("10.1.0.0/24"));
        second.announce(Announcement.of("10.2.0.0/24"));
        startClients();
        prometheus = PrometheusServer.start(rr, Shipped.text(Shipped.ALERTS)
                .replace("tapetum_session_lag_seconds) > 60", "tapetum_session_lag_seconds) > 1")
                .replace("tapetum_datastore_sync_age_seconds > 300", "tapetum_datastore_sync_age_seconds > 2")
                .replace("tapetum_tcp_md5_dropped_segments_total[10m]) > 10",
                        "tapetum_tcp_md5_dropped_segments_total[10m]) > 0"));
        eventually(() -> assertThat(prometheus.ready()).isTrue());
        prometheus.scrape(ADMIN);
        eventually(() -> assertThat(prometheus.query("instance:tapetum_sessions_up:count == 3").hasData()).isTrue());
    }

    @AfterAll
    void stop() {
        if (speaker != null) {
            speaker.close();
        }
    }

    @AfterEach
    void nothingFiresAnyMore() {
        eventually(() -> assertThat(prometheus.firing()).isEmpty());
    }

    @Test
    void all_sessions_end_and_come_back() throws IOException {
        first.stop();
        second.stop();
        speaker.close();

        // The first one is over when an hour ago is after the loss.
        fires("TapetumPrefixesDropped: 127.0.0.1:9179 has lost much of its ipv4 table");
        fires("TapetumNoClients: No client has a session with 127.0.0.1:9179",
                "TapetumManySessionsDown: Many sessions with 127.0.0.1:9179 are down",
                "TapetumSessionDown: No session with first on 127.0.0.1:9179",
                "TapetumSessionDown: No session with third on 127.0.0.1:9179");
        startClients();
    }

    @Test
    void one_session_is_down() {
        first.stop();

        firesAlone("TapetumSessionDown: No session with first on 127.0.0.1:9179");
        first.start();
    }

    @Test
    void a_session_comes_and_goes() {
        firesWhile(() -> {
            speaker.close();
            startSpeaker();
        }, "TapetumSessionFlapping: The session with third on 127.0.0.1:9179 comes and goes");
    }

    @Test
    void a_client_with_graceful_restart_is_killed() {
        first.kill();

        fires("TapetumStaleRoutes: 127.0.0.1:9179 keeps paths of lost sessions");
        first.start();
    }

    @Test
    void a_client_takes_nothing() {
        second.host().processes().forEach(process -> signal("-STOP", process));
        for (int i = 0; i < LARGE_ROUTES; i++) {
            speaker.send(Update.announcing(List.of("10.3." + i + ".0/24"), attributes(
                    new Attribute(Attribute.OPTIONAL_TRANSITIVE, Attribute.COMMUNITIES,
                            "%08x".formatted(i).repeat(900)))));
        }

        fires("TapetumPeerLags: second does not take its routes from 127.0.0.1:9179",
                "TapetumSendHoldNear: 127.0.0.1:9179 is about to give second up");
        second.host().processes().forEach(process -> signal("-CONT", process));
    }

    @Test
    void a_client_announces_what_came_back_to_it_and_too_much() {
        // Near the limit, and not so many that the table has lost much when they are gone.
        speaker.send(Update.announcing(IntStream.range(0, 60).mapToObj(i -> "10.8." + i + ".0/24").toList(),
                attributes()));

        firesWhile(() -> speaker.send(Update.announcing(List.of("10.9.0.0/24"), attributes(
                new Attribute(Attribute.OPTIONAL, Attribute.CLUSTER_LIST, "0a4d0001")))),
                "TapetumRoutesRefused: 127.0.0.1:9179 refuses routes of third",
                "TapetumMaximumPrefixes: A peer of 127.0.0.1:9179 announces too many prefixes");
    }

    @Test
    void a_stranger_connects_again_and_again() {
        firesWhile(() -> stranger.inside(() -> {
            for (int i = 0; i < 40; i++) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(rr.ipv4(), 179), 1000);
                }
            }
            return null;
        }), "TapetumConnectionsRefused: 127.0.0.1:9179 refuses connections: unknown-source");
    }

    @Test
    void a_client_has_another_key() {
        wrongKey.start();

        fires("TapetumMd5Failures: Somebody's TCP-MD5 key does not match that of 127.0.0.1:9179");
        wrongKey.kill();
    }

    @Test
    void a_key_cannot_be_read() throws IOException {
        Files.delete(keyFile());

        fires("TapetumKeysUnreadable: 127.0.0.1:9179 cannot read all of its keys");
        rr.write("key", "the-right-key");
    }

    @Test
    void the_datastore_is_gone() {
        etcd.kill();

        fires("TapetumDatastoreStale: 127.0.0.1:9179 does not hear of changes in the datastore");
        startEtcd();
    }

    @Test
    void the_datastore_does_not_name_the_reflector() {
        askEtcd("deleterange", BGP_PEER, "");

        fires("TapetumDatastoreProblems: 127.0.0.1:9179 finds faults in the datastore");
        putBgpPeer();
    }

    @Test
    void nobody_is_scraped_and_then_another_reflector_is_down_and_then_it_has_no_routes() throws IOException {
        prometheus.scrape();
        fires("TapetumNotScraped: Prometheus has no reflector to scrape");

        prometheus.scrape(ADMIN, ADMIN_OF_OTHER);
        fires("TapetumDown: Reflector 127.0.0.1:9180 does not answer");
        eventually(() -> assertThat(prometheus.firing())
                .noneMatch(alert -> alert.startsWith("TapetumNotScraped")));

        Daemon other = reflector("other", """
                                          tapetum {
                                            router-id = 10.77.0.200
                                            listen = [ "%s:1179" ]
                                            admin.listen = "127.0.0.1:%d"
                                          }
                                          """.formatted(rr.ipv4(), ADMIN_OF_OTHER));
        firesAlone("TapetumReflectorsDisagree: Reflectors of the cluster main have different ipv4 tables");

        prometheus.scrape(ADMIN);
        other.terminate();
    }

    @Test
    void every_query_of_the_dashboard_can_be_answered_and_most_are() {
        for (String query : Shipped.queries().toList()) {
            String asked = query.replaceAll("\\$(cluster|instance)", ".*").replace("$__rate_interval", "10s");
            // What there is only when something is wrong, or after a collection of garbage.
            boolean rare = query.matches(
                    ".*(> 0\\)|== 0\\)|== 0 unless.*|send_hold_margin_seconds.*|jvm_gc_pause_seconds_sum.*)");
            eventually(() -> {
                PrometheusServer.Answer answer = prometheus.query(asked);
                assertThat(answer.status()).as(query + ": " + answer.text()).isEqualTo(200);
                assertThat(answer.hasData() || rare).as(query).isTrue();
            });
        }
    }

    private void fires(String... alerts) {
        eventually(() -> assertThat(prometheus.firing()).contains(alerts));
    }

    private void firesAlone(String alert) {
        eventually(() -> assertThat(prometheus.firing()).containsExactly(alert));
    }

    /** Of what is counted, once may be too little: it counts for a few seconds only, and not while nobody scrapes. */
    private void firesWhile(ThrowingRunnable cause, String... alerts) {
        eventually(() -> {
            cause.run();
            assertThat(prometheus.firing()).contains(alerts);
        });
    }

    private void startClients() throws IOException {
        first.start();
        second.start();
        eventually(() -> assertThat(List.of(first, second)).allMatch(peer -> peer.sessionUp(rr.ipv4())));
        startSpeaker();
    }

    /** A client that says what no BIRD would, and most of the prefixes there are. */
    private void startSpeaker() throws IOException {
        // It is turned away if it comes back before its last session is seen to have ended.
        do {
            RawSpeaker started = RawSpeaker.connect(third, rr, AS, RawSpeaker.plainCapabilities(AS));
            eventually(() -> assertThat(started.established() || started.ended()).isTrue());
            speaker = started;
        } while (!speaker.established());
        speaker.send(Update.announcing(IntStream.range(0, PREFIXES).mapToObj(i -> "10.3." + i + ".0/24").toList(),
                attributes()));
    }

    private static List<Attribute> attributes(Attribute... more) {
        List<Attribute> attributes = new ArrayList<>(List.of(
                new Attribute(Attribute.WELL_KNOWN, Attribute.ORIGIN, "00"),
                new Attribute(Attribute.WELL_KNOWN, Attribute.AS_PATH, ""),
                new Attribute(Attribute.WELL_KNOWN, Attribute.NEXT_HOP, NEXT_HOP),
                new Attribute(Attribute.WELL_KNOWN, Attribute.LOCAL_PREF, "00000064")));
        attributes.addAll(List.of(more));
        return attributes;
    }

    private Daemon reflector(String name, String configuration) {
        return rr.start(name, Installation.launcher(), "run", "--config",
                rr.write(name + ".conf", configuration).toString());
    }

    private void startEtcd() {
        String clients = "http://127.0.0.1:" + ETCD;
        String peers = "http://127.0.0.1:" + (ETCD + 1);
        etcd = rr.start("etcd", Toolbox.command("etcd", "etcd"), "--data-dir", rr.folder().resolve("etcd").toString(),
                "--listen-client-urls", clients, "--advertise-client-urls", clients, "--listen-peer-urls", peers,
                "--initial-advertise-peer-urls", peers, "--initial-cluster", "default=" + peers);
    }

    private void putBgpPeer() {
        askEtcd("put", BGP_PEER, "{\"spec\": {\"peerIP\": \"%s\"}}".formatted(rr.ipv4()));
    }

    /** Changes a key by etcd's gateway for JSON. */
    private void askEtcd(String what, String key, String value) {
        String request = "{\"key\": \"%s\", \"value\": \"%s\"}".formatted(base64(key), base64(value));
        eventually(() -> assertThat(rr.<Integer>inside(() -> {
            HttpURLConnection connection = (HttpURLConnection) URI
                    .create("http://127.0.0.1:" + ETCD + "/v3/kv/" + what).toURL().openConnection();
            connection.setDoOutput(true);
            try {
                connection.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                return connection.getResponseCode();
            } catch (IOException _) {
                return 0; // It does not listen yet.
            }
        })).isEqualTo(200));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Path keyFile() {
        return rr.folder().resolve("key");
    }

    private static void buffers(Host host, String which) {
        host.run("sh", "-c", "echo 4096 8192 16384 > /proc/sys/net/ipv4/tcp_" + which);
    }

    private static void signal(String signal, ProcessHandle process) {
        Commands.check(Path.of("/"), List.of("kill", signal, Long.toString(process.pid())));
    }
}
