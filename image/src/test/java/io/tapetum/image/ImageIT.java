package io.tapetum.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.LabSuite;
import io.tapetum.interop.RouteWatch;
import io.tapetum.interop.container.Container;
import io.tapetum.interop.container.ContainerPlan;
import io.tapetum.interop.container.Podman;
import io.tapetum.interop.flood.Fleet;
import io.tapetum.interop.lab.Commands;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.Neighbour;
import io.tapetum.interop.speaker.PeerKind;

/** The image, run as an operator runs it: by a user who may do next to nothing, on a file system that cannot be written. */
final class ImageIT extends LabSuite {
    private static final Path ARCHIVE = Path.of("target", "tapetum-image.tar");
    private static final long AS = 64512;
    private static final String CONFIGURATION = "/etc/tapetum/tapetum.conf";
    private static final int SESSIONS = 200;
    private static final int ROUTES_OF_EACH = 14;
    private static final long MEBI = 1L << 20;

    private final Host rr = host("rr", 1);
    private final BgpPeer one = node("node-1", 2);
    private final BgpPeer two = node("node-2", 3);
    private final Etcd etcd = new Etcd(host("etcd", 4));
    private final Host fleetHost = host("fleet", 5);

    @SuppressWarnings("NullAway.Init") // before all tests
    private Podman podman;
    @SuppressWarnings("NullAway.Init") // before all tests
    private String image;

    ImageIT() {
        super(PeerKind.BIRD_1);
    }

    private BgpPeer node(String name, int number) {
        return PeerKind.BIRD_1.on(host(name, number), AS,
                List.of(new Neighbour(rr.ipv4(), AS), new Neighbour(rr.ipv6(), AS)));
    }

    @BeforeAll
    void load() {
        need(Podman.available(), "podman is not here: ./verify fetches it");
        need(Etcd.available(), "etcd is not here: ./verify fetches it");
        need(Files.exists(ARCHIVE), "there is no image: mvn -B -Pimage -DskipTests package makes it");
        podman = Podman.open(Path.of("target", "interop", "podman"));
        image = podman.load(ARCHIVE);
        one.announce(Announcement.of("10.65.1.0/26"));
        one.announce(Announcement.of("fd65::100:0/122"));
        two.announce(Announcement.of("10.65.2.0/26"));
        two.announce(Announcement.of("fd65::200:0/122"));
    }

    @AfterEach
    void stopNodes() {
        one.kill();
        two.kill();
    }

    @AfterAll
    void remove() {
        if (podman != null) {
            podman.close();
        }
    }

    @Test
    void it_reflects_between_nodes_and_they_keep_the_routes_while_it_restarts() throws Exception {
        // given
        try (Container container = podman.create(plan("restarts").mount(nodesConfiguration(), CONFIGURATION)
                .arguments("run", "--config", CONFIGURATION))) {
            container.start();
            one.start();
            two.start();
            awaitRoute(one, "10.65.2.0/26");
            awaitRoute(one, "fd65::200:0/122");
            awaitRoute(two, "10.65.1.0/26");
            awaitRoute(two, "fd65::100:0/122");

            // then: operators see in it what they see elsewhere
            assertThat(container.execute("tapetum", "status")).startsWith("Tapetum is running.")
                    .contains("| " + one.host().ipv4() + " ", "| " + two.host().ipv6() + " ");
            assertThat(container.exec("tapetum", "health").status()).isZero();
            assertThat(container.printed()).doesNotContain("WARN", "ERROR", "Exception", "Read-only");

            // when
            try (RouteWatch first = RouteWatch.of(one, "10.65.2.0/26", "fd65::200:0/122");
                    RouteWatch second = RouteWatch.of(two, "10.65.1.0/26", "fd65::100:0/122")) {
                assertThat(container.stop()).isEqualTo(143);
                eventually(() -> assertThat(one.sessionUp(rr.ipv4()) || two.sessionUp(rr.ipv4())).isFalse());
                staysSo(() -> assertThat(one.route("10.65.2.0/26")).isPresent());
                container.start();
                eventually(() -> {
                    for (BgpPeer node : List.of(one, two)) {
                        assertThat(node.sessionUp(rr.ipv4())).as(node.host().name()).isTrue();
                        assertThat(node.sessionUp(rr.ipv6())).as(node.host().name()).isTrue();
                    }
                });
                eventually(() -> assertThat(container.exec("tapetum", "health", "ready").status()).isZero());

                // then
                assertThat(first.stop()).isEmpty();
                assertThat(second.stop()).isEmpty();
            }

            // and: what takes it out of service is no failure
            // This command may be killed with the container, which ends when the peers were told.
            assertThat(container.exec("tapetum", "drain").status()).isIn(0, 137);
            assertThat(container.exitCode()).isZero();
            eventually(() -> assertThat(one.route("10.65.2.0/26")).isEmpty());
        }
    }

