package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.interop.lab.BorrowedSocket;
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

/** Sessions in which both sides sign every segment (RFC 2385), with a key of one peer's own or with that of a range. */
abstract class KeySuite extends PeerSuite {
    private static final String FIRST_KEY = "the-key-of-one";
    private static final String RANGE_KEY = "the-key-of-everybody-here";
    private static final String OTHER_KEY = "not-what-was-agreed-upon";
    /** What waits for a key to change may go out after several seconds only, each try later than the one before. */
    private static final int HOLD_TIME_SECONDS = 30;

    private final Host rr = host("rr", 1);
    private final Host stranger = host("stranger", 6);
    private String key = FIRST_KEY;
    private final BgpPeer listed = peer("listed", 2, AS, Protection.key(key), rr);
    private final BgpPeer ranged = peer("ranged", 100, AS, Protection.key(RANGE_KEY), rr);
    private final BgpPeer mistaken = peer("mistaken", 3, AS, Protection.key(OTHER_KEY), rr);
    private final BgpPeer keyless = peer("keyless", 4, AS, Protection.NONE, rr);
    private final BgpPeer alone = peer("alone", 5, AS, Protection.key(OTHER_KEY), rr);
    private final Reflector reflector = Reflector.of(new Plan(rr, AS, rr.ipv4(), HOLD_TIME_SECONDS, List.of(
            client(listed.host().ipv4(), key), client(listed.host().ipv6(), key),
            client(mistaken.host().ipv4(), FIRST_KEY), client(mistaken.host().ipv6(), FIRST_KEY),
            client(keyless.host().ipv4(), FIRST_KEY), client(keyless.host().ipv6(), FIRST_KEY),
            Membership.client(alone.host().ipv4(), AS), Membership.client(alone.host().ipv6(), AS),
            Membership.clientsIn("10.77.0.96/27", AS).with(Protection.key(RANGE_KEY)),
            Membership.clientsIn("fd77::60/123", AS).with(Protection.key(RANGE_KEY)))));

    KeySuite(PeerKind kind) {
        super(kind);
    }

    private static Membership client(String address, String key) {
        return Membership.client(address, AS).with(Protection.key(key));
    }

    @BeforeAll
    void start() {
        reflector.start();
        for (BgpPeer peer : List.of(listed, ranged, mistaken, keyless, alone)) {
            peer.start();
        }
    }

    @BeforeEach
    void settle() {
        awaitSessions(listed, rr);
        awaitSessions(ranged, rr);
    }

    @Test
    void routes_go_through_sessions_with_the_right_key() {
        for (String prefix : List.of("10.1.0.0/24", "fd00:1::/64")) {
            listed.announce(Announcement.of(prefix));
            awaitRoute(ranged, prefix);
        }
        for (String prefix : List.of("10.2.0.0/24", "fd00:2::/64")) {
            ranged.announce(Announcement.of(prefix));
            awaitRoute(listed, prefix);
        }
    }

    @Test
    void who_has_another_key_stays_down_until_it_has_the_right_one() {
        List<Optional<String>> others = sessions(listed, ranged);
        eventually(() -> assertThat(rr.counter("TCPMD5Failure")).isPositive());
        isBlamed(mistaken, "its key is another: compare both sides");
        staysSo(() -> assertThat(sessions(mistaken)).containsOnly(Optional.empty()));

        mistaken.rekey(rr.ipv4(), FIRST_KEY);
        mistaken.rekey(rr.ipv6(), FIRST_KEY);

        awaitSessions(mistaken, rr);
        assertThat(sessions(listed, ranged)).isEqualTo(others);
        mistaken.rekey(rr.ipv4(), OTHER_KEY);
        mistaken.rekey(rr.ipv6(), OTHER_KEY);
    }

    @Test
    void who_does_not_sign_stays_down_where_a_key_is_wanted() {
        eventually(() -> assertThat(rr.counter("TCPMD5NotFound")).isPositive());
        isBlamed(keyless, "it has no key: give it the same key as here");
        staysSo(() -> assertThat(sessions(keyless)).containsOnly(Optional.empty()));
    }

