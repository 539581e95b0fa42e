package io.tapetum.interop.calico;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.interop.calico.NodeSession.Reason;
import io.tapetum.interop.lab.Capture;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.SeenRoute;
import io.tapetum.interop.wire.Attribute;
import io.tapetum.interop.wire.CapturedMessage;
import io.tapetum.interop.wire.Prefixes;

/** Eight nodes of every version band, and one reflector, in peace: nobody goes away. */
final class CalicoReflectionIT extends NodeSuite {
    private static final int OPEN = 1;
    private static final int UPDATE = 2;
    private static final int ROUTE_REFRESH = 5;
    /** 19 octets of header, and no routes in either field (RFC 4724 §2). */
    private static final String END_OF_IPV4 = "ff".repeat(16) + "001702" + "0000" + "0000";
    /** An MP_UNREACH_NLRI without prefixes (RFC 4724 §2). */
    private static final String END_OF_IPV6 = "ff".repeat(16) + "001d02" + "0000" + "0006" + "800f03000201";
    private static final int SESSIONS = 16;

    private final Host rr = host("rr", 1);
    private final CalicoNode oldest = node("oldest", 11, VersionBand.UP_TO_3_2);
    private final CalicoNode latest = node("latest", 12, VersionBand.FROM_3_32);
    private final CalicoNode moving = node("moving", 13, VersionBand.FROM_3_32);
    private final CalicoNode recent = node("recent", 17, VersionBand.FROM_3_23);
    private final List<CalicoNode> nodes = List.of(oldest, latest, moving,
            node("old", 14, VersionBand.FROM_3_4), node("middle", 15, VersionBand.FROM_3_16),
            node("middle-2", 16, VersionBand.FROM_3_16), recent,
            node("recent-2", 18, VersionBand.FROM_3_23));
    private final Reflector reflector = reflector(rr, nodes);
    private final List<CapturedMessage> beginning = new ArrayList<>();

    @BeforeAll
    void start() {
        peerAll(nodes, Reason.GLOBAL, rr);
        reflector.start();
        try (Capture capture = Capture.on(rr, "beginning")) {
            startAll(nodes);
            awaitSessions(nodes, rr);
            awaitReached(nodes, blocks(nodes));
            beginning.addAll(capture.stop());
            assertThat(capture.complaints()).isEmpty();
        }
    }

    @Test
    void every_node_has_every_block_from_its_owner() {
        for (CalicoNode node : nodes) {
            for (CalicoNode owner : without(nodes, node)) {
                for (String block : owner.blocks()) {
                    SeenRoute seen = node.route(block).orElseThrow();

                    assertThat(seen.nextHop()).isEqualTo(NodeFamily.of(block).address(owner.host()));
                    assertThat(seen.originatorId()).contains(owner.host().ipv4());
                    assertThat(seen.clusterList()).containsExactly(rr.ipv4());
                    assertThat(seen.localPref()).hasValue(owner.band().localPref());
                    assertThat(seen.asPath()).isEmpty();
                    assertThat(seen.origin()).isEqualTo("igp");
                    assertThat(seen.med()).isEmpty();
                    assertThat(seen.communities()).isEqualTo(owner.band().addsCommunities()
                            ? Set.of("64512:316")
                            : Set.of());
                }
            }
        }
    }

    @Test
    void every_route_is_in_the_kernel_of_every_node() {
        for (CalicoNode node : nodes) {
            Set<String> foreign = blocks(without(nodes, node));

            eventually(() -> assertThat(node.kernelRoutes()).as(node.toString()).containsAll(foreign));
        }
    }

    @Test
    void nodes_open_sessions_with_the_octets_of_calico_node() {
        for (CalicoNode node : nodes) {
            for (NodeFamily family : NodeFamily.values()) {
                assertThat(sent(family.address(node.host()), family.address(rr), OPEN)).isNotEmpty()
                        .allSatisfy(open -> assertThat(open.hex()).matches(openOf(node, family)));
            }
        }
    }

