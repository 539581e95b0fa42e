package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Membership;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.Neighbour;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.interop.speaker.SeenRoute;
import io.tapetum.interop.speaker.Spine;
import io.tapetum.interop.wire.Prefixes;

/**
 * Two racks of nodes, each an AS with a reflector of its own, joined by a spine of a third AS: routes go from node to
 * reflector to spine to reflector to node, and packets straight from node to node, since nobody touches NEXT_HOP.
 */
abstract class SpineSuite extends PeerSuite {
    private static final long LEFT_AS = 65005;
    private static final long RIGHT_AS = 65008;
    private static final long SPINE_AS = 65000;
    private static final List<String> OUTSIDE = List.of("198.51.100.0/24", "2001:db8:1::/64");

    private final Host leftLeaf = host("left-leaf", 1);
    private final Host rightLeaf = host("right-leaf", 2);
    private final Host middle = host("spine", 3);
    private final Reflector leftReflector = Reflector.of(plan(leftLeaf, LEFT_AS));
    private final Reflector rightReflector = Reflector.of(plan(rightLeaf, RIGHT_AS));
    private final Spine spine = new Spine(middle, SPINE_AS,
            List.of(new Neighbour(leftLeaf.ipv4(), LEFT_AS), new Neighbour(leftLeaf.ipv6(), LEFT_AS),
                    new Neighbour(rightLeaf.ipv4(), RIGHT_AS), new Neighbour(rightLeaf.ipv6(), RIGHT_AS)));
    private final BgpPeer leftNode = peer("left-node", 5, LEFT_AS, leftLeaf);
    private final BgpPeer leftMate = peer("left-mate", 6, LEFT_AS, leftLeaf);
    private final BgpPeer rightNode = peer("right-node", 8, RIGHT_AS, rightLeaf);

    SpineSuite(PeerKind kind) {
        super(kind);
    }

    @BeforeAll
    void start() {
        need(PeerKind.BIRD_2.available(), "bird 2, which is the spine, is not here: ./verify fetches it");
        spine.start(OUTSIDE);
        leftReflector.start();
        rightReflector.start();
        for (BgpPeer node : List.of(leftNode, leftMate, rightNode)) {
            node.start();
        }
        awaitSessions(leftNode, leftLeaf);
        awaitSessions(leftMate, leftLeaf);
        awaitSessions(rightNode, rightLeaf);
        eventually(() -> {
            for (Host leaf : List.of(leftLeaf, rightLeaf)) {
                assertThat(spine.sessionUp(leaf.ipv4())).as("%s", leaf.ipv4()).isTrue();
                assertThat(spine.sessionUp(leaf.ipv6())).as("%s", leaf.ipv6()).isTrue();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.0/24", "fd00:1::/64"})
    void a_nodes_route_reaches_the_other_rack_with_the_node_as_next_hop(String prefix) {
        leftNode.announce(Announcement.of(prefix).withLocalPref(2_147_482_623L).withCommunities("65005:1"));

        // A daemon may announce it first as it is and then as its filter makes it.
        eventually(() -> assertThat(rightNode.route(prefix)).get()
                .satisfies(route -> assertThat(route.communities()).contains("65005:1")));
        SeenRoute seen = awaitRoute(rightNode, prefix);
        assertThat(seen.asPath()).containsExactly(SPINE_AS, LEFT_AS);
        assertThat(seen.nextHop()).isEqualTo(Prefixes.isIpv6(prefix) ? leftNode.host().ipv6() : leftNode.host().ipv4());
        // LOCAL_PREF, ORIGINATOR_ID and CLUSTER_LIST end at the border of the AS (RFC 4271 §5.1.5, RFC 4456 §8).
        assertThat(seen.localPref()).isEqualTo(OptionalLong.of(100));
        SeenRoute atSpine = spine.route(prefix).orElseThrow();
        assertThat(atSpine.originatorId()).isEmpty();
        assertThat(atSpine.clusterList()).isEmpty();
        assertThat(atSpine.asPath()).containsExactly(LEFT_AS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.2.0.0/24", "fd00:2::/64"})
    void a_route_withdrawn_in_one_rack_is_gone_in_the_other(String prefix) {
        leftNode.announce(Announcement.of(prefix));
        awaitRoute(rightNode, prefix);

        leftNode.withdraw(prefix);

        awaitNoRoute(rightNode, prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.0/24", "2001:db8:1::/64"})
    void the_spines_routes_reach_every_node_and_are_not_stamped_as_reflected(String prefix) {
        for (BgpPeer node : List.of(leftNode, leftMate, rightNode)) {
            SeenRoute seen = awaitRoute(node, prefix);

            assertThat(seen.asPath()).containsExactly(SPINE_AS);
            assertThat(seen.nextHop()).isEqualTo(Prefixes.isIpv6(prefix) ? middle.ipv6() : middle.ipv4());
            // It was not reflected, but learned outside (RFC 4456 §8 speaks of reflected routes).
            assertThat(seen.originatorId()).isEqualTo(Optional.empty());
            assertThat(seen.clusterList()).isEmpty();
        }
    }

    private static Plan plan(Host leaf, long as) {
        return new Plan(leaf, as, leaf.ipv4(), Membership.external("10.77.0.3", SPINE_AS),
                Membership.external("fd77::3", SPINE_AS), Membership.clientsIn("10.77.0.0/24", as),
                Membership.clientsIn("fd77::/64", as));
    }
}
