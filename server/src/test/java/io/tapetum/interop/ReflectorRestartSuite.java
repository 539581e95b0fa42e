package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.lab.Capture;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Membership;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.interop.wire.CapturedMessage;

/**
 * The reflector goes and comes back, and its clients forward packets all the while (RFC 4724). The clients are configured
 * one by one, so that the restarted reflector knows for whom to wait.
 */
abstract class ReflectorRestartSuite extends PeerSuite {
    private final Host rr = host("rr", 1);
    private final BgpPeer first = peer("first", 2, AS, rr);
    private final BgpPeer second = peer("second", 3, AS, rr);
    private final Reflector reflector = Reflector
            .of(new Plan(rr, AS, rr.ipv4(), Membership.client(first.host().ipv4(), AS),
                    Membership.client(first.host().ipv6(), AS), Membership.client(second.host().ipv4(), AS),
                    Membership.client(second.host().ipv6(), AS)));

    ReflectorRestartSuite(PeerKind kind) {
        super(kind);
    }

    @BeforeAll
    void start() {
        reflector.start();
        first.start();
        second.start();
    }

    @BeforeEach
    void settle() {
        awaitSessions(first, rr);
        awaitSessions(second, rr);
        first.announce(Announcement.of("10.1.0.0/24"));
        first.announce(Announcement.of("fd00:1::/64"));
        second.announce(Announcement.of("10.2.0.0/24"));
        awaitRoute(second, "10.1.0.0/24");
        awaitRoute(second, "fd00:1::/64");
        awaitRoute(first, "10.2.0.0/24");
    }

    @Test
    void no_route_is_missing_while_the_reflector_is_stopped_and_started() {
        try (Capture capture = Capture.on(rr, "stop")) {
            assertNothingMissing(reflector::terminate);

            List<String> notifications = capture.stop().stream()
                    .filter(message -> message.source().equals(rr.ipv4()) || message.source().equals(rr.ipv6()))
                    .map(CapturedMessage::notification).flatMap(Optional::stream).toList();
            assertThat(notifications).as("a NOTIFICATION would make clients drop their routes").isEmpty();
        }
    }

    @Test
    void no_route_is_missing_while_the_reflector_is_killed_and_started() {
        assertNothingMissing(reflector::kill);
    }

    @Test
    void what_was_withdrawn_while_the_reflector_was_away_is_gone_after_it_is_back() {
        reflector.kill();
        first.withdraw("10.1.0.0/24");
        reflector.start();

        awaitSessions(first, rr);
        awaitSessions(second, rr);
        awaitNoRoute(second, "10.1.0.0/24");
        awaitRoute(second, "fd00:1::/64");
    }

    private void assertNothingMissing(Runnable ending) {
        // RFC 4724 §4.1 has a restarted speaker wait for everybody who announced graceful restart, whatever the families.
        Assumptions.assumeTrue(kind().keepsForwarding() || !Reflector.standIn(),
                "BIRD does not wait for the End-of-RIB of mere helpers");
        try (RouteWatch watch = RouteWatch.of(second, "10.1.0.0/24", "fd00:1::/64")) {
            ending.run();
            eventually(() -> assertThat(second.sessionUp(rr.ipv4())).isFalse());
            reflector.start();
            awaitSessions(first, rr);
            awaitSessions(second, rr);
            // What is announced last arrives after everything that the restart could have taken away.
            first.announce(Announcement.of("10.9.0.0/24"));
            first.announce(Announcement.of("fd00:9::/64"));
            awaitRoute(second, "10.9.0.0/24");
            awaitRoute(second, "fd00:9::/64");

            assertThat(watch.stop()).isEmpty();
        } finally {
            first.withdraw("10.9.0.0/24");
            first.withdraw("fd00:9::/64");
        }
    }
}
