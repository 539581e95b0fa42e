package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.PeerKind;

/** A client goes and comes back: with a farewell, without one, and for longer than anybody waits. */
abstract class ClientRestartSuite extends PeerSuite {
    private final Host rr = host("rr", 1);
    private final Reflector reflector = Reflector.of(Plan.forEverybody(rr, AS));
    private final BgpPeer restarting = peer("restarting", 2, AS, rr);
    private final BgpPeer observer = peer("observer", 3, AS, rr);

    ClientRestartSuite(PeerKind kind) {
        super(kind);
    }

    @BeforeAll
    void start() {
        reflector.start();
        restarting.start();
        observer.start();
        awaitSessions(observer, rr);
    }

    @BeforeEach
    void announce() {
        restarting.announce(Announcement.of("10.1.0.0/24").withMed(1));
        restarting.announce(Announcement.of("10.2.0.0/24").withMed(1));
        restarting.announce(Announcement.of("fd00:1::/64").withMed(1));
        awaitSessions(restarting, rr);
        awaitRoute(observer, "10.1.0.0/24");
        awaitRoute(observer, "10.2.0.0/24");
        awaitRoute(observer, "fd00:1::/64");
    }

    @Test
    void a_client_that_is_stopped_and_started_has_exactly_its_new_routes() {
        restarting.stop();
        comesBackWithOtherRoutes();
    }

    @Test
    void a_client_that_is_killed_and_started_has_exactly_its_new_routes() {
        restarting.kill();
        comesBackWithOtherRoutes();
    }

    @Test
    void the_routes_of_a_killed_client_stay_if_it_keeps_forwarding_and_go_if_it_does_not() {
        if (kind().keepsForwarding()) {
            assertRoutesStay();
        } else {
            restarting.kill();
            awaitNoRoute(observer, "10.1.0.0/24");
            awaitNoRoute(observer, "fd00:1::/64");
            restarting.start();
            awaitRoute(observer, "10.1.0.0/24");
            awaitRoute(observer, "fd00:1::/64");
        }
    }

    private void assertRoutesStay() {
        try (RouteWatch watch = RouteWatch.of(observer, "10.1.0.0/24", "fd00:1::/64")) {
            restarting.kill();
            restarting.start();
            awaitSessions(restarting, rr);
            // What it announces last arrives after everything that the restart could have taken away.
            restarting.announce(Announcement.of("10.9.0.0/24"));
            restarting.announce(Announcement.of("fd00:9::/64"));
            awaitRoute(observer, "10.9.0.0/24");
            awaitRoute(observer, "fd00:9::/64");

            assertThat(watch.stop()).isEmpty();
        } finally {
            restarting.withdraw("10.9.0.0/24");
            restarting.withdraw("fd00:9::/64");
        }
    }

    private void comesBackWithOtherRoutes() {
        restarting.withdraw("10.1.0.0/24");
        restarting.announce(Announcement.of("10.2.0.0/24").withMed(2));
        restarting.announce(Announcement.of("10.3.0.0/24"));
        restarting.start();
        awaitSessions(restarting, rr);

        awaitRoute(observer, "10.3.0.0/24");
        eventually(() -> assertThat(observer.route("10.2.0.0/24")).get().satisfies(
                seen -> assertThat(seen.med().orElseThrow()).isEqualTo(2)));
        awaitRoute(observer, "fd00:1::/64");
        awaitNoRoute(observer, "10.1.0.0/24");
        restarting.withdraw("10.3.0.0/24");
        awaitNoRoute(observer, "10.3.0.0/24");
    }
}
