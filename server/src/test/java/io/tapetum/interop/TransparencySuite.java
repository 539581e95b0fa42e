package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.interop.lab.Capture;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.interop.wire.Attribute;
import io.tapetum.interop.wire.CapturedMessage;
import io.tapetum.interop.wire.Prefixes;
import io.tapetum.interop.wire.RawSpeaker;
import io.tapetum.interop.wire.Update;

/**
 * What goes in comes out, but for ORIGINATOR_ID and CLUSTER_LIST (RFC 4456 §8, §10): seen on the reflector's interface,
 * where both legs pass. Odd messages come from a {@link RawSpeaker}, which has no ORIGINATOR_ID of its own; a real daemon
 * receives them and must be content.
 */
abstract class TransparencySuite extends PeerSuite {
    private static final int CLASSIC_LIMIT = 4096;
    private static final int EXTENDED_LIMIT = 65535;
    /** ORIGINATOR_ID and a CLUSTER_LIST of one, each three octets and an address. */
    private static final int ADDED = 14;
    /** The header, the two length fields, and a prefix of 24 bits. */
    private static final int AROUND_ATTRIBUTES = 19 + 4 + 4;
    /** Nobody has assigned it. */
    private static final int UNKNOWN_TYPE = 200;

    private final Host rr = host("rr", 1);
    private final Host odd = host("odd", 9);
    private final Reflector reflector = Reflector.of(Plan.forEverybody(rr, AS));
    private final BgpPeer source = peer("source", 2, AS, rr);
    private final BgpPeer sink = peer("sink", 3, AS, rr);

    TransparencySuite(PeerKind kind) {
        super(kind);
    }

