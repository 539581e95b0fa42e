package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Membership;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.PeerKind;

/** Two reflectors with one cluster id, which therefore ignore each other's clients (RFC 4456 §7, §8). */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class SharedClusterSuite extends PeerSuite {
    private static final String CLUSTER = "10.77.255.1";

    private final Host one = host("rr-one", 1);
    private final Host two = host("rr-two", 2);
    private final Reflector first = Reflector.of(plan(one, two));
    private final Reflector second = Reflector.of(plan(two, one));
    private final BgpPeer left = peer("left", 3, AS, one);
    private final BgpPeer right = peer("right", 4, AS, two);
    private final BgpPeer both = peer("both", 5, AS, one, two);
    private final BgpPeer safe = peer("safe", 6, AS, one, two);

    SharedClusterSuite(PeerKind kind) {
        super(kind);
    }

    @BeforeAll
    void start() {
        for (Reflector reflector : List.of(first, second)) {
            reflector.start();
        }
        for (BgpPeer client : List.of(left, right, both, safe)) {
            client.start();
        }
        awaitSessions(left, one);
        awaitSessions(right, two);
        for (BgpPeer client : List.of(both, safe)) {
            awaitSessions(client, one);
            awaitSessions(client, two);
        }
    }

    @Test
    @Order(1)
    void a_client_of_both_reaches_the_clients_of_each() {
        both.announce(Announcement.of("10.1.0.0/24"));
        both.announce(Announcement.of("fd00:1::/64"));

        for (BgpPeer other : List.of(left, right, safe)) {
            assertThat(awaitRoute(other, "10.1.0.0/24").clusterList()).containsExactly(CLUSTER);
            assertThat(awaitRoute(other, "fd00:1::/64").clusterList()).containsExactly(CLUSTER);
        }
    }

    @Test
    @Order(2)
    void a_client_of_only_one_is_not_heard_by_the_clients_of_the_other() {
        left.announce(Announcement.of("10.2.0.0/24"));

        awaitRoute(both, "10.2.0.0/24");
        staysSo(() -> assertThat(right.route("10.2.0.0/24")).isEmpty());
    }

    @Test
    @Order(3)
    void clients_of_both_go_on_without_one_of_them() {
        both.announce(Announcement.of("10.3.0.0/24"));
        awaitRoute(safe, "10.3.0.0/24");

        first.drain();
        eventually(() -> assertThat(safe.sessionUp(one.ipv4())).isFalse());

        both.announce(Announcement.of("10.4.0.0/24"));
        awaitRoute(safe, "10.4.0.0/24");
        awaitRoute(safe, "10.3.0.0/24");
    }

    private static Plan plan(Host host, Host other) {
        return new Plan(host, AS, CLUSTER, Membership.nonClient(other.ipv4(), AS),
                Membership.nonClient(other.ipv6(), AS), Membership.clientsIn("10.77.0.0/24", AS),
                Membership.clientsIn("fd77::/64", AS));
    }
}
