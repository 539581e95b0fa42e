package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.Acceptance;
import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.fsm.SessionState;
import io.tapetum.core.settings.MaximumPrefixes;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability.GracefulRestart;

/** Peers come, go and change while the reflector runs, and nobody else notices. */
class ReconciliationTest {

    private static final String FIRST = "10.0.0.1";
    private static final String SECOND = "10.0.0.2";
    private static final String THIRD = "10.0.0.3";

    private TestReflector reflector = new TestReflector();

    @BeforeEach
    void start() {
        reflector.peer(FIRST, client()).peer(SECOND, client()).start();
    }

    @AfterEach
    void stop() {
        reflector.close();
    }

    @Test
    void a_new_peer_is_welcome_and_gets_the_routes() {
        RemoteEnd first = reflector.session(FIRST);
        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16"));
        assertThat(reflector.reflector().accept(address(THIRD))).isInstanceOf(Acceptance.Refused.class);

        reconcile(peer(FIRST), peer(SECOND), peer(THIRD));

        assertThat(reflector.connect(THIRD).establish().routes()).containsOnlyKeys("10.1.0.0/16");
        assertThat(reflector.status(FIRST).state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void a_peer_that_is_not_wanted_any_more_is_told_so_and_its_routes_go() {
        RemoteEnd first = reflector.session(FIRST);
        RemoteEnd second = reflector.session(SECOND);
        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16"));
        assertThat(second.heard()).containsExactly("+10.1.0.0/16");

        reconcile(peer(SECOND));

        assertThat(first.heard()).containsExactly("NOTIFICATION 6/3");
        assertThat(first.connection().isClosed()).isTrue();
        assertThat(second.heard()).containsExactly("-10.1.0.0/16");
        assertThat(reflector.reflector().accept(address(FIRST))).isInstanceOf(Acceptance.Refused.class);
        assertThat(reflector.reflector().status()).hasSize(1);
    }

    @Test
    void a_changed_name_timer_or_port_leaves_the_session_alone() {
        RemoteEnd first = reflector.session(FIRST);
        PeerSettings renamed = new PeerSettings("node-1", address(FIRST), address("10.0.0.254"), 1179,
                client().group("renamed").holdTimeSeconds(30).build());

        reconcile(renamed, peer(SECOND));

        assertThat(first.heard()).isEmpty();
        assertThat(reflector.status(FIRST).state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(reflector.status(FIRST).peer()).isEqualTo(renamed);
    }

    @Test
    void a_changed_role_needs_another_session_and_only_of_that_peer() {
        RemoteEnd first = reflector.session(FIRST);
        RemoteEnd second = reflector.session(SECOND);

        reconcile(new PeerSettings(FIRST, address(FIRST), null, 179, SampleTemplate.nonClient().build()), peer(SECOND));

        assertThat(first.heard()).containsExactly("NOTIFICATION 6/6");
        assertThat(second.heard()).isEmpty();
        assertThat(reflector.connect(FIRST).establish().heard()).containsExactly("EoR IPV4_UNICAST");
    }

    @Test
    void the_same_peers_in_another_order_change_nothing() {
        RemoteEnd first = reflector.session(FIRST);
        RemoteEnd second = reflector.session(SECOND);
        reflector.events.clear();

        reconcile(peer(SECOND), peer(FIRST));

        assertThat(first.heard()).isEmpty();
        assertThat(second.heard()).isEmpty();
        assertThat(reflector.events).isEmpty();
    }

    @Test
    void a_lower_maximum_of_prefixes_is_minded_at_once() {
        RemoteEnd first = reflector.session(FIRST);
        first.send(RawUpdate.announcement(FIRST, "10.1.0.0/16", "10.2.0.0/16"));

        reconcile(new PeerSettings(FIRST, address(FIRST), null, 179, client().maximumPrefixes(Family.IPV4_UNICAST,
                new MaximumPrefixes(1, 80, MaximumPrefixes.Action.RESTART, Duration.ofMinutes(1))).build()),
                peer(SECOND));

        assertThat(first.heard()).containsExactly("NOTIFICATION 6/1");
    }

    @Test
    void a_peer_that_was_dynamic_until_now_gets_a_session_of_its_own() {
        reflector = new TestReflector().range("10.0.0.0", 8, 1, client()).start();
        RemoteEnd dynamic = reflector.session(FIRST);

        reconcile(peer(FIRST));

        assertThat(dynamic.heard()).containsExactly("NOTIFICATION 6/6");
        reflector.session(FIRST);
        assertThat(reflector.reflector().accept(address(SECOND))).as("its place in the range is free")
                .isInstanceOf(Acceptance.Welcome.class);
    }

    @Test
    void a_removed_peer_is_not_waited_for_after_a_restart() {
        reflector = new TestReflector().peer(FIRST, client()).peer(SECOND, client())
                .restartDeferral(Duration.ofMinutes(1)).start();
        RemoteEnd first = reflector.connect(FIRST).establish(new GracefulRestart(false, false, 120,
                List.of(new GracefulRestart.RestartTuple(1, 1, true))));
        first.sendEndOfRib(Family.IPV4_UNICAST);
        assertThat(first.heard()).isEmpty();

        reconcile(peer(FIRST));

        assertThat(first.heard()).containsExactly("EoR IPV4_UNICAST");
    }

    @Test
    void one_of_a_thousand_peers_changes_and_nobody_else_hears_of_it() {
        List<PeerSettings> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            all.add(peer("10.1." + i / 250 + "." + (i % 250 + 1)));
        }
        reconcile(all.toArray(PeerSettings[]::new));
        List<RemoteEnd> ends = all.stream().map(peer -> reflector.session(peer.name())).toList();
        ends.forEach(RemoteEnd::heard);
        reflector.events.clear();
        PeerSettings gone = all.remove(500);

        reconcile(all.toArray(PeerSettings[]::new));

        assertThat(reflector.events(ReflectorEvent.PeerDown.class, _ -> true)).singleElement()
                .extracting(ReflectorEvent.PeerDown::peer).isEqualTo(gone);
        for (int i = 0; i < ends.size(); i++) {
            assertThat(ends.get(i).heard()).hasSize(i == 500 ? 1 : 0);
        }
    }

    private void reconcile(PeerSettings... peers) {
        reflector.reflector().reconcile(List.of(peers));
        reflector.run();
    }

    private static SampleTemplate client() {
        return SampleTemplate.client();
    }

    private static PeerSettings peer(String address) {
        return new PeerSettings(address, address(address), null, 179, client().build());
    }

    private static InetAddress address(String text) {
        return RawUpdate.address(text);
    }
}
