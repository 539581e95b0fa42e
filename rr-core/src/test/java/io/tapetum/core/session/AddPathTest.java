package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.capability.Capability.AddPath;
import io.tapetum.wire.capability.Capability.AddPath.PathTuple;

/** RFC 7911: a peer that wants several paths of a prefix, and may have them. */
class AddPathTest {

    private static final Capability SEVERAL = new AddPath(
            List.of(new PathTuple(1, 1, true, false), new PathTuple(2, 1, true, false)));
    private static final Capability REFRESH = new Capability.RouteRefreshCapability();
    private static final Capability ENHANCED = new Capability.EnhancedRouteRefresh();
    private static final Capability IPV4 = new Capability.Multiprotocol(1, 1);
    private static final Capability IPV6 = new Capability.Multiprotocol(2, 1);

    private final TestReflector reflector = new TestReflector()
            .peer("10.1.0.1", SampleTemplate.client().addPathSend(PeerTemplate.ALL_PATHS))
            .peer("10.1.0.2", SampleTemplate.client().addPathSend(2))
            .peer("10.1.0.3", SampleTemplate.external().addPathSend(PeerTemplate.ALL_PATHS))
            .peer("10.1.0.4", SampleTemplate.nonClient().addPathSend(PeerTemplate.ALL_PATHS))
            .range("10.0.0.0", 16, 1001, SampleTemplate.client()).start();
    private final RemoteEnd first = reflector.session("10.0.0.1");
    private final RemoteEnd second = reflector.session("10.0.0.2");

    @AfterEach
    void stop() {
        reflector.close();
    }

    private void both_announce(String prefix) {
        first.send(RawUpdate.announcement("10.0.0.1", prefix));
        second.send(RawUpdate.announcement("10.0.0.2", prefix));
    }

    private RemoteEnd session(String address, Capability... capabilities) {
        return reflector.connect(address).establish(capabilities);
    }

    @Test
    void a_peer_that_wants_several_paths_gets_them_and_then_the_end_of_rib() {
        both_announce("10.9.0.0/16");

        RemoteEnd peer = session("10.1.0.1", SEVERAL);

        assertThat(peer.heard()).containsExactly("+10.9.0.0/16 id 1", "+10.9.0.0/16 id 2", "EoR IPV4_UNICAST");
        assertThat(peer.routes().values()).extracting(route -> route.nextHop())
                .containsExactlyInAnyOrder(NextHop.ipv4(0x0a000001), NextHop.ipv4(0x0a000002));
    }

    @Test
    void a_peer_that_does_not_want_them_gets_the_best_without_identifier() {
        both_announce("10.9.0.0/16");

        assertThat(session("10.1.0.1").heard()).containsExactly("+10.9.0.0/16", "EoR IPV4_UNICAST");
    }

    @Test
    void a_peer_that_may_not_have_them_gets_the_best_without_identifier() {
        both_announce("10.9.0.0/16");

        assertThat(session("10.0.0.3", SEVERAL).heard()).containsExactly("+10.9.0.0/16", "EoR IPV4_UNICAST");
    }

    @Test
    void a_path_that_is_not_the_best_comes_and_goes_and_others_hear_nothing_of_it() {
        RemoteEnd several = session("10.1.0.1", SEVERAL);
        RemoteEnd plain = reflector.session("10.0.0.3");
        first.send(RawUpdate.announcement("10.0.0.1", "10.9.0.0/16"));
        several.heard();
        plain.heard();

        second.send(RawUpdate.announcement("10.0.0.2", "10.9.0.0/16"));
        assertThat(several.heard()).containsExactly("+10.9.0.0/16 id 2");
        second.send(RawUpdate.withdrawal("10.9.0.0/16"));
        assertThat(several.heard()).containsExactly("-10.9.0.0/16 id 2");

        assertThat(plain.heard()).isEmpty();
    }

    @Test
    void a_lost_session_takes_its_paths_only() {
        both_announce("10.9.0.0/16");
        RemoteEnd peer = session("10.1.0.1", SEVERAL);
        peer.heard();

        first.lose();
        reflector.run();

        assertThat(peer.heard()).containsExactly("-10.9.0.0/16 id 1");
    }

    @Test
    void a_peer_with_a_limit_gets_so_many() {
        both_announce("10.9.0.0/16");
        reflector.session("10.0.0.3").send(RawUpdate.announcement("10.0.0.3", "10.9.0.0/16"));

        assertThat(session("10.1.0.1", SEVERAL).routes()).hasSize(3);
        assertThat(session("10.1.0.2", SEVERAL).routes()).hasSize(2);
    }

    @Test
    void every_path_is_reflected_by_the_rules_for_the_best() {
        both_announce("10.9.0.0/16");

        RemoteEnd client = session("10.1.0.1", SEVERAL);
        RemoteEnd external = session("10.1.0.3", SEVERAL);
        RemoteEnd nonClient = session("10.1.0.4", SEVERAL);

        assertThat(client.routes().values()).extracting(route -> route.originatorId())
                .containsExactlyInAnyOrder(0x0a000001, 0x0a000002);
        assertThat(external.routes().values()).hasSize(2).allSatisfy(route -> {
            assertThat(route.originatorId()).isZero();
            assertThat(route.asPathLength()).isEqualTo(1);
        });
        assertThat(nonClient.routes()).hasSize(2);
    }

    @Test
    void what_a_non_client_announces_other_non_clients_do_not_get_beside_what_they_get() {
        RemoteEnd nonClient = session("10.1.0.4", SEVERAL);
        both_announce("10.9.0.0/16");
        nonClient.heard();

        RemoteEnd client = session("10.1.0.1", SEVERAL);
        nonClient.send(RawUpdate.announcement("10.1.0.4", "10.9.0.0/16"));

        assertThat(client.routes()).hasSize(3);
        assertThat(nonClient.heard()).isEmpty();
    }

    @Test
    void an_answer_to_a_refresh_has_the_same_paths_with_the_same_identifiers() {
        both_announce("10.9.0.0/16");
        RemoteEnd peer = session("10.1.0.1", SEVERAL, REFRESH, ENHANCED);
        peer.heard();

        peer.requestRefresh(Family.IPV4_UNICAST);

        assertThat(peer.heard()).containsExactly("BoRR IPV4_UNICAST", "+10.9.0.0/16 id 1", "+10.9.0.0/16 id 2",
                "EoRR IPV4_UNICAST");
    }

    @Test
    void ipv6_has_identifiers_of_its_own() {
        reflector.connect("10.0.0.3").establish(IPV4, IPV6)
                .send(RawUpdate.announcement6("2001:db8::1", "2001:db8:1::/48"));

        RemoteEnd peer = session("10.1.0.1", SEVERAL, IPV4, IPV6);

        assertThat(peer.heard()).contains("+2001:db8:1:0:0:0:0:0/48 id 1");
    }

    @Test
    void nobody_ranks_paths_when_the_last_who_wanted_them_has_gone() {
        both_announce("10.9.0.0/16");
        RemoteEnd peer = session("10.1.0.1", SEVERAL);
        RemoteEnd other = session("10.1.0.2", SEVERAL);
        peer.lose();
        other.lose();
        reflector.run();

        second.send(RawUpdate.withdrawal("10.9.0.0/16"));
        second.send(RawUpdate.announcement("10.0.0.2", "10.8.0.0/16"));

        assertThat(session("10.1.0.1", SEVERAL).routes().keySet())
                .isEqualTo(Set.of("10.9.0.0/16 id 1", "10.8.0.0/16 id 1"));
    }
}
