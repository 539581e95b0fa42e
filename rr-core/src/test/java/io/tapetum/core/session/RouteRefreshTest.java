package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.message.RouteRefresh;

/** RFC 2918 and RFC 7313: a peer that asks gets the table again. */
class RouteRefreshTest {

    private static final Capability REFRESH = new Capability.RouteRefreshCapability();
    private static final Capability ENHANCED = new Capability.EnhancedRouteRefresh();

    private final TestReflector reflector = new TestReflector().range("10.0.0.0", 8, 1001, SampleTemplate.client())
            .start();
    private RemoteEnd announcer = reflector.session("10.0.0.1");

    @AfterEach
    void stop() {
        reflector.close();
    }

    @BeforeEach
    void two_routes() {
        announcer.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16", "10.2.0.0/16"));
    }

    @Test
    void a_plain_answer_is_the_table_without_a_frame() {
        RemoteEnd client = client(REFRESH);

        client.requestRefresh(Family.IPV4_UNICAST);

        assertThat(client.heard()).containsExactly("+10.1.0.0/16", "+10.2.0.0/16");
    }

    @Test
    void an_enhanced_answer_stands_between_its_begin_and_its_end() {
        RemoteEnd client = client(REFRESH, ENHANCED);

        client.requestRefresh(Family.IPV4_UNICAST);

        assertThat(client.heard()).containsExactly("BoRR IPV4_UNICAST", "+10.1.0.0/16", "+10.2.0.0/16",
                "EoRR IPV4_UNICAST");
    }

    @Test
    void an_answer_without_routes_still_has_begin_and_end() {
        announcer.send(RawUpdate.withdrawal("10.1.0.0/16", "10.2.0.0/16"));
        RemoteEnd client = client(REFRESH, ENHANCED);

        client.requestRefresh(Family.IPV4_UNICAST);

        assertThat(client.heard()).containsExactly("BoRR IPV4_UNICAST", "EoRR IPV4_UNICAST");
    }

    @Test
    void the_end_of_rib_is_not_repeated() {
        RemoteEnd client = client(REFRESH);

        client.requestRefresh(Family.IPV4_UNICAST);

        assertThat(client.heard()).noneMatch(line -> line.startsWith("EoR "));
    }

    @Test
    void a_peer_gets_none_of_its_own_routes() {
        RemoteEnd other = reflector.session("10.0.0.2");
        other.send(RawUpdate.announcement("10.0.0.2", "10.3.0.0/16"));
        announcer.heard();

        announcer.requestRefresh(Family.IPV4_UNICAST);

        assertThat(announcer.heard()).containsExactly("+10.3.0.0/16");
    }

    @Test
    void requests_that_come_during_an_answer_are_answered_together_by_one_more() {
        RemoteEnd client = client(REFRESH, ENHANCED);
        client.connection().stall();
        // Something is on its way that the peer does not take.
        announcer.send(RawUpdate.announcement("10.0.0.1", "10.3.0.0/16"));

        client.requestRefresh(Family.IPV4_UNICAST);
        client.requestRefresh(Family.IPV4_UNICAST);
        client.requestRefresh(Family.IPV4_UNICAST);
        client.connection().takeAll();
        client.writabilityChanged();

        assertThat(client.heard()).containsExactly("+10.3.0.0/16", "BoRR IPV4_UNICAST", "+10.1.0.0/16", "+10.2.0.0/16",
                "+10.3.0.0/16", "EoRR IPV4_UNICAST", "BoRR IPV4_UNICAST", "+10.1.0.0/16", "+10.2.0.0/16",
                "+10.3.0.0/16", "EoRR IPV4_UNICAST");
    }

    @Test
    void plain_requests_are_answered_together_too() {
        RemoteEnd client = client(REFRESH);
        client.connection().stall();
        announcer.send(RawUpdate.announcement("10.0.0.1", "10.3.0.0/16"));

        for (int i = 0; i < 10; i++) {
            client.requestRefresh(Family.IPV4_UNICAST);
        }
        client.connection().takeAll();
        client.writabilityChanged();

        assertThat(client.heard()).filteredOn(line -> line.equals("+10.1.0.0/16")).hasSize(2);
    }

    /** As when a filter that all nodes share is edited. */
    @Test
    void a_thousand_peers_that_ask_at_once_are_all_answered_in_full() {
        List<RemoteEnd> clients = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            clients.add(reflector.connect("10.9." + i / 250 + "." + (i % 250 + 1)).establish(REFRESH, ENHANCED));
        }
        clients.forEach(RemoteEnd::heard);

        clients.forEach(client -> client.send(new RouteRefresh(1, RouteRefresh.REQUEST, 1)));
        reflector.run();

        assertThat(clients).allSatisfy(client -> assertThat(client.heard()).containsExactly("BoRR IPV4_UNICAST",
                "+10.1.0.0/16", "+10.2.0.0/16", "EoRR IPV4_UNICAST"));
    }

    @Test
    void a_request_during_the_table_is_answered_after_its_end() {
        RemoteEnd client = reflector.connect("10.0.0.3");
        client.connection().stall();
        client.establish(REFRESH, ENHANCED);

        client.requestRefresh(Family.IPV4_UNICAST);
        client.connection().takeAll();
        client.writabilityChanged();

        assertThat(client.heard()).containsExactly("+10.1.0.0/16", "+10.2.0.0/16", "EoR IPV4_UNICAST",
                "BoRR IPV4_UNICAST", "+10.1.0.0/16", "+10.2.0.0/16", "EoRR IPV4_UNICAST");
    }

    @Test
    void changes_that_come_during_an_answer_arrive_with_it() {
        RemoteEnd client = client(REFRESH, ENHANCED);
        client.connection().stall();
        announcer.send(RawUpdate.announcement("10.0.0.1", "10.3.0.0/16"));
        client.requestRefresh(Family.IPV4_UNICAST);

        announcer.send(RawUpdate.withdrawal("10.1.0.0/16"));
        client.connection().takeAll();
        client.writabilityChanged();

        assertThat(client.routes()).containsOnlyKeys("10.2.0.0/16", "10.3.0.0/16");
    }

    @Test
    void a_request_for_a_family_that_is_not_shared_or_not_known_is_ignored() {
        RemoteEnd client = client(REFRESH, ENHANCED);

        client.requestRefresh(Family.IPV6_UNICAST);
        client.send(new RouteRefresh(25, RouteRefresh.REQUEST, 65));

        assertThat(client.heard()).isEmpty();
    }

    @Test
    void the_frame_of_an_answer_and_unknown_subtypes_are_no_requests() {
        RemoteEnd client = client(REFRESH, ENHANCED);

        client.send(new RouteRefresh(1, RouteRefresh.BEGINNING, 1));
        client.send(new RouteRefresh(1, RouteRefresh.END, 1));
        client.send(new RouteRefresh(1, 77, 1));

        assertThat(client.heard()).isEmpty();
    }

    private RemoteEnd client(Capability... capabilities) {
        RemoteEnd client = reflector.connect("10.0.0.3").establish(capabilities);
        assertThat(client.heard()).endsWith("EoR IPV4_UNICAST");
        return client;
    }
}