    @Test
    void the_environment_of_the_old_image_is_enough() throws Exception {
        // given
        etcd.start();
        etcd.put("bgppeers/rr", "{\"spec\": {\"peerIP\": \"" + rr.ipv4() + "\"}}");
        etcd.putNode(one.host());
        Path sockets = Files.createDirectories(rr.sockets().resolve("birds"));
        Files.setPosixFilePermissions(sockets, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (Container container = podman.create(plan("environment").environment("IP", rr.ipv4())
                .environment("ETCD_ENDPOINTS", etcd.endpoint()).mountWritable(sockets, "/sockets"))) {
            container.start();
            one.start();
            two.start();
            eventually(() -> assertThat(one.sessionUp(rr.ipv4())).isTrue());
            assertThat(two.sessionUp(rr.ipv4())).isFalse();

            // when
            etcd.putNode(two.host());

            // then
            awaitRoute(one, "10.65.2.0/26");
            awaitRoute(two, "10.65.1.0/26");
            assertThat(rr.run(Toolbox.command("bird1", "birdc"), "-s", sockets.resolve("bird.ctl").toString(), "show",
                    "protocols").lines().filter(line -> line.contains("Established"))).hasSize(2);

            // when
            etcd.deleteNode(two.host());

            // then
            eventually(() -> assertThat(one.route("10.65.2.0/26")).isEmpty());
            assertThat(one.sessionUp(rr.ipv4())).isTrue();
            assertThat(two.sessionUp(rr.ipv4())).isFalse();
        }
    }

    @Test
    void a_mistake_in_the_configuration_is_named_with_file_line_and_key() throws Exception {
        Path mistaken = configuration("mistaken.conf", """
                                                       tapetum {
                                                         router-id = 10.77.0.1
                                                         peer-defaults { hold-time = soon }
                                                       }
                                                       """);

        for (List<String> arguments : List.of(List.of("check", CONFIGURATION),
                List.of("run", "--config", CONFIGURATION))) {
            Commands.Result result = podman.run(plan("mistaken").mount(mistaken, CONFIGURATION)
                    .arguments(arguments.toArray(String[]::new)));

            assertThat(result.status()).as("%s: %s", arguments, result.errors()).isEqualTo(78);
            assertThat(result.output() + result.errors()).contains(CONFIGURATION + ":3: ", "hold-time", "soon");
        }
    }

    @Test
    void without_the_capability_the_kernel_does_not_start_it() {
        Commands.Result result = podman
                .run(new ContainerPlan(image, "incapable", rr).with("--cap-drop=all").arguments("--version"));

        assertThat(result.status()).isNotZero();
        assertThat(result.errors()).containsIgnoringCase("tapetum: operation not permitted");
    }

    @Test
    void it_fits_into_little_memory_and_half_a_processor_with_two_hundred_sessions() throws Exception {
        // given
        fleetHost.run(Toolbox.ip(), "route", "add", "local", "10.78.0.0/16", "dev", "lo");
        rr.run(Toolbox.ip(), "route", "add", "10.78.0.0/16", "via", fleetHost.ipv4());
        Path configuration = configuration("fleet.conf", """
                                                         tapetum {
                                                           router-id = "%s"
                                                           restart-deferral = 0 s
                                                           dynamic-peers = [ { range = "10.78.0.0/16" } ]
                                                         }
                                                         """.formatted(rr.ipv4()));
        try (Container container = podman.create(plan("small").with("--memory", "96m", "--cpus", "0.5")
                .mount(configuration, CONFIGURATION).arguments("run", "--config", CONFIGURATION))) {
            container.start();
            awaitRunning(container);
            try (Fleet fleet = Fleet.open(fleetHost, SESSIONS,
                    new InetSocketAddress(InetAddress.ofLiteral(rr.ipv4()), 179))) {
                // when
                Duration took = fleet.converge(ROUTES_OF_EACH);

                // then
                System.out.printf("%d sessions with %d routes each: %d ms%n", SESSIONS, ROUTES_OF_EACH,
                        took.toMillis());
                assertThat(fleet.ended()).isZero();
                assertThat(container.threads().stream().filter(name -> name.startsWith("session-"))).hasSize(1);
                assertThat(heapLimit()).isBetween(16 * MEBI, 64 * MEBI);
            }
            // 137, if the kernel had killed it for want of memory.
            assertThat(container.stop()).isEqualTo(143);
        }
    }

    /** Every container of this suite that is to start. */
    private ContainerPlan plan(String name) {
        return new ContainerPlan(image, name, rr).confined();
    }

    /** As a file that everybody may read, as those of a ConfigMap. */
    private Path configuration(String name, String content) throws IOException {
        Path file = rr.write(name, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        return file;
    }

    /** With peers that are known: so it waits for them in a restart before it tells anybody what there is. */
    private Path nodesConfiguration() throws IOException {
        String peers = Stream.of(one.host(), two.host()).flatMap(host -> Stream.of(host.ipv4(), host.ipv6()))
                .map(address -> "{ address = \"" + address + "\", role = client }\n").reduce("", String::concat);
        return configuration("nodes.conf", """
                                           tapetum {
                                             as = %d
                                             router-id = "%s"
                                             peers = [
                                           %s  ]
                                           }
                                           """.formatted(AS, rr.ipv4(), peers));
    }

    /** The octets that the heap may have, by the metrics. */
    private long heapLimit() {
        String metrics = rr.inside(() -> {
            try (InputStream in = URI.create("http://127.0.0.1:9179/metrics").toURL().openStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        });
        return metrics.lines().filter(line -> line.startsWith("jvm_memory_max_bytes{area=\"heap\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    private static void awaitRunning(Container container) {
        eventually(() -> {
            assertThat(container.running()).as("it runs: %s", container.printed()).isTrue();
            assertThat(container.printed()).contains(" is running: ");
        });
    }

    private static void awaitRoute(BgpPeer node, String prefix) {
        eventually(() -> assertThat(node.route(prefix)).as("%s: %s", node.host().name(), prefix).isPresent());
    }
}
