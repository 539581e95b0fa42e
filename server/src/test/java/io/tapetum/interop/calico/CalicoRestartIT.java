package io.tapetum.interop.calico;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.calico.NodeSession.Reason;
import io.tapetum.interop.lab.Capture;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.wire.CapturedMessage;

/** Nodes and their only reflector go and come back. */
final class CalicoRestartIT extends NodeSuite {
    private static final int OPEN = 1;
    private static final int UPDATE = 2;
    private static final int KEEPALIVE = 4;
    private static final int END_OF_IPV4_OCTETS = 23;
    private static final int END_OF_IPV6_OCTETS = 29;
    /** Far less than a reflector waits that is itself restarting. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);
    private static final int RESTART_SECONDS = 20;

    private final Host rr = host("rr", 1);
    private final CalicoNode restarting = node("restarting", 11, VersionBand.FROM_3_32);
    private final CalicoNode leaving = node("leaving", 12, VersionBand.FROM_3_23);
    private final List<CalicoNode> nodes = List.of(restarting, leaving, node("oldest", 13, VersionBand.UP_TO_3_2),
            node("old", 14, VersionBand.FROM_3_4), node("old-2", 15, VersionBand.FROM_3_4),
            node("middle", 16, VersionBand.FROM_3_16), node("recent", 17, VersionBand.FROM_3_23),
            node("latest", 18, VersionBand.FROM_3_32));
    private final Reflector reflector = reflector(rr, nodes);

    @BeforeAll
    void start() {
        peerAll(nodes, Reason.GLOBAL, rr);
        leaving.peerWith(List.of(NodeSession.node(rr).withRestartTime(RESTART_SECONDS)));
        reflector.start();
        startAll(nodes);
    }

    @BeforeEach
    void settle() {
        awaitSessions(nodes, rr);
        awaitReached(nodes, blocks(nodes));
    }

    @Test
    void nobody_misses_a_route_while_a_node_is_killed_and_started() {
        try (Capture capture = Capture.on(restarting.host(), "start");
                LossWatch watch = LossWatch.of(without(nodes, restarting), blocks(nodes))) {
            restarting.kill();
            restarting.start();
            awaitSessions(List.of(restarting), rr);
            awaitReached(List.of(restarting), blocks(nodes));
            // What is announced last arrives after everything that the restart could have taken away.
            restarting.announce("10.65.210.0/26");
            restarting.announce("fd65:1:2:d2::/122");
            awaitReached(nodes, List.of("10.65.210.0/26", "fd65:1:2:d2::/122"));
            assertThat(watch.stop()).isEmpty();

            List<CapturedMessage> messages = capture.stop();
            for (NodeFamily family : NodeFamily.values()) {
                assertThat(untilEndOfRib(messages, family)).isLessThan(AT_ONCE);
            }
        } finally {
            restarting.withdraw("10.65.210.0/26");
            restarting.withdraw("fd65:1:2:d2::/122");
            awaitGone(nodes, List.of("10.65.210.0/26", "fd65:1:2:d2::/122"));
        }
    }

    @Test
    void what_a_restarted_node_announces_no_longer_goes() {
        List<String> more = List.of("10.65.211.0/26", "fd65:1:2:d3::/122");
        more.forEach(restarting::announce);
        awaitReached(nodes, more);

        restarting.kill();
        more.forEach(restarting::withdraw);
        restarting.start();

        awaitGone(without(nodes, restarting), more);
        awaitReached(without(nodes, restarting), blocks(nodes));
    }

    @Test
    void what_a_node_that_did_not_keep_forwarding_announces_no_longer_goes() {
        List<String> more = List.of("10.65.212.0/26", "fd65:1:2:d4::/122");
        more.forEach(restarting::announce);
        awaitReached(nodes, more);

        restarting.kill();
        more.forEach(restarting::withdraw);
        restarting.startAfresh();

        awaitGone(without(nodes, restarting), more);
        awaitReached(nodes, blocks(nodes));
    }

    @Test
    void the_routes_of_a_node_that_stays_away_go_after_the_restart_time_it_has_announced() {
        List<CalicoNode> others = without(nodes, leaving);
        leaving.kill();
        Instant killed = Instant.now();
        staysSo(Duration.ofSeconds(RESTART_SECONDS / 2),
                () -> others.forEach(node -> assertThat(node.reaches()).containsAll(leaving.blocks())));

        awaitGone(others, leaving.blocks());
        assertThat(Duration.between(killed, Instant.now())).isBetween(Duration.ofSeconds(RESTART_SECONDS - 1),
                Duration.ofSeconds(RESTART_SECONDS + 30));

        leaving.start();
    }

    @Test
    void nobody_misses_a_route_while_the_reflector_is_killed_and_started() {
        assertNothingMissing(reflector::kill);
    }

    @Test
    void nobody_misses_a_route_while_the_reflector_is_stopped_and_started() {
        try (Capture capture = Capture.on(rr, "stop")) {
            assertNothingMissing(reflector::terminate);

            assertThat(capture.stop()).extracting(CapturedMessage::notification).allMatch(Optional::isEmpty);
        }
    }

    private void assertNothingMissing(Runnable end) {
        try (LossWatch watch = LossWatch.of(nodes, blocks(nodes))) {
            end.run();
            nodes.forEach(node -> eventually(() -> assertThat(node.sessionUp(rr.ipv4())).isFalse()));
            reflector.start();
            awaitSessions(nodes, rr);
            List<String> last = List.of("10.65.213.0/26", "fd65:1:2:d5::/122");
            last.forEach(restarting::announce);
            awaitReached(nodes, last);
            assertThat(watch.stop()).isEmpty();

            last.forEach(restarting::withdraw);
            awaitGone(nodes, last);
        }
    }

    @Test
    void a_drained_reflector_leaves_no_routes_behind() {
        try (Capture capture = Capture.on(rr, "drain")) {
            Instant before = Instant.now();
            reflector.drain();

            for (CalicoNode node : nodes) {
                awaitGone(List.of(node), blocks(without(nodes, node)));
            }
            // Without a farewell they would have stayed for the reflector's restart time, two minutes.
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMinutes(1));
            List<CapturedMessage> messages = capture.stop();
            for (CalicoNode node : nodes) {
                for (NodeFamily family : NodeFamily.values()) {
                    assertThat(messages.stream()
                            .filter(message -> message.went(family.address(rr), family.address(node.host()))).toList()
                            .getLast().notification()).contains("6/2");
                }
            }
        } finally {
            reflector.start();
        }
    }

    /** From the node's last message that the reflector needs to send anything, to its End-of-RIB. */
    private Duration untilEndOfRib(List<CapturedMessage> messages, NodeFamily family) {
        String node = family.address(restarting.host());
        String reflectorAddress = family.address(rr);
        Instant established = messages.stream()
                .filter(message -> message.went(node, reflectorAddress)).dropWhile(message -> message.type() != OPEN)
                .filter(message -> message.type() == KEEPALIVE).findFirst().orElseThrow().time();
        int length = family == NodeFamily.IPV4 ? END_OF_IPV4_OCTETS : END_OF_IPV6_OCTETS;
        Instant end = messages.stream()
                .filter(message -> message.went(reflectorAddress, node) && message.type() == UPDATE)
                .filter(message -> message.length() == length).findFirst().orElseThrow().time();
        return Duration.between(established, end);
    }
}