    @Test
    void who_signs_stays_down_where_nobody_knows_the_key() {
        eventually(() -> assertThat(rr.counter("TCPMD5Unexpected")).isPositive());
        isBlamed(alone, "it has a key: give it one here, too");
        staysSo(() -> assertThat(sessions(alone)).containsOnly(Optional.empty()));
    }

    @Test
    void a_session_goes_on_with_the_old_key_until_its_peer_has_the_new_one() {
        Assumptions.assumeFalse(Reflector.standIn(), "BIRD has no overlap of keys");
        List<Optional<String>> others = sessions(ranged);
        List<Optional<String>> before = sessions(listed);
        rekeyReflector("rotated-key-of-one");
        staysSo(() -> assertThat(sessions(listed)).isEqualTo(before));

        rekeyListed();

        eventually(() -> {
            List<Optional<String>> now = sessions(listed);
            assertThat(now).doesNotContain(Optional.empty());
            assertThat(now.getFirst()).isNotEqualTo(before.getFirst());
            assertThat(now.getLast()).isNotEqualTo(before.getLast());
        });
        assertThat(sessions(ranged)).isEqualTo(others);
    }

    @Test
    void a_session_outlives_a_change_of_its_key_on_both_ends() {
        Assumptions.assumeFalse(Reflector.standIn(), "BIRD restarts a session whose key changes");
        List<Optional<String>> before = sessions(listed);

        try (Capture capture = Capture.on(listed.host(), "change");
                BorrowedSocket ipv4 = BorrowedSocket.of(listed.host(), rr.ipv4());
                BorrowedSocket ipv6 = BorrowedSocket.of(listed.host(), rr.ipv6())) {
            rekeyReflector("key-changed-while-alive");
            ipv4.sign(key);
            ipv6.sign(key);

            for (String prefix : List.of("10.3.0.0/24", "fd00:3::/64")) {
                listed.announce(Announcement.of(prefix));
                awaitRoute(ranged, prefix);
            }
            for (String prefix : List.of("10.4.0.0/24", "fd00:4::/64")) {
                ranged.announce(Announcement.of(prefix));
                awaitRoute(listed, prefix);
            }
            assertThat(sessions(listed)).isEqualTo(before);
            List<TcpSegment> segments = capture.segments();
            assertThat(lastIsSigned(segments, rr.ipv4(), listed.host().ipv4())).isTrue();
            assertThat(lastIsSigned(segments, rr.ipv6(), listed.host().ipv6())).isTrue();
        }
        rekeyListed();
    }

    /** Whether the last segment from one address to another has the signature that the new key gives. */
    private boolean lastIsSigned(List<TcpSegment> segments, String from, String to) {
        TcpSegment last = segments.stream().filter(segment -> segment.went(from, to)).toList().getLast();
        return Arrays.equals(last.signature().orElseThrow(), last.signatureWith(key));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_forged_reset_without_a_signature_ends_nothing(boolean six) {
        String reflectors = six ? rr.ipv6() : rr.ipv4();
        Optional<String> before = listed.session(reflectors);
        long unsigned = rr.counter("TCPMD5NotFound");

        stranger.send(lastSegment(listed, rr, ranged, six).resetAfter(255));

        eventually(() -> assertThat(rr.counter("TCPMD5NotFound")).isGreaterThan(unsigned));
        assertThat(listed.session(reflectors)).isEqualTo(before);
    }

    /** Waits for the reflector to say who may be the one whose segments are dropped, and what to do. */
    private void isBlamed(BgpPeer peer, String advice) {
        if (!Reflector.standIn()) {
            eventually(() -> assertThat(reflector.report().lines())
                    .anyMatch(line -> line.contains(advice) && line.contains(peer.host().ipv4())));
        }
    }

    /** IPv4 and IPv6 of each. */
    private List<Optional<String>> sessions(BgpPeer... peers) {
        return List.of(peers).stream().flatMap(
                peer -> List.of(peer.session(rr.ipv4()), peer.session(rr.ipv6())).stream()).toList();
    }

    private void rekeyReflector(String newKey) {
        key = newKey;
        reflector.rekey(listed.host().ipv4(), key);
        reflector.rekey(listed.host().ipv6(), key);
    }

    private void rekeyListed() {
        listed.rekey(rr.ipv4(), key);
        listed.rekey(rr.ipv6(), key);
    }
}