    @Test
    void the_reflector_has_one_identifier_and_takes_several_paths_but_sends_one() {
        for (CalicoNode node : nodes) {
            for (NodeFamily family : NodeFamily.values()) {
                String tuple = family == NodeFamily.IPV4 ? "000101" : "000201";
                assertThat(sent(family.address(rr), family.address(node.host()), OPEN)).isNotEmpty()
                        .allSatisfy(open -> {
                            assertThat(open.hex().substring(48, 56)).isEqualTo(hex(rr.ipv4()));
                            assertThat(capabilities(open)).contains("0200", "4600", "41040000fc00")
                                    .anyMatch(one -> one.startsWith("40") && one.contains(tuple + "80"))
                                    .anyMatch(one -> one.startsWith("45") && one.contains(tuple + "01"))
                                    .noneMatch(one -> one.startsWith("45")
                                            && (one.endsWith("02") || one.endsWith("03")));
                        });
            }
        }
    }

    @Test
    void nodes_announce_with_path_identifiers_and_are_sent_none() {
        for (CalicoNode node : nodes) {
            for (String block : node.blocks()) {
                assertThat(pathIdentifiers(beginning, node, block)).as(block).hasSize(1);
            }
            for (NodeFamily family : NodeFamily.values()) {
                Set<String> announced = announced(sent(family.address(rr), family.address(node.host()), UPDATE));
                Set<String> foreign = of(family, blocks(without(nodes, node)));

                // Whose service ranges are the best may be the node itself, which is not sent its own.
                assertThat(announced).as(node.toString()).containsAll(foreign)
                        .isSubsetOf(union(of(family, blocks(nodes)), Set.of(family.services())));
            }
        }
    }

    @Test
    void ipv4_is_in_the_fields_that_bird_understands() {
        for (CalicoNode node : nodes) {
            List<CapturedMessage> updates = sent(rr.ipv4(), node.host().ipv4(), UPDATE);

            assertThat(updates).allSatisfy(update -> assertThat(update.attributes()).extracting(Attribute::type)
                    .doesNotContain(Attribute.MP_REACH_NLRI, Attribute.MP_UNREACH_NLRI));
            assertThat(updates).extracting(CapturedMessage::hex).containsOnlyOnce(END_OF_IPV4);
        }
    }

