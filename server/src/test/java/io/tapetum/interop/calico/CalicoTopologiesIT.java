package io.tapetum.interop.calico;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.calico.NodeSession.Reason;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Membership;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;

/** Nodes behind several reflectors, in the arrangements that clusters of Calico have. */
final class CalicoTopologiesIT {

    /**
     * Three racks, each with two reflectors that share a cluster id and two nodes that peer with both. All reflectors are
     * plain peers of each other.
     */
    @Nested
    final class CalicoRacks extends NodeSuite {
        private final List<Host> reflectorHosts = Stream.of(1, 2, 3, 4, 5, 6)
                .map(number -> host("rr-" + number, number)).toList();
        private final List<CalicoNode> nodes = List.of(node("one-a", 11, VersionBand.FROM_3_4),
                node("one-b", 12, VersionBand.FROM_3_32), node("two-a", 13, VersionBand.FROM_3_16),
                node("two-b", 14, VersionBand.FROM_3_23), node("three-a", 15, VersionBand.FROM_3_32),
                node("three-b", 16, VersionBand.UP_TO_3_2));
        private final List<Reflector> reflectors = new ArrayList<>();

        CalicoRacks() {
            for (int i = 0; i < reflectorHosts.size(); i++) {
                Host host = reflectorHosts.get(i);
                List<Membership> members = clients(nodesOf(i / 2), AS, false);
                reflectorHosts.stream().filter(other -> other != host)
                        .forEach(other -> members.addAll(nonClient(other)));
                reflectors.add(Reflector.of(new Plan(host, AS, cluster(i / 2), HOLD_TIME_SECONDS, members)));
            }
        }

        @BeforeAll
        void start() {
            for (int rack = 0; rack < 3; rack++) {
                peerAll(nodesOf(rack), Reason.NODE, reflectorHosts.get(2 * rack), reflectorHosts.get(2 * rack + 1));
            }
            together(reflectors.stream().<Runnable>map(one -> one::start).toList());
            startAll(nodes);
        }

        @BeforeEach
        void settle() {
            for (int i = 0; i < reflectorHosts.size(); i++) {
                awaitSessions(nodesOf(i / 2), reflectorHosts.get(i));
            }
            // From both reflectors of the rack, and once from each.
            awaitWays(nodes, 2);
        }

        @Test
        void every_route_names_the_clusters_it_has_passed_the_last_one_first() {
            for (int from = 0; from < 3; from++) {
                for (int to = 0; to < 3; to++) {
                    List<String> clusters = from == to ? List.of(cluster(to)) : List.of(cluster(to), cluster(from));
                    assertPassed(nodesOf(from), nodesOf(to), clusters);
                }
            }
        }

        @Test
        void nobody_misses_a_route_while_one_reflector_of_a_rack_is_killed_and_comes_back() {
            Reflector reflector = reflectors.getFirst();
            try (LossWatch watch = LossWatch.of(nodes, blocks(nodes))) {
                reflector.kill();
                nodesOf(0).forEach(node -> eventually(
                        () -> assertThat(node.sessionUp(reflector.host().ipv4())).isFalse()));
                reflector.start();
                awaitSessions(nodesOf(0), reflector.host());
                awaitWays(nodes, 2);
                assertThat(watch.stop()).isEmpty();
            }
        }

        @Test
        void nobody_misses_a_route_while_one_reflector_of_a_rack_is_drained() {
            Reflector reflector = reflectors.get(2);
            try (LossWatch watch = LossWatch.of(nodes, blocks(nodes))) {
                reflector.drain();
                awaitWays(nodesOf(1), 1);
                staysSo(() -> assertThat(nodesOf(1)).allMatch(node -> node.reaches().containsAll(blocks(nodes))));
                assertThat(watch.stop()).isEmpty();
            } finally {
                reflector.start();
            }
        }

        private List<CalicoNode> nodesOf(int rack) {
            return nodes.subList(2 * rack, 2 * rack + 2);
        }

        private static String cluster(int rack) {
            return "10.77.255." + (rack + 1);
        }
    }

