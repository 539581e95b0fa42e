package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.fsm.SessionState;
import io.tapetum.core.settings.MaximumPrefixes;
import io.tapetum.core.settings.MaximumPrefixes.Action;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;

/** RFC 4486 §4: what happens when a peer announces more than it may. The limit counts accepted paths. */
class MaximumPrefixesTest {

    private static final String PEER = "10.0.0.1";
    private static final String[] FOUR = {"10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16"};
    private static final Duration RESTART_AFTER = Duration.ofMinutes(10);

    private TestReflector reflector = new TestReflector();

    @AfterEach
    void stop() {
        reflector.close();
    }

    @Test
    void the_limit_itself_is_allowed() {
        RemoteEnd peer = peerWith(limit(4, Action.SHUTDOWN));

        peer.send(RawUpdate.announcement(PEER, FOUR));

        assertThat(reflector.status(PEER).state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void the_same_prefixes_again_are_not_more() {
        RemoteEnd peer = peerWith(limit(4, Action.SHUTDOWN));
        peer.send(RawUpdate.announcement(PEER, FOUR));

        peer.send(RawUpdate.announcement(PEER, FOUR));
        peer.send(RawUpdate.announcement("10.0.0.77", FOUR));
        peer.send(RawUpdate.withdrawal(FOUR[0]));
        peer.send(RawUpdate.announcement(PEER, "10.5.0.0/16"));

        assertThat(reflector.accepted(PEER, Family.IPV4_UNICAST)).isEqualTo(4);
        assertThat(reflector.status(PEER).state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void routes_that_may_not_be_used_do_not_count() {
        RemoteEnd peer = peerWith(limit(4, Action.SHUTDOWN));
        peer.send(RawUpdate.announcement(PEER, FOUR));

        peer.send(RawUpdate.announcement(PEER, "10.5.0.0/16").attribute(0x80, 10, "01010101"));

        assertThat(reflector.status(PEER).state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void operators_are_warned_once_when_the_level_is_reached_and_again_after_it_was_left() {
        RemoteEnd peer = peerWith(new MaximumPrefixes(4, 75, Action.WARN, Duration.ZERO));

        peer.send(RawUpdate.announcement(PEER, FOUR[0], FOUR[1]));
        assertThat(warnings()).isZero();
        peer.send(RawUpdate.announcement(PEER, FOUR[2]));
        peer.send(RawUpdate.announcement(PEER, FOUR[3]));
        assertThat(warnings()).isOne();
        peer.send(RawUpdate.withdrawal(FOUR));
        peer.send(RawUpdate.announcement(PEER, FOUR));
        assertThat(warnings()).isEqualTo(2);
    }

    @Test
    void a_limit_that_only_warns_says_so_again_when_it_is_passed() {
        RemoteEnd peer = peerWith(new MaximumPrefixes(2, 50, Action.WARN, Duration.ZERO));

        peer.send(RawUpdate.announcement(PEER, FOUR[0]));
        assertThat(warnings()).isOne();
        peer.send(RawUpdate.announcement(PEER, FOUR[1]));
        assertThat(warnings()).isOne();
        peer.send(RawUpdate.announcement(PEER, FOUR[2]));
        peer.send(RawUpdate.announcement(PEER, FOUR[3]));
        assertThat(warnings()).isEqualTo(2);
    }

    @Test
    void a_limit_that_only_warns_keeps_session_and_routes() {
        RemoteEnd peer = peerWith(limit(2, Action.WARN));

        peer.send(RawUpdate.announcement(PEER, FOUR));

        assertThat(reflector.accepted(PEER, Family.IPV4_UNICAST)).isEqualTo(4);
        assertThat(peer.heard()).isEmpty();
    }

    @Test
    void beyond_the_limit_the_peer_is_told_which_and_its_routes_go() {
        RemoteEnd peer = peerWith(limit(3, Action.SHUTDOWN));
        RemoteEnd other = reflector.session("10.0.0.2");

        peer.send(RawUpdate.announcement(PEER, FOUR));

        assertThat(peer.heard()).containsExactly("NOTIFICATION 6/1");
        assertThat(peer.connection().isClosed()).isTrue();
        assertThat(other.routes()).isEmpty();
        assertThat(reflector.accepted(PEER, Family.IPV4_UNICAST)).isZero();
    }

    /** RFC 4486 §4: AFI, SAFI and the bound. */
    @Test
    void the_notification_says_of_which_family_the_limit_is_and_what_it_is() {
        RemoteEnd peer = peerWith(limit(3, Action.SHUTDOWN));

        peer.send(RawUpdate.announcement(PEER, FOUR));

        byte[] notification = ByteBufUtil.getBytes(peer.connection().messages().getLast());
        assertThat(HexFormat.of().formatHex(notification)).endsWith("03" + "0601" + "0001" + "01" + "00000003");
    }

    @Test
    void another_port_or_timer_does_not_let_it_back_in_but_another_limit_does() {
        SampleTemplate template = SampleTemplate.client().maximumPrefixes(Family.IPV4_UNICAST,
                limit(3, Action.SHUTDOWN));
        reflector = new TestReflector().peer(PEER, template).start();
        reflector.session(PEER).send(RawUpdate.announcement(PEER, FOUR));

        reflector.reflector().reconcile(List.of(settings(1790, template)));
        reflector.run();
        assertThat(reflector.connect(PEER).heard()).containsExactly("NOTIFICATION 6/5");

        reflector.reflector().reconcile(List.of(settings(1790,
                template.maximumPrefixes(Family.IPV4_UNICAST, limit(4, Action.SHUTDOWN)))));
        reflector.run();
        assertThat(reflector.connect(PEER).establish().heard()).containsExactly("EoR IPV4_UNICAST");
    }

    @Test
    void after_a_shutdown_the_peer_stays_down() {
        peerWith(limit(3, Action.SHUTDOWN)).send(RawUpdate.announcement(PEER, FOUR));

        reflector.loop.pass(Duration.ofDays(30));

        assertThat(reflector.connect(PEER).heard()).containsExactly("NOTIFICATION 6/5");
    }

    @Test
    void with_restart_the_peer_may_come_back_after_the_wait() {
        peerWith(limit(3, Action.RESTART)).send(RawUpdate.announcement(PEER, FOUR));

        reflector.loop.pass(RESTART_AFTER.minusSeconds(1));
        assertThat(reflector.connect(PEER).heard()).containsExactly("NOTIFICATION 6/5");

        reflector.loop.pass(Duration.ofSeconds(2));
        assertThat(reflector.connect(PEER).establish().heard()).containsExactly("EoR IPV4_UNICAST");
        assertThat(reflector.accepted(PEER, Family.IPV4_UNICAST)).isZero();
    }

    /** A dynamic peer lives as long as its connection; what it did must outlive that. */
    @Test
    void a_dynamic_peer_is_held_down_as_well() {
        reflector = new TestReflector().range("10.0.0.0", 8, 100,
                SampleTemplate.client().maximumPrefixes(Family.IPV4_UNICAST, limit(3, Action.RESTART))).start();
        reflector.session(PEER).send(RawUpdate.announcement(PEER, FOUR));

        assertThat(reflector.connect(PEER).heard()).containsExactly("NOTIFICATION 6/5");

        reflector.loop.pass(RESTART_AFTER);
        assertThat(reflector.reflector().status()).isEmpty();
        assertThat(reflector.connect(PEER).establish().heard()).containsExactly("EoR IPV4_UNICAST");
    }

    @Test
    void a_family_without_a_limit_is_not_limited_by_another_ones() {
        reflector = new TestReflector().peer(PEER, SampleTemplate.client().maximumPrefixes(Family.IPV4_UNICAST,
                limit(1, Action.SHUTDOWN))).start();
        RemoteEnd peer = reflector.connect(PEER).establish(new Capability.Multiprotocol(1, 1),
                new Capability.Multiprotocol(2, 1));

        peer.send(RawUpdate.announcement6("2001:db8::1", "2001:db8:1::/48", "2001:db8:2::/48"));

        assertThat(reflector.accepted(PEER, Family.IPV6_UNICAST)).isEqualTo(2);
        assertThat(reflector.status(PEER).state()).isEqualTo(SessionState.ESTABLISHED);
    }

    private static PeerSettings settings(int port, SampleTemplate template) {
        return new PeerSettings(PEER, RawUpdate.address(PEER), null, port, template.build());
    }

    private RemoteEnd peerWith(MaximumPrefixes limit) {
        reflector = new TestReflector()
                .peer(PEER, SampleTemplate.client().maximumPrefixes(Family.IPV4_UNICAST, limit))
                .peer("10.0.0.2", SampleTemplate.client()).start();
        return reflector.session(PEER);
    }

    private static MaximumPrefixes limit(int limit, Action action) {
        return new MaximumPrefixes(limit, 100, action, RESTART_AFTER);
    }

    private int warnings() {
        return reflector.events(ReflectorEvent.MaximumPrefixesReached.class, event -> true).size();
    }
}
