package io.tapetum.interop.calico;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import io.tapetum.interop.LabSuite;
import io.tapetum.interop.calico.NodeSession.Reason;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Membership;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.PeerKind;

/** A suite with Calico nodes. */
abstract class NodeSuite extends LabSuite {
    /** Calico's default. */
    static final long AS = 64512;
    /** What calico-node offers. */
    static final int HOLD_TIME_SECONDS = 240;

    NodeSuite() {
        super(PeerKind.BIRD_1);
    }

    /** A node with the addresses 10.77.0.NUMBER and fd77::NUMBER, which has nobody to peer with yet. */
    final CalicoNode node(String name, int number, VersionBand band) {
        return node(name, number, band, AS);
    }

    final CalicoNode node(String name, int number, VersionBand band, long as) {
        return new CalicoNode(host(name, number), number, band, as);
    }

    /** A reflector that knows each of its nodes, and waits for them to connect. */
    static Reflector reflector(Host host, Collection<CalicoNode> nodes) {
        return Reflector.of(new Plan(host, AS, host.ipv4(), HOLD_TIME_SECONDS, clients(nodes, AS, false)));
    }

    static List<Membership> clients(Collection<CalicoNode> nodes, long as, boolean connects) {
        List<Membership> members = new ArrayList<>();
        for (CalicoNode node : nodes) {
            for (NodeFamily family : NodeFamily.values()) {
                members.add(new Membership(family.address(node.host()), as, Membership.Role.CLIENT, false,
                        connects));
            }
        }
        return members;
    }

    /** Does things at the same time, and returns when all are done. */
    static void together(Collection<Runnable> actions) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            actions.forEach(action -> running.add(threads.submit(action)));
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    static void startAll(Collection<CalicoNode> nodes) {
        together(nodes.stream().<Runnable>map(node -> node::start).toList());
    }

    static void peerAll(Collection<CalicoNode> nodes, Reason reason, Host... reflectors) {
        nodes.forEach(node -> node.peerWith(
                Arrays.stream(reflectors).map(peer -> new NodeSession(reason, peer, OptionalInt.empty()))
                        .toList()));
    }

    /** Waits for both sessions of every node with a reflector. */
    static void awaitSessions(Collection<CalicoNode> nodes, Host reflector) {
        eventually(() -> {
            for (CalicoNode node : nodes) {
                assertThat(node.sessionUp(reflector.ipv4())).as("%s: session with %s", node, reflector.ipv4())
                        .isTrue();
                assertThat(node.sessionUp(reflector.ipv6())).as("%s: session with %s", node, reflector.ipv6())
                        .isTrue();
            }
        });
    }

    /** Waits for every node to reach prefixes. */
    static void awaitReached(Collection<CalicoNode> nodes, Collection<String> prefixes) {
        eventually(() -> {
            for (CalicoNode node : nodes) {
                assertThat(node.reaches()).as(node.toString()).containsAll(prefixes);
            }
        });
    }

    /** Waits for nodes to have lost prefixes. */
    static void awaitGone(Collection<CalicoNode> nodes, Collection<String> prefixes) {
        eventually(() -> {
            for (CalicoNode node : nodes) {
                assertThat(node.reaches()).as(node.toString()).doesNotContainAnyElementsOf(prefixes);
            }
        });
    }

    /** The blocks of all nodes. */
    static Set<String> blocks(Collection<CalicoNode> nodes) {
        return nodes.stream().flatMap(node -> node.blocks().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    static List<CalicoNode> without(Collection<CalicoNode> nodes, CalicoNode one) {
        return nodes.stream().filter(node -> node != one).toList();
    }

    /** Another reflector as a plain peer. */
    static List<Membership> nonClient(Host host) {
        return List.of(Membership.nonClient(host.ipv4(), AS),
                Membership.nonClient(host.ipv6(), AS));
    }

    /** Waits for nodes to have each block of all others in a number of ways, one of them the best. */
    static void awaitWays(List<CalicoNode> nodes, int ways) {
        eventually(() -> {
            for (CalicoNode node : nodes) {
                for (String block : blocks(without(nodes, node))) {
                    List<TableRoute> routes = node.tableOf(block);
                    assertThat(routes).as(node + " to " + block).hasSize(ways);
                    assertThat(routes).filteredOn(TableRoute::usable).hasSize(1);
                    assertThat(routes).extracting(TableRoute::protocol).doesNotHaveDuplicates();
                }
            }
        });
    }

    /** Sees that what some nodes announce has come to others by certain clusters. */
    static void assertPassed(List<CalicoNode> from, List<CalicoNode> to, List<String> clusters) {
        for (CalicoNode receiver : to) {
            for (CalicoNode owner : without(from, receiver)) {
                for (String block : owner.blocks()) {
                    assertThat(receiver.route(block)).as(receiver + " to " + block).get().satisfies(seen -> {
                        assertThat(seen.clusterList()).isEqualTo(clusters);
                        assertThat(seen.originatorId()).contains(owner.host().ipv4());
                        assertThat(seen.nextHop()).isEqualTo(NodeFamily.of(block).address(owner.host()));
                    });
                }
            }
        }
    }
}