    /** Two reflectors with one cluster id, whose nodes peer with both. */
    @Nested
    final class CalicoSharedCluster extends NodeSuite {
        private static final String CLUSTER = "10.77.255.1";
        private final Host one = host("rr-one", 1);
        private final Host two = host("rr-two", 2);
        private final List<CalicoNode> nodes = List.of(node("node-a", 11, VersionBand.FROM_3_4),
                node("node-b", 12, VersionBand.FROM_3_23), node("node-c", 13, VersionBand.FROM_3_32));
        private final Reflector first = shared(one, two);
        private final Reflector second = shared(two, one);

        private Reflector shared(Host host, Host other) {
            List<Membership> members = clients(nodes, AS, false);
            members.addAll(nonClient(other));
            return Reflector.of(new Plan(host, AS, CLUSTER, HOLD_TIME_SECONDS, members));
        }

        @BeforeAll
        void start() {
            peerAll(nodes, Reason.GLOBAL, one, two);
            together(List.of(first::start, second::start));
            startAll(nodes);
        }

        @BeforeEach
        void settle() {
            awaitSessions(nodes, one);
            awaitSessions(nodes, two);
            awaitWays(nodes, 2);
        }

        @Test
        void every_route_has_passed_one_of_them() {
            assertPassed(nodes, nodes, List.of(CLUSTER));
        }

        @Test
        void nobody_misses_a_route_while_each_in_turn_is_drained_and_comes_back() {
            try (LossWatch watch = LossWatch.of(nodes, blocks(nodes))) {
                for (Reflector reflector : List.of(first, second)) {
                    reflector.drain();
                    awaitWays(nodes, 1);
                    reflector.start();
                    awaitSessions(nodes, reflector.host());
                    awaitWays(nodes, 2);
                }
                assertThat(watch.stop()).isEmpty();
            }
        }
    }

    /** A reflector whose clients are the reflectors of two racks, whose clients are nodes. */
    @Nested
    final class CalicoTwoTiers extends NodeSuite {
        private final Host top = host("top", 1);
        private final Host left = host("left", 2);
        private final Host right = host("right", 3);
        private final List<CalicoNode> leftNodes = List.of(node("left-a", 11, VersionBand.FROM_3_16),
                node("left-b", 12, VersionBand.FROM_3_32));
        private final List<CalicoNode> rightNodes = List.of(node("right-a", 13, VersionBand.FROM_3_4),
                node("right-b", 14, VersionBand.FROM_3_23));
        private final List<CalicoNode> nodes = Stream.concat(leftNodes.stream(), rightNodes.stream()).toList();
        private final List<Reflector> reflectors = List.of(
                Reflector.of(new Plan(top, AS, "10.77.255.1", HOLD_TIME_SECONDS,
                        Stream.of(left.ipv4(), left.ipv6(), right.ipv4(), right.ipv6())
                                .map(address -> Membership.client(address, AS)).toList())),
                lower(left, "10.77.255.2", leftNodes), lower(right, "10.77.255.3", rightNodes));

        private Reflector lower(Host host, String cluster, Collection<CalicoNode> members) {
            List<Membership> all = clients(members, AS, false);
            all.addAll(nonClient(top));
            return Reflector.of(new Plan(host, AS, cluster, HOLD_TIME_SECONDS, all));
        }

        @BeforeAll
        void start() {
            peerAll(leftNodes, Reason.NODE, left);
            peerAll(rightNodes, Reason.NODE, right);
            together(reflectors.stream().<Runnable>map(one -> one::start).toList());
            startAll(nodes);
            awaitWays(nodes, 1);
        }

        @Test
        void every_route_names_the_clusters_it_has_passed_the_last_one_first() {
            assertPassed(leftNodes, leftNodes, List.of("10.77.255.2"));
            assertPassed(leftNodes, rightNodes, List.of("10.77.255.3", "10.77.255.1", "10.77.255.2"));
            assertPassed(rightNodes, leftNodes, List.of("10.77.255.2", "10.77.255.1", "10.77.255.3"));
        }

        @Test
        void nobody_misses_a_route_while_the_reflector_above_is_killed_and_comes_back() {
            try (LossWatch watch = LossWatch.of(nodes, blocks(nodes))) {
                reflectors.getFirst().kill();
                reflectors.getFirst().start();
                // It goes through all three, behind everything that the restart could have taken away.
                List<String> last = List.of("10.65.220.0/26", "fd65:1:2:dc::/122");
                last.forEach(leftNodes.getFirst()::announce);
                awaitReached(rightNodes, last);
                assertThat(watch.stop()).isEmpty();
            }
        }
    }
}
