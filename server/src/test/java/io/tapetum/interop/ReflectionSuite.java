package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
import io.tapetum.interop.speaker.SeenRoute;
import io.tapetum.interop.wire.CapturedMessage;
import io.tapetum.interop.wire.Prefixes;

/** Three clients of one reflector exchange routes, IPv4 over IPv4 and IPv6 over IPv6 (RFC 4456 §6, §8). */
abstract class ReflectionSuite extends PeerSuite {
    /** What calico-node gives its routes since Calico 3.32: more than a signed number is at ease with. */
    private static final long CALICO_LOCAL_PREF = 2_147_482_623L;

    private final Host rr = host("rr", 1);
    private final Reflector reflector = Reflector.of(Plan.forEverybody(rr, AS));
    private final BgpPeer first = peer("first", 2, AS, rr);
    private final BgpPeer second = peer("second", 3, AS, rr);
    private final BgpPeer third = peer("third", 4, AS, rr);

    ReflectionSuite(PeerKind kind) {
        super(kind);
    }

    @BeforeAll
    void start() {
        reflector.start();
        for (BgpPeer client : List.of(first, second, third)) {
            client.start();
        }
        for (BgpPeer client : List.of(first, second, third)) {
            awaitSessions(client, rr);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.0/24", "fd00:1::/64"})
    void a_route_reaches_the_other_clients_with_all_that_it_said(String prefix) {
        Announcement announcement = Announcement.of(prefix).withMed(50).withLocalPref(CALICO_LOCAL_PREF)
                .withCommunities("64512:77", "64512:78").withRouteTargets("64512:100")
                .withLargeCommunities("64512:1:2", "64512:3:4");
        Announcement whole = kind().originatesForeignPaths() ? announcement.withAsPath(65001L, 65002L) : announcement;

        first.announce(whole);

        // A daemon may announce it first as it is and then as its filter makes it.
        for (BgpPeer other : List.of(second, third)) {
            eventually(() -> assertThat(other.route(prefix)).get().satisfies(seen -> {
                assertThat(seen.nextHop()).isEqualTo(own(first, prefix));
                assertThat(seen.asPath()).isEqualTo(whole.asPath());
                assertThat(seen.origin()).isEqualTo("igp");
                assertThat(seen.med()).isEqualTo(OptionalLong.of(50));
                assertThat(seen.localPref()).isEqualTo(OptionalLong.of(CALICO_LOCAL_PREF));
                assertThat(seen.communities()).containsExactlyInAnyOrder("64512:77", "64512:78");
                assertThat(seen.routeTargets()).containsExactly("64512:100");
                assertThat(seen.largeCommunities()).containsExactlyInAnyOrder("64512:1:2", "64512:3:4");
                assertThat(seen.originatorId()).isEqualTo(Optional.of(first.host().ipv4()));
                assertThat(seen.clusterList()).containsExactly(rr.ipv4());
            }));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.2.0.0/24", "fd00:2::/64"})
    void a_changed_route_takes_the_place_of_the_old_one(String prefix) {
        first.announce(Announcement.of(prefix).withMed(10).withCommunities("64512:1"));
        eventually(() -> assertThat(second.route(prefix)).get().extracting(SeenRoute::med)
                .isEqualTo(OptionalLong.of(10)));

        first.announce(Announcement.of(prefix).withMed(20).withCommunities("64512:2"));

        for (BgpPeer other : List.of(second, third)) {
            eventually(() -> assertThat(other.route(prefix)).get().satisfies(seen -> {
                assertThat(seen.med()).isEqualTo(OptionalLong.of(20));
                assertThat(seen.communities()).containsExactly("64512:2");
            }));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.3.0.0/24", "fd00:3::/64"})
    void a_withdrawn_route_is_gone_everywhere(String prefix) {
        first.announce(Announcement.of(prefix));
        awaitRoute(second, prefix);
        awaitRoute(third, prefix);

        first.withdraw(prefix);

        awaitNoRoute(second, prefix);
        awaitNoRoute(third, prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.4.0.0/24", "fd00:4::/64"})
    void the_better_of_two_routes_wins_until_it_is_withdrawn(String prefix) {
        first.announce(Announcement.of(prefix).withLocalPref(100));
        second.announce(Announcement.of(prefix).withLocalPref(CALICO_LOCAL_PREF));
        eventually(() -> assertThat(third.route(prefix)).get().extracting(SeenRoute::nextHop)
                .isEqualTo(own(second, prefix)));

        second.withdraw(prefix);

        for (BgpPeer other : List.of(second, third)) {
            eventually(() -> assertThat(other.route(prefix)).get().extracting(SeenRoute::nextHop)
                    .isEqualTo(own(first, prefix)));
        }
    }

    @Test
    void the_announcing_client_gets_nothing_back() {
        try (Capture capture = Capture.on(first.host(), "echo")) {
            first.announce(Announcement.of("10.5.0.0/24"));
            first.announce(Announcement.of("fd00:5::/64"));
            awaitRoute(second, "10.5.0.0/24");
            awaitRoute(second, "fd00:5::/64");
            // What the second one announces now comes to the first one after an echo would have come.
            second.announce(Announcement.of("10.6.0.0/24"));
            second.announce(Announcement.of("fd00:6::/64"));
            awaitRoute(first, "10.6.0.0/24");
            awaitRoute(first, "fd00:6::/64");

            List<String> announced = capture.stop().stream()
                    .filter(message -> message.went(rr.ipv4(), first.host().ipv4())
                            || message.went(rr.ipv6(), first.host().ipv6()))
                    .map(CapturedMessage::update).flatMap(Optional::stream)
                    .flatMap(update -> update.announced().stream()).toList();

            assertThat(announced).contains("10.6.0.0/24", "fd00:6::/64").doesNotContain("10.5.0.0/24", "fd00:5::/64");
            assertThat(capture.complaints()).isEmpty();
        }
    }

    private static String own(BgpPeer peer, String prefix) {
        return Prefixes.isIpv6(prefix) ? peer.host().ipv6() : peer.host().ipv4();
    }
}
