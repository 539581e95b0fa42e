package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.interop.lab.Capture;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Membership;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.interop.wire.Protection;
import io.tapetum.interop.wire.TcpSegment;

/** Packets that have passed more routers than there may be between two peers are dropped (RFC 5082). */
abstract class TtlSecuritySuite extends PeerSuite {
    private static final int MAX_TTL = 255;
    /** What has passed one router. */
    private static final int ONE_ROUTER_AWAY = 254;
    /** Long: what the tests forge must fit between two KEEPALIVEs. */
    private static final int HOLD_TIME_SECONDS = 90;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Host rr = host("rr", 1);
    private final Host router = host("router", 9);
    private final BgpPeer near = peer("near", 2, AS, Protection.hops(1), rr);
    private final BgpPeer far = peer("far", 3, AS, Protection.hops(2), rr);
    private final BgpPeer tooFar = peer("too-far", 4, AS, Protection.hops(2), rr);
    private final BgpPeer open = peer("open", 5, AS, Protection.NONE, rr);
    private final Reflector reflector = Reflector.of(new Plan(rr, AS, rr.ipv4(), HOLD_TIME_SECONDS,
            List.of(client(near.host().ipv4(), 1), client(near.host().ipv6(), 1), client(far.host().ipv4(), 2),
                    client(far.host().ipv6(), 2), client(tooFar.host().ipv4(), 1), client(tooFar.host().ipv6(), 1),
                    client(open.host().ipv4(), 0), client(open.host().ipv6(), 0))));

    TtlSecuritySuite(PeerKind kind) {
        super(kind);
    }

    private static Membership client(String address, int hops) {
        return Membership.client(address, AS).with(Protection.hops(hops));
    }

    @BeforeAll
    void start() {
        far.host().reach(rr, router);
        tooFar.host().reach(rr, router);
        reflector.start();
        for (BgpPeer peer : List.of(near, far, tooFar, open)) {
            peer.start();
        }
    }

    @Test
    void what_the_reflector_sends_has_the_highest_ttl_from_the_first_packet_on() {
        try (Capture capture = Capture.on(near.host(), "ttl")) {
            near.stop();
            near.start();
            awaitSessions(near, rr);
            near.announce(Announcement.of("10.1.0.0/24"));
            near.announce(Announcement.of("fd00:1::/64"));
            for (String prefix : List.of("10.1.0.0/24", "fd00:1::/64")) {
                awaitRoute(open, prefix);
            }

            List<TcpSegment> segments = capture.segments();
            for (String[] way : new String[][]{{rr.ipv4(), near.host().ipv4()}, {rr.ipv6(), near.host().ipv6()}}) {
                List<TcpSegment> sent = segments.stream().filter(segment -> segment.went(way[0], way[1])).toList();
                assertThat(sent).anyMatch(TcpSegment::isSyn).allSatisfy(segment -> assertThat(segment.hopLimit())
                        .as(segment.toString()).isEqualTo(MAX_TTL));
            }
        }
    }

    @Test
    void a_peer_behind_a_router_is_up_if_one_may_be_between() {
        awaitSessions(far, rr);
    }

    @Test
    void nothing_comes_of_a_peer_behind_a_router_if_none_may_be_between() {
        awaitSessions(open, rr);
        for (int third = 3; third <= 4; third++) {
            BgpPeer peer = third == 3 ? far : tooFar;
            peer.announce(Announcement.of("10." + third + ".0.0/24"));
            peer.announce(Announcement.of("fd00:" + third + "::/64"));
        }
        awaitRoute(open, "10.3.0.0/24");
        awaitRoute(open, "fd00:3::/64");

        if (Reflector.standIn()) {
            // It believes to be up: the kernel drops what it sends.
            eventually(() -> assertThat(rr.counter("TCPMinTTLDrop")).isPositive());
        } else {
            eventually(() -> assertThat(reflector.report()).contains(
                    "its packets come with a time to live of 254, and ttl-security = 1 asks for 255 at least"));
            assertThat(tooFar.sessionUp(rr.ipv4())).isFalse();
            assertThat(tooFar.sessionUp(rr.ipv6())).isFalse();
        }
        staysSo(() -> {
            assertThat(open.route("10.4.0.0/24")).isEmpty();
            assertThat(open.route("fd00:4::/64")).isEmpty();
        });
    }

    /** Has a peer say something: where its session has ended, that is answered with a reset, and so it knows. */
    private static boolean learnsOfItsEnd(BgpPeer peer, String reflector, Optional<String> session) {
        String prefix = reflector.contains(":") ? "fd00:2::/64" : "10.2.0.0/24";
        peer.withdraw(prefix);
        peer.announce(Announcement.of(prefix));
        try {
            await().atMost(PATIENCE).until(() -> !peer.session(reflector).equals(session));
            return true;
        } catch (ConditionTimeoutException _) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_reset_from_behind_a_router_ends_a_session_without_ttl_security_only(boolean six) {
        String reflectors = six ? rr.ipv6() : rr.ipv4();
        awaitSessions(near, rr);
        awaitSessions(open, rr);
        Optional<String> unharmed = near.session(reflectors);
        Optional<String> harmed = open.session(reflectors);
        long dropped = rr.counter("TCPMinTTLDrop");

        router.send(lastSegment(near, rr, open, six).resetAfter(ONE_ROUTER_AWAY));

        eventually(() -> {
            // In vain if it has said something meanwhile: a reset must stand exactly where its next word would.
            router.send(lastSegment(open, rr, near, six).resetAfter(ONE_ROUTER_AWAY));
            assertThat(learnsOfItsEnd(open, reflectors, harmed)).isTrue();
        });
        eventually(() -> assertThat(rr.counter("TCPMinTTLDrop")).isGreaterThan(dropped));
        assertThat(near.session(reflectors)).isEqualTo(unharmed);
    }
}