    @BeforeAll
    void start() {
        reflector.start();
        source.start();
        sink.start();
        awaitSessions(source, rr);
        awaitSessions(sink, rr);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.0/24", "fd00:1::/64"})
    void the_daemons_own_attributes_are_reflected_to_the_octet(String prefix) {
        Announcement announcement = Announcement.of(prefix).withMed(7).withLocalPref(4_294_967_295L)
                .withCommunities("64512:1", "64512:2", "1:65535").withRouteTargets("64512:100", "64512:4000000000")
                .withLargeCommunities("4200000000:1:2", "64512:0:4294967295");
        try (Capture capture = Capture.on(rr, "own" + (Prefixes.isIpv6(prefix) ? "6" : "4"))) {
            source.announce(kind().originatesForeignPaths()
                    ? announcement.withAsPath(4_200_000_000L, 65002L)
                    : announcement);
            awaitRoute(sink, prefix);
            List<CapturedMessage> messages = capture.stop();

            assertThat(capture.complaints()).isEmpty();
            boolean six = Prefixes.isIpv6(prefix);
            List<Attribute> in = lastAttributes(messages, address(source.host(), six), address(rr, six));
            List<Attribute> out = lastAttributes(messages, address(rr, six), address(sink.host(), six));
            assertThat(withoutNlri(out)).containsExactlyInAnyOrderElementsOf(
                    stamped(withoutNlri(in), source.host()));
        }
    }

    @Test
    void an_unknown_transitive_attribute_is_passed_on_and_marked_partial() {
        Attribute unknown = new Attribute(Attribute.OPTIONAL_TRANSITIVE, UNKNOWN_TYPE, "deadbeef");
        Attribute marked = new Attribute(Attribute.OPTIONAL_TRANSITIVE | Attribute.PARTIAL, UNKNOWN_TYPE, "deadbeef");

        List<Attribute> out = reflected("unknown", "10.2.0.0/24", with(mandatory(""), unknown));

        // RFC 4271 §5: whoever passes on what it does not know sets the Partial bit.
        assertThat(out).containsExactlyInAnyOrderElementsOf(stamped(with(mandatory(""), marked), odd));
    }

    @Test
    void an_unknown_attribute_that_is_not_transitive_stays_here() {
        Attribute unknown = new Attribute(Attribute.OPTIONAL, UNKNOWN_TYPE, "deadbeef");

        List<Attribute> out = reflected("local", "10.3.0.0/24", with(mandatory(""), unknown));

        assertThat(out).containsExactlyInAnyOrderElementsOf(stamped(mandatory(""), odd));
    }

    @Test
    void a_path_of_three_hundred_ases_keeps_its_segments() {
        String path = segment(IntStream.range(0, 255)) + segment(IntStream.range(255, 300));

        List<Attribute> out = reflected("long-path", "10.4.0.0/24", mandatory(path));

        assertThat(out).containsExactlyInAnyOrderElementsOf(stamped(mandatory(path), odd));
    }

    @Test
    void a_full_message_that_grows_is_split() {
        // 1,007 prefixes of 24 bits and what stands around them make 4,096 octets, or a few less.
        List<Attribute> attributes = mandatory("");
        int room = CLASSIC_LIMIT - Update.announcing(List.of(), attributes).message().length;
        int padding = room % 4 == 0 ? 4 : room % 4;
        List<Attribute> padded = with(attributes, filler(padding + 4));
        List<String> prefixes = IntStream.range(0, (room - padding - 4) / 4)
                .mapToObj(i -> "10." + (100 + i / 256) + "." + i % 256 + ".0/24").toList();
        Update update = Update.announcing(prefixes, padded);
        assertThat(update.message()).hasSize(CLASSIC_LIMIT);
        try (Capture capture = Capture.on(rr, "split"); RawSpeaker speaker = oddSpeaker()) {
            speaker.send(update);
            awaitRoute(sink, prefixes.getLast());
            awaitRoute(sink, prefixes.getFirst());
            List<CapturedMessage> messages = capture.stop().stream()
                    .filter(message -> message.went(rr.ipv4(), sink.host().ipv4()))
                    .filter(message -> message.update()
                            .filter(sent -> !Collections.disjoint(sent.announced(), prefixes)).isPresent())
                    .toList();

            if (limit() == CLASSIC_LIMIT) { // This tshark does not know that there are longer messages.
                assertThat(capture.complaints()).isEmpty();
            }
            assertThat(messages).allSatisfy(message -> {
                assertThat(message.length()).isLessThanOrEqualTo(limit());
                assertThat(message.attributes()).containsExactlyInAnyOrderElementsOf(stamped(partial(padded), odd));
            });
            assertThat(messages).flatExtracting(message -> message.update().orElseThrow().announced())
                    .containsExactlyInAnyOrderElementsOf(prefixes);
        }
    }

    @Test
    void a_message_may_be_full_on_its_way_out() {
        Assumptions.assumeFalse(Reflector.standIn(), "BIRD keeps a quarter of each message for prefixes");
        List<Attribute> attributes = filled(CLASSIC_LIMIT - ADDED);

        CapturedMessage out = reflectedMessage("full", "10.5.0.0/24", attributes);

        assertThat(out.length()).isEqualTo(CLASSIC_LIMIT);
        assertThat(out.attributes()).containsExactlyInAnyOrderElementsOf(stamped(partial(attributes), odd));
    }

    @Test
    void a_route_that_outgrows_every_message_is_withheld_and_the_older_one_withdrawn() {
        try (RawSpeaker speaker = oddSpeaker()) {
            speaker.send(Update.announcing(List.of("10.6.0.0/24"), mandatory("")));
            awaitRoute(sink, "10.6.0.0/24");

            speaker.send(Update.announcing(List.of("10.6.0.0/24"), filled(CLASSIC_LIMIT - ADDED + 1)));
            speaker.send(Update.announcing(List.of("10.7.0.0/24"), mandatory("")));

            awaitRoute(sink, "10.7.0.0/24");
            if (limit() == CLASSIC_LIMIT) {
                awaitNoRoute(sink, "10.6.0.0/24");
            } else {
                awaitRoute(sink, "10.6.0.0/24");
            }
            assertThat(sink.sessionUp(rr.ipv4())).isTrue();
        }
    }

    /** What the sink was sent of a route that the odd speaker announced. */
    private List<Attribute> reflected(String name, String prefix, List<Attribute> attributes) {
        return reflectedMessage(name, prefix, attributes).attributes();
    }

    private CapturedMessage reflectedMessage(String name, String prefix, List<Attribute> attributes) {
        try (Capture capture = Capture.on(rr, name); RawSpeaker speaker = oddSpeaker()) {
            speaker.send(Update.announcing(List.of(prefix), attributes));
            awaitRoute(sink, prefix);
            List<CapturedMessage> messages = capture.stop();

            assertThat(capture.complaints()).isEmpty();
            return messages.stream().filter(message -> message.went(rr.ipv4(), sink.host().ipv4()))
                    .filter(message -> message.update().filter(update -> update.announced().contains(prefix))
                            .isPresent())
                    .findFirst().orElseThrow();
        }
    }

    private RawSpeaker oddSpeaker() {
        AtomicReference<RawSpeaker> speaker = new AtomicReference<>();
        // While the end of the speaker before it is unnoticed, a new one is turned away, and tries again.
        eventually(() -> {
            RawSpeaker attempt = RawSpeaker.connect(odd, rr, AS, RawSpeaker.plainCapabilities(AS));
            await().atMost(Duration.ofSeconds(60)).until(() -> attempt.established() || attempt.ended());
            assertThat(attempt.established()).as("accepted").isTrue();
            speaker.set(attempt);
        });
        return speaker.get();
    }

    /** How long a message to the sink may be. */
    private int limit() {
        return kind().takesExtendedMessages() && !Reflector.standIn() ? EXTENDED_LIMIT : CLASSIC_LIMIT;
    }

    /** Attributes that make a message with one prefix of 24 bits as long as wanted. */
    private List<Attribute> filled(int messageLength) {
        int others = Update.announcing(List.of(), mandatory("")).message().length - (AROUND_ATTRIBUTES - 4);
        return with(mandatory(""), filler(messageLength - AROUND_ATTRIBUTES - others));
    }

    /** An unknown attribute of a whole length; above 258 it needs the longer header. */
    private static Attribute filler(int length) {
        int header = length > 255 + 3 ? 4 : 3;
        return new Attribute(Attribute.OPTIONAL_TRANSITIVE, UNKNOWN_TYPE, "5a".repeat(length - header));
    }

    /** The attributes that every internal route has, and some communities. */
    private List<Attribute> mandatory(String asPath) {
        return List.of(new Attribute(Attribute.WELL_KNOWN, Attribute.ORIGIN, "00"),
                new Attribute(Attribute.WELL_KNOWN, Attribute.AS_PATH, asPath),
                new Attribute(Attribute.WELL_KNOWN, Attribute.NEXT_HOP, hex(odd.ipv4())),
                new Attribute(Attribute.OPTIONAL, Attribute.MULTI_EXIT_DISC, "00000007"),
                new Attribute(Attribute.WELL_KNOWN, Attribute.LOCAL_PREF, "80000001"),
                new Attribute(Attribute.OPTIONAL_TRANSITIVE, Attribute.COMMUNITIES, "fc000001fc000002"),
                new Attribute(Attribute.OPTIONAL_TRANSITIVE, Attribute.EXTENDED_COMMUNITIES, "0002fc0000000064"),
                new Attribute(Attribute.OPTIONAL_TRANSITIVE, Attribute.LARGE_COMMUNITY, "0000fc000000000100000002"));
    }

    /** With what reflection adds to a route of a client. */
    private List<Attribute> stamped(List<Attribute> attributes, Host client) {
        return with(attributes, new Attribute(Attribute.OPTIONAL, Attribute.ORIGINATOR_ID, hex(client.ipv4())),
                new Attribute(Attribute.OPTIONAL, Attribute.CLUSTER_LIST, hex(rr.ipv4())));
    }

    private static List<Attribute> partial(List<Attribute> attributes) {
        return attributes.stream()
                .map(one -> one.type() == UNKNOWN_TYPE
                        ? new Attribute(one.flags() | Attribute.PARTIAL, one.type(), one.value())
                        : one)
                .toList();
    }

    private static List<Attribute> with(List<Attribute> attributes, Attribute... more) {
        return Stream.concat(attributes.stream(), Stream.of(more)).toList();
    }

    /** MP_REACH_NLRI cut down to its next hop: how its prefixes are written depends on the session. */
    private static List<Attribute> withoutNlri(List<Attribute> attributes) {
        List<Attribute> result = new ArrayList<>();
        for (Attribute one : attributes) {
            int nextHopLength = one.type() == Attribute.MP_REACH_NLRI ? HexFormat.fromHexDigits(one.value(), 6, 8) : 0;
            result.add(nextHopLength == 0
                    ? one
                    : new Attribute(one.flags(), one.type(), one.value().substring(0, 8 + 2 * nextHopLength)));
        }
        return result;
    }

    private static List<Attribute> lastAttributes(List<CapturedMessage> messages, String from, String to) {
        return messages.stream().filter(message -> message.went(from, to)).map(CapturedMessage::attributes)
                .filter(attributes -> attributes.size() > 1).toList().getLast();
    }

    private static String address(Host host, boolean six) {
        return six ? host.ipv6() : host.ipv4();
    }

    private static String hex(String address) {
        return HexFormat.of().formatHex(Prefixes.address(address));
    }

    /** An AS_SEQUENCE of four-octet numbers from 65536 on. */
    private static String segment(IntStream numbers) {
        List<String> all = numbers.mapToObj(number -> HexFormat.of().toHexDigits(65536 + number)).toList();
        return "02" + HexFormat.of().toHexDigits((byte) all.size()) + String.join("", all);
    }
}
