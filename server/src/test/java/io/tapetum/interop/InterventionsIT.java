package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.tapetum.core.inquiry.Standing;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.Neighbour;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.server.config.Configuration;
import io.tapetum.server.inquiry.Explanation;
import io.tapetum.server.inquiry.RouteQuery;
import io.tapetum.server.inquiry.UnknownPeerException;
import io.tapetum.server.keys.Keyring;
import io.tapetum.server.reflector.Interventions;
import io.tapetum.server.reflector.Interventions.Clear;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.reflector.Surroundings;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.transport.NettyReflector;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/** What operators do to sessions with BIRD 1.6, and what they are told of its routes. */
final class InterventionsIT extends PeerSuite {

    private static final String PREFIX = "10.2.1.0/24";

    private final Host rr = host("rr", 1);
    private final BgpPeer sender = bird("sender", 2);
    private final BgpPeer receiver = bird("receiver", 3);

    @SuppressWarnings("NullAway.Init") // before all tests
    private NettyReflector reflector;

    InterventionsIT() {
        super(PeerKind.BIRD_1);
    }

    private BgpPeer bird(String name, int number) {
        return kind().on(host(name, number), AS, List.of(new Neighbour(rr.ipv4(), AS)));
    }

    @BeforeAll
    void start() {
        Path file = rr.write("tapetum.conf",
                """
                tapetum {
                  router-id = "%s"
                  listen = [ "%s:179" ]
                  restart-deferral = 0 s
                  peers = [ { name = sender, address = "%s" }, { name = receiver, address = "%s" } ]
                }
                """.formatted(rr.ipv4(), rr.ipv4(), sender.host().ipv4(), receiver.host().ipv4()));
        reflector = rr.inside(() -> NettyReflector.start(Configuration.load(file), DesiredPeers.NONE,
                new Surroundings(Keyring.EMPTY, new SimpleMeterRegistry())));
        sender.announce(Announcement.of(PREFIX));
        sender.start();
        receiver.start();
        awaitRoute(receiver, PREFIX);
    }

    @AfterAll
    void stop() {
        if (reflector != null) {
            reflector.close();
        }
    }

    @Test
    void softInMakesThePeerSendItsRoutesAgain() throws UnknownPeerException {
        long before = routesAnnounced();

        assertThat(reflector.clear("sender", Clear.SOFT_IN, "")).isOne();

        eventually(() -> assertThat(routesAnnounced()).isGreaterThan(before));
    }

    @Test
    void softOutMakesThePeerReceiveItsRoutesAgain() throws UnknownPeerException {
        String session = receiver.session(rr.ipv4()).orElseThrow();
        long before = updatesReceived(receiver);

        assertThat(reflector.clear("receiver", Clear.SOFT_OUT, "")).isOne();

        eventually(() -> assertThat(updatesReceived(receiver)).isGreaterThan(before));
        assertThat(receiver.session(rr.ipv4())).contains(session);
    }

    @Test
    void aHardClearEndsTheSessionWithTheMessageAndItComesBack() throws UnknownPeerException {
        String before = receiver.session(rr.ipv4()).orElse("");

        assertThat(reflector.clear(receiver.host().ipv4(), Clear.HARD, "new filters in rack 7")).isOne();

        eventually(() -> assertThat(log(receiver)).contains("new filters in rack 7"));
        eventually(() -> assertThat(receiver.session(rr.ipv4())).isPresent().get().isNotEqualTo(before));
        awaitRoute(receiver, PREFIX);
    }

    @Test
    void aPeerThatIsShutDownStaysDownUntilItIsStarted() throws UnknownPeerException {
        assertThat(reflector.shutdown("sender", "moves to another rack")).isOne();

        eventually(() -> assertThat(log(sender)).contains("moves to another rack"));
        awaitNoRoute(receiver, PREFIX);
        staysSo(() -> assertThat(status("sender").stopped()).isTrue());
        assertThat(explain("sender", PREFIX).summary()).contains("an operator has shut it down");
        assertThat(explain("receiver", PREFIX).summary()).startsWith("Nobody announces " + PREFIX)
                .contains("One peer has no session and announces nothing: sender (for ",
                        "`tapetum show session sender`");

        assertThat(reflector.start(Interventions.ALL)).isOne();
        awaitRoute(receiver, PREFIX);
    }

    @Test
    void whyAPeerHasAPrefixOrHasItNotIsSaid() throws UnknownPeerException {
        eventually(() -> assertThat(explain("receiver", PREFIX).verdict()).isEqualTo(Standing.SENT));
        assertThat(explain("sender", PREFIX).verdict()).isEqualTo(Standing.OWN);

        Explanation missing = explain("receiver", "10.2.1.0/25");

        assertThat(missing.verdict()).isEqualTo(Standing.NO_PATH);
        assertThat(missing.summary()).contains("Nobody announces 10.2.1.0/25", "the shorter 10.2.1.0/24 from sender");
        assertThat(reflector.routes(new RouteQuery(Family.IPV4_UNICAST, RouteQuery.Match.WITHIN, prefix("10.2.0.0/16"),
                RouteQuery.View.ADVERTISED, "receiver", 10, null)).routes()).singleElement().satisfies(route -> {
                    assertThat(route.prefix()).hasToString(PREFIX);
                    assertThat(route.paths()).extracting(path -> path.peer()).containsExactly("sender");
                });
    }

    @Test
    void aRouteThatIsHeldForAPeerThatIsAwaySaysSoAndCanBeTakenAway() throws UnknownPeerException {
        sender.kill();

        eventually(() -> assertThat(explain("receiver", PREFIX).summary()).contains("receiver has been sent " + PREFIX,
                "sender lost its session", "`tapetum shutdown sender` takes it away"));
        Explanation held = explain("receiver", PREFIX);
        assertThat(held.steps().get(1).text()).contains("from sender (held of a session that was lost");
        assertThat(held.paths()).singleElement()
                .satisfies(path -> assertThat(path.heldFor()).isLessThan(Duration.ofMinutes(1)));

        assertThat(reflector.shutdown("sender", "gone for good")).isOne();
        awaitNoRoute(receiver, PREFIX);

        sender.start();
        assertThat(reflector.start(Interventions.ALL)).isOne();
        awaitRoute(receiver, PREFIX);
        assertThat(explain("receiver", PREFIX).paths()).singleElement()
                .satisfies(path -> assertThat(path.heldFor()).isNull());
    }

    private Explanation explain(String peer, String prefix) throws UnknownPeerException {
        return reflector.explain(peer, prefix(prefix));
    }

    private static Prefix prefix(String text) {
        return Prefix.parse(text).orElseThrow();
    }

    private long routesAnnounced() {
        var routes = status("sender").routes().get(Family.IPV4_UNICAST);
        return routes == null ? 0 : routes.announced();
    }

    private SessionStatus status(String peer) {
        return reflector.sessions().stream().filter(session -> session.name().equals(peer)).findFirst().orElseThrow();
    }

    /** How often BIRD has received a route, new or not. */
    private long updatesReceived(BgpPeer bird) {
        String protocols = bird.host().run(Toolbox.command("bird1", "birdc"), "-s",
                bird.host().sockets().resolve("bird.ctl").toString(), "show", "protocols", "all",
                "Node_" + rr.ipv4().replace('.', '_'));
        return protocols.lines().map(String::strip).filter(line -> line.startsWith("Import updates:"))
                .mapToLong(line -> Long.parseLong(line.split("\\s+")[2])).findFirst().orElseThrow();
    }

    private static String log(BgpPeer bird) throws IOException {
        return Files.readString(bird.host().folder().resolve("bird.log"));
    }
}
