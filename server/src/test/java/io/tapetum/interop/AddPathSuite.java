package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.BeforeAll;
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
import io.tapetum.interop.wire.Prefixes;

/** Two nodes announce one service address, and who wants all paths sees both (RFC 7911). */
abstract class AddPathSuite extends PeerSuite {
    private final Host rr = host("rr", 1);
    private final Reflector reflector = Reflector
            .of(new Plan(rr, AS, rr.ipv4(), Membership.clientsIn("10.77.0.0/24", AS).withAllPaths(),
                    Membership.clientsIn("fd77::/64", AS).withAllPaths()));
    private final BgpPeer first = peer("first", 2, AS, rr);
    private final BgpPeer second = peer("second", 3, AS, rr);
    private final BgpPeer watcher = peer("watcher", 4, AS, rr);

    AddPathSuite(PeerKind kind) {
        super(kind);
    }

    @BeforeAll
    void start() {
        reflector.start();
        for (BgpPeer client : List.of(first, second, watcher)) {
            client.start();
        }
        for (BgpPeer client : List.of(first, second, watcher)) {
            awaitSessions(client, rr);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.1/32", "fd00:1::1/128"})
    void both_paths_of_a_prefix_arrive_and_only_the_one_that_is_withdrawn_goes(String prefix) {
        first.announce(Announcement.of(prefix));
        second.announce(Announcement.of(prefix));
        eventually(() -> assertThat(nextHops(watcher, prefix)).containsExactlyInAnyOrder(own(first, prefix),
                own(second, prefix)));

        second.withdraw(prefix);

        eventually(() -> assertThat(nextHops(watcher, prefix)).containsExactly(own(first, prefix)));
        staysSo(() -> assertThat(nextHops(watcher, prefix)).containsExactly(own(first, prefix)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.2.0.1/32", "fd00:2::1/128"})
    void a_changed_path_takes_the_place_of_the_old_one_beside_the_other(String prefix) {
        first.announce(Announcement.of(prefix).withMed(10));
        second.announce(Announcement.of(prefix).withMed(10));
        eventually(() -> assertThat(nextHops(watcher, prefix)).hasSize(2));

        second.announce(Announcement.of(prefix).withMed(20));

        eventually(() -> assertThat(watcher.routes(prefix)).extracting(route -> route.med().orElse(0))
                .containsExactlyInAnyOrder(10L, 20L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.3.0.1/32", "fd00:3::1/128"})
    void who_announces_one_of_the_paths_gets_the_other_one_only(String prefix) {
        first.announce(Announcement.of(prefix));
        second.announce(Announcement.of(prefix));
        eventually(() -> assertThat(nextHops(watcher, prefix)).hasSize(2));

        eventually(() -> assertThat(nextHops(first, prefix)).containsExactly(own(second, prefix)));
        eventually(() -> assertThat(nextHops(second, prefix)).containsExactly(own(first, prefix)));
    }

    private static List<String> nextHops(BgpPeer peer, String prefix) {
        return peer.routes(prefix).stream().map(SeenRoute::nextHop).toList();
    }

    private static String own(BgpPeer peer, String prefix) {
        return Prefixes.isIpv6(prefix) ? peer.host().ipv6() : peer.host().ipv4();
    }
}
