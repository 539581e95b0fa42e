package io.tapetum.interop.calico;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;

/** A cluster goes from a full mesh of its nodes to a reflector, and back, under traffic. */
final class CalicoMigrationIT extends NodeSuite {
    /** Four octets, so that it stands in the capability only. */
    private static final long LARGE_AS = 4_200_000_001L;

    private final Host rr = host("rr", 1);
    // As text, 10.77.0.11 is lower than 10.77.0.9: the one of them that waits is not the one with the lower number.
    private final List<CalicoNode> nodes = List.of(node("oldest", 9, VersionBand.UP_TO_3_2, LARGE_AS),
            node("old", 11, VersionBand.FROM_3_4, LARGE_AS), node("middle", 12, VersionBand.FROM_3_16, LARGE_AS),
            node("recent", 13, VersionBand.FROM_3_23, LARGE_AS), node("latest", 8, VersionBand.FROM_3_32, LARGE_AS),
            node("latest-2", 15, VersionBand.FROM_3_32, LARGE_AS));
    private final Reflector reflector = Reflector.of(
            new Plan(rr, LARGE_AS, rr.ipv4(), HOLD_TIME_SECONDS, clients(nodes, LARGE_AS, false)));

    @BeforeAll
    void start() {
        peer(true, false);
        startAll(nodes);
        awaitMesh();
        awaitReached(nodes, blocks(nodes));
    }

    @Test
    void no_route_is_missing_on_the_way_to_a_reflector_and_back() {
        try (LossWatch watch = LossWatch.of(nodes, blocks(nodes))) {
            reflector.start();
            peer(true, true);
            awaitSessions(nodes, rr);
            nodes.forEach(node -> eventually(() -> assertThat(sources(node)).contains("Global", "Mesh")));
            awaitReflected();

            peer(false, true);
            nodes.forEach(node -> eventually(() -> assertThat(sources(node)).containsExactly("Global")));
            awaitReflected();

            peer(true, true);
            awaitMesh();
            nodes.forEach(node -> eventually(() -> assertThat(sources(node)).contains("Global", "Mesh")));

            peer(true, false);
            nodes.forEach(node -> eventually(() -> assertThat(sources(node)).containsExactly("Mesh")));
            reflector.terminate();
            staysSo(() -> nodes.forEach(node -> assertThat(node.reaches()).containsAll(blocks(nodes))));

            assertThat(watch.stop()).isEmpty();
        }
    }

    /** Reconfigures all nodes, one after the other as they hear of it. */
    private void peer(boolean mesh, boolean reflected) {
        for (CalicoNode node : nodes) {
            List<NodeSession> sessions = new ArrayList<>();
            if (mesh) {
                without(nodes, node).forEach(other -> sessions.add(NodeSession.mesh(other.host())));
            }
            if (reflected) {
                sessions.add(NodeSession.global(rr));
            }
            node.peerWith(sessions);
            node.configure();
        }
    }

    private void awaitMesh() {
        for (CalicoNode node : nodes) {
            awaitSessions(without(nodes, node), node.host());
        }
    }

    /** Waits for every node to have learned every foreign block from the reflector, too. */
    private void awaitReflected() {
        for (CalicoNode node : nodes) {
            Set<String> foreign = blocks(without(nodes, node));
            eventually(() -> assertThat(learned(node).stream().filter(route -> route.protocol().startsWith("Global"))
                    .map(TableRoute::prefix)).as(node.toString()).containsAll(foreign));
        }
    }

    /** The first words of the sessions that a node has routes from. */
    private static Set<String> sources(CalicoNode node) {
        return learned(node).stream().map(route -> route.protocol().split("_", 2)[0]).collect(Collectors.toSet());
    }

    private static List<TableRoute> learned(CalicoNode node) {
        List<TableRoute> all = new ArrayList<>();
        for (NodeFamily family : NodeFamily.values()) {
            node.table(family).stream().filter(route -> route.protocol().contains("_")).forEach(all::add);
        }
        return all;
    }
}
