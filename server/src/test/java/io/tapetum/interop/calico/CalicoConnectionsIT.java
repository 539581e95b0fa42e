package io.tapetum.interop.calico;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.calico.NodeSession.Reason;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;

/** A reflector that connects to its nodes while they connect to it, as when neither side is told to wait. */
final class CalicoConnectionsIT extends NodeSuite {
    // Whose connection survives a collision depends on the identifiers (RFC 4271 §6.8): some are below the reflector's.
    private final Host rr = host("rr", 14);
    private final List<CalicoNode> nodes = List.of(node("oldest", 11, VersionBand.UP_TO_3_2),
            node("old", 12, VersionBand.FROM_3_4), node("recent", 13, VersionBand.FROM_3_23),
            node("latest", 15, VersionBand.FROM_3_32), node("latest-2", 16, VersionBand.FROM_3_32),
            node("middle", 17, VersionBand.FROM_3_16));
    private final Reflector reflector = Reflector
            .of(new Plan(rr, AS, rr.ipv4(), HOLD_TIME_SECONDS, clients(nodes, AS, true)));

    @BeforeAll
    void start() {
        peerAll(nodes, Reason.NODE, rr);
    }

    @Test
    void of_connections_from_both_sides_one_stays_and_no_session_flaps() {
        startAll(nodes);
        reflector.start();
        settle();

        try (LossWatch watch = LossWatch.of(nodes, blocks(nodes))) {
            reflector.kill();
            reflector.start();
            settle();
            assertThat(watch.stop()).isEmpty();
        }
        for (CalicoNode node : nodes) {
            for (NodeFamily family : NodeFamily.values()) {
                assertThat(node.logged(family)).as(node + "/" + family).filteredOn(
                        line -> line.endsWith(NodeSession.node(rr).name(family) + ": State changed to up"))
                        .hasSize(2);
            }
        }
    }

    private void settle() {
        awaitSessions(nodes, rr);
        awaitReached(nodes, blocks(nodes));
        eventually(() -> assertThat(Connections.of(rr)).hasSize(2 * nodes.size()));
        Set<String> connections = Connections.of(rr);
        staysSo(Duration.ofSeconds(6), () -> assertThat(Connections.of(rr)).isEqualTo(connections));
    }
}
