package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

/** What the kernels signed, computed again from the segments as they were seen on the wire, by nobody's kernel. */
final class SignatureOnTheWireIT extends PeerSuite {
    private static final String KEY = "what-only-two-hosts-know";

    private final Host rr = host("rr", 1);
    private final BgpPeer signing = peer("signing", 2, AS, Protection.key(KEY), rr);
    private final BgpPeer open = peer("open", 3, AS, rr);
    private final Reflector reflector = Reflector.of(new Plan(rr, AS, rr.ipv4(),
            Membership.client(signing.host().ipv4(), AS).with(Protection.key(KEY)),
            Membership.client(signing.host().ipv6(), AS).with(Protection.key(KEY)),
            Membership.client(open.host().ipv4(), AS), Membership.client(open.host().ipv6(), AS)));
    private List<TcpSegment> segments = List.of();

    SignatureOnTheWireIT() {
        super(PeerKind.BIRD_1);
    }

    @BeforeAll
    void capture_sessions_from_their_first_packet_on() {
        try (Capture capture = Capture.on(rr, "signatures")) {
            reflector.start();
            signing.start();
            open.start();
            awaitSessions(signing, rr);
            awaitSessions(open, rr);
            for (String prefix : List.of("10.1.0.0/24", "fd00:1::/64")) {
                signing.announce(Announcement.of(prefix));
                awaitRoute(open, prefix);
            }
            segments = capture.segments();
        }
    }

    @AfterAll
    void forget() {
        segments = List.of();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void every_segment_of_a_keyed_session_is_signed_as_rfc_2385_has_it(boolean six) {
        List<TcpSegment> both = between(signing, six);

        assertThat(both).filteredOn(TcpSegment::isSyn).hasSizeGreaterThanOrEqualTo(2);
        assertThat(both).allSatisfy(segment -> {
            assertThat(segment.signature()).as(segment.toString()).isPresent();
            assertThat(segment.signature().orElseThrow()).as(segment.toString()).isEqualTo(segment.signatureWith(KEY))
                    .isNotEqualTo(segment.signatureWith(KEY + "x"));
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void no_segment_of_another_session_is_signed(boolean six) {
        assertThat(between(open, six)).isNotEmpty()
                .allSatisfy(segment -> assertThat(segment.signature()).as(segment.toString()).isEmpty());
    }

    private List<TcpSegment> between(BgpPeer peer, boolean six) {
        String one = six ? rr.ipv6() : rr.ipv4();
        String other = six ? peer.host().ipv6() : peer.host().ipv4();
        return segments.stream().filter(segment -> segment.went(one, other) || segment.went(other, one)).toList();
    }
}