    @Test
    void ipv6_has_next_hops_of_one_address() {
        for (CalicoNode node : nodes) {
            List<CapturedMessage> updates = sent(rr.ipv6(), node.host().ipv6(), UPDATE);

            assertThat(updates).flatExtracting(CapturedMessage::attributes)
                    .filteredOn(attribute -> attribute.type() == Attribute.MP_REACH_NLRI).isNotEmpty()
                    .allSatisfy(reach -> assertThat(reach.value()).startsWith("00020110fd77"));
            assertThat(updates).extracting(CapturedMessage::hex).containsOnlyOnce(END_OF_IPV6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.65.200.200/32", "fd65:1:2:c8::c8/128"})
    void the_highest_priority_wins_whatever_comes_first(String prefix) {
        moving.announce(prefix, VersionBand.ELEVATED_PRIORITY);
        oldest.announce(prefix);
        latest.announce(prefix);
        awaitOwner(prefix, moving, VersionBand.ELEVATED_PRIORITY);

        moving.withdraw(prefix);
        awaitOwner(prefix, latest, VersionBand.NORMAL_PRIORITY);

        latest.withdraw(prefix);
        awaitOwner(prefix, oldest, VersionBand.NO_PRIORITY);

        moving.announce(prefix, VersionBand.ELEVATED_PRIORITY);
        awaitOwner(prefix, moving, VersionBand.ELEVATED_PRIORITY);

        moving.withdraw(prefix);
        oldest.withdraw(prefix);
        awaitGone(nodes, List.of(prefix));
    }

    @Test
    void a_next_hop_that_the_reflector_cannot_reach_is_none_of_its_business() {
        recent.announceVia("10.65.201.0/26", "192.0.2.77");
        recent.announceVia("fd65:1:2:c9::/122", "2001:db8::77");

        for (CalicoNode node : without(nodes, recent)) {
            eventually(() -> assertThat(node.route("10.65.201.0/26")).get().extracting(SeenRoute::nextHop)
                    .isEqualTo("192.0.2.77"));
            eventually(() -> assertThat(node.route("fd65:1:2:c9::/122")).get().extracting(SeenRoute::nextHop)
                    .isEqualTo("2001:db8::77"));
        }
        recent.withdraw("10.65.201.0/26");
        recent.withdraw("fd65:1:2:c9::/122");
    }

    @Test
    void of_two_paths_that_a_node_announces_one_may_go() {
        String prefix = "10.65.202.1/32";
        try (Capture capture = Capture.on(rr, "paths")) {
            latest.announce(prefix);
            latest.host().run(Toolbox.ip(), "route", "add", prefix, "dev", "eth0", "metric", "77");
            eventually(() -> assertThat(latest.tableOf(prefix)).hasSize(2));
            awaitReached(nodes, List.of(prefix));

            try (LossWatch watch = LossWatch.of(without(nodes, latest), Set.of(prefix))) {
                latest.withdraw(prefix);
                // What is announced after the withdrawal arrives after it.
                latest.announce("10.65.202.2/32");
                awaitReached(nodes, List.of("10.65.202.2/32"));
                staysSo(() -> assertThat(latest.tableOf(prefix)).hasSize(1));
                assertThat(watch.stop()).isEmpty();
            }

            latest.host().run(Toolbox.ip(), "route", "delete", prefix, "dev", "eth0", "metric", "77");
            awaitGone(without(nodes, latest), List.of(prefix));
            latest.withdraw("10.65.202.2/32");
            assertThat(pathIdentifiers(capture.stop(), latest, prefix)).hasSize(2);
        }
    }

    @Test
    void a_refresh_that_all_nodes_ask_for_at_once_is_framed_and_loses_nothing() {
        try (Capture capture = Capture.on(rr, "refresh"); LossWatch watch = LossWatch.of(nodes, blocks(nodes))) {
            for (CalicoNode node : nodes) {
                node.ask(NodeFamily.IPV4, "reload in " + NodeSession.global(rr).name(NodeFamily.IPV4));
                node.ask(NodeFamily.IPV6, "reload in " + NodeSession.global(rr).name(NodeFamily.IPV6));
            }
            // Announced after everybody's request had been sent.
            latest.announce("10.65.203.0/26");
            latest.announce("fd65:1:2:cb::/122");
            awaitReached(nodes, List.of("10.65.203.0/26", "fd65:1:2:cb::/122"));
            staysSo(() -> assertThat(Connections.of(rr)).hasSize(SESSIONS));
            assertThat(watch.stop()).isEmpty();

            List<CapturedMessage> messages = capture.stop();
            for (CalicoNode node : nodes) {
                for (NodeFamily family : NodeFamily.values()) {
                    assertFramed(messages.stream()
                            .filter(one -> one.went(family.address(rr), family.address(node.host()))).toList(),
                            of(family, blocks(without(nodes, node))));
                }
            }
        }
        latest.withdraw("10.65.203.0/26");
        latest.withdraw("fd65:1:2:cb::/122");
    }

    @Test
    void both_sides_agree_on_the_timers_of_calico_node() {
        for (CalicoNode node : nodes) {
            for (NodeFamily family : NodeFamily.values()) {
                assertThat(node.ask(family, "show protocols all " + NodeSession.global(rr).name(family)))
                        .containsPattern("Hold timer: +\\d+/240\\s").containsPattern("Keepalive timer: +\\d+/80\\s");
            }
        }
    }

    @Test
    void who_is_connected_is_not_connected_to_again() {
        Set<String> connections = Connections.of(rr);
        assertThat(connections).hasSize(SESSIONS);

        // Longer than the reflector waits for somebody before it connects by itself.
        staysSo(Duration.ofSeconds(18), () -> assertThat(Connections.of(rr)).isEqualTo(connections));

        for (CalicoNode node : nodes) {
            for (NodeFamily family : NodeFamily.values()) {
                assertThat(node.logged(family)).as(node + "/" + family)
                        .filteredOn(
                                line -> line.endsWith(NodeSession.global(rr).name(family) + ": State changed to up"))
                        .hasSize(1);
                assertThat(node.logged(family)).noneMatch(line -> line.contains("Unexpected"));
            }
        }
    }

    private void awaitOwner(String prefix, CalicoNode owner, long localPref) {
        for (CalicoNode node : nodes.subList(3, nodes.size())) {
            eventually(() -> assertThat(node.route(prefix)).as(node.toString()).get().satisfies(seen -> {
                assertThat(seen.nextHop()).isEqualTo(NodeFamily.of(prefix).address(owner.host()));
                assertThat(seen.localPref()).hasValue(localPref);
            }));
        }
    }

    private static void assertFramed(List<CapturedMessage> messages, Set<String> prefixes) {
        List<CapturedMessage> marks = messages.stream().filter(message -> message.type() == ROUTE_REFRESH).toList();
        // RFC 7313 §3.2: 1 is the beginning of a refresh, 2 its end.
        assertThat(marks).extracting(message -> message.hex().substring(42, 44)).containsExactly("01", "02");
        assertThat(announced(messages.subList(messages.indexOf(marks.getFirst()), messages.indexOf(marks.getLast()))
                .stream().filter(message -> message.type() == UPDATE).toList())).containsAll(prefixes);
    }

    private List<CapturedMessage> sent(String from, String to, int type) {
        return beginning.stream().filter(message -> message.went(from, to) && message.type() == type).toList();
    }

    private static Set<String> announced(List<CapturedMessage> updates) {
        return updates.stream().flatMap(message -> message.update().orElseThrow().announced().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The different path identifiers (RFC 7911 §3) that a node put before a prefix. */
    private Set<String> pathIdentifiers(List<CapturedMessage> messages, CalicoNode node, String prefix) {
        NodeFamily family = NodeFamily.of(prefix);
        Pattern pattern = Pattern.compile("([0-9a-f]{8})" + Prefixes.encoded(prefix));
        return messages.stream().filter(message -> message.type() == UPDATE)
                .filter(message -> message.went(family.address(node.host()), family.address(rr)))
                .flatMap(message -> pattern.matcher(message.hex()).results()).map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    /** What follows code and length in each of an OPEN's capabilities stays with them: all of it in hexadecimal. */
    private static List<String> capabilities(CapturedMessage open) {
        List<String> capabilities = new ArrayList<>();
        ByteBuffer octets = ByteBuffer.wrap(HexFormat.of().parseHex(open.hex()), 29, open.length() - 29);
        while (octets.hasRemaining()) {
            octets.get(); // The type of the parameter, which is Capabilities.
            int end = (octets.get() & 0xFF) + octets.position();
            while (octets.position() < end) {
                byte[] one = new byte[2 + (octets.get(octets.position() + 1) & 0xFF)];
                octets.get(one);
                capabilities.add(HexFormat.of().formatHex(one));
            }
        }
        return capabilities;
    }

    /** With R and F while the node recovers, and without them later. */
    private static String openOf(CalicoNode node, NodeFamily family) {
        String tuple = family == NodeFamily.IPV4 ? "000101" : "000201";
        return "f{32}003f0104fc0000f0" + hex(node.host().ipv4()) + "220220" + "0104" + tuple.substring(0, 4) + "0001"
                + "0200" + "4006(8078" + tuple + "80|0078" + tuple + "00)" + "41040000fc00" + "4504" + tuple + "03"
                + "4600" + "4700";
    }

    private static Set<String> of(NodeFamily family, Set<String> prefixes) {
        return prefixes.stream().filter(prefix -> NodeFamily.of(prefix) == family)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }

    private static String hex(String address) {
        return HexFormat.of().formatHex(Prefixes.address(address));
    }
}
