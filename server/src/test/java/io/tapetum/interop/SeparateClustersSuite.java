package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Membership;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.interop.speaker.SeenRoute;

/**
 * Two reflectors with different cluster ids, meshed as non-clients: {@code left} is a client of the one, {@code right} of
 * the other, {@code both} of both (RFC 4456 §7).
 */
abstract class SeparateClustersSuite extends PeerSuite {
    private final Host one = host("rr-one", 1);
    private final Host two = host("rr-two", 2);
    private final Reflector first = Reflector.of(plan(one, two, "10.77.255.1"));
    private final Reflector second = Reflector.of(plan(two, one, "10.77.255.2"));
    private final BgpPeer left = peer("left", 3, AS, one);
    private final BgpPeer right = peer("right", 4, AS, two);
    private final BgpPeer both = peer("both", 5, AS, one, two);

    SeparateClustersSuite(PeerKind kind) {
        super(kind);
    }

    @BeforeAll
    void start() {
        for (Reflector reflector : List.of(first, second)) {
            reflector.start();
        }
        for (BgpPeer client : List.of(left, right, both)) {
            client.start();
        }
        awaitSessions(left, one);
        awaitSessions(right, two);
        awaitSessions(both, one);
        awaitSessions(both, two);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.0/24", "fd00:1::/64"})
    void a_route_that_passed_two_reflectors_names_both_clusters_the_last_one_first(String prefix) {
        left.announce(Announcement.of(prefix));

        SeenRoute seen = awaitRoute(right, prefix);

        assertThat(seen.originatorId()).isEqualTo(Optional.of(left.host().ipv4()));
        assertThat(seen.clusterList()).containsExactly("10.77.255.2", "10.77.255.1");
    }

    @Test
    void a_client_of_both_prefers_the_shorter_way() {
        left.announce(Announcement.of("10.2.0.0/24"));
        awaitRoute(right, "10.2.0.0/24");

        // Equal up to CLUSTER_LIST, whose length decides before the peer's address (RFC 4456 §9).
        eventually(() -> assertThat(both.route("10.2.0.0/24")).get().extracting(SeenRoute::clusterList)
                .isEqualTo(List.of("10.77.255.1")));
    }

    @Test
    void a_route_of_a_client_of_both_reaches_everybody_and_leaves_everybody() {
        both.announce(Announcement.of("10.3.0.0/24"));
        // The longer way may be there first.
        eventually(() -> assertThat(awaitRoute(left, "10.3.0.0/24").clusterList()).containsExactly("10.77.255.1"));
        eventually(() -> assertThat(awaitRoute(right, "10.3.0.0/24").clusterList()).containsExactly("10.77.255.2"));

        both.withdraw("10.3.0.0/24");

        awaitNoRoute(left, "10.3.0.0/24");
        awaitNoRoute(right, "10.3.0.0/24");
        staysSo(() -> {
            assertThat(left.route("10.3.0.0/24")).isEmpty();
            assertThat(right.route("10.3.0.0/24")).isEmpty();
        });
    }

    private static Plan plan(Host host, Host other, String clusterId) {
        return new Plan(host, AS, clusterId, Membership.nonClient(other.ipv4(), AS),
                Membership.nonClient(other.ipv6(), AS), Membership.clientsIn("10.77.0.0/24", AS),
                Membership.clientsIn("fd77::/64", AS));
    }
}
