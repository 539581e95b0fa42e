package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.fsm.SessionState;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Notification;

/** RFC 9494 §4.2: what a peer announced outlives even its restart time, as a last resort. */
class LongLivedGracefulRestartTest {

    private static final String PEER = "10.0.0.1";
    private static final String ROUTE = "10.1.0.0/16";
    private static final int RESTART_SECONDS = 120;
    private static final int STALE_SECONDS = 3600;
    private static final String LLGR_STALE = "ffff0006";
    private static final String NO_LLGR = "ffff0007";
    private static final Capability[] LONG_LIVED = {restart(true), longLived(true)};

    private final TestReflector reflector = new TestReflector().range("10.0.0.0", 8, 100, SampleTemplate.client())
            .start();
    private final RemoteEnd observer = reflector.connect("10.0.0.2").establish(restart(true), aware());
    private final RemoteEnd unaware = reflector.connect("10.0.0.3").establish(restart(true));
    private final RemoteEnd peer = reflector.connect(PEER).establish(LONG_LIVED);

    @AfterEach
    void stop() {
        reflector.close();
    }

    @Test
    void routes_are_fresh_for_the_restart_time_then_stale_for_the_stale_time_and_then_gone() {
        peer.send(announcement());
        lose(peer);

        pass(RESTART_SECONDS - 1);
        assertFresh(observer);

        pass(2);
        assertStale(observer);
        assertThat(observer.heard()).as("told once").doesNotHaveDuplicates();

        pass(STALE_SECONDS - 2);
        assertStale(observer);

        pass(2);
        assertThat(observer.routes()).isEmpty();
        assertThat(reflector.reflector().tables().adjRibIn(Family.IPV4_UNICAST).paths()).isZero();
        assertThat(reflector.reflector().status()).extracting(status -> status.peer().name()).doesNotContain(PEER);
    }

    @Test
    void the_community_comes_behind_those_that_the_route_had() {
        peer.send(announcement().attribute(0xC0, 8, "fde80001"));
        lose(peer);
        pass(RESTART_SECONDS + 1);

        assertThat(attributes(observer).block()).containsSequence(0xC0, 8, 8, 0xFD, 0xE8, 0, 1, 0xFF, 0xFF, 0, 6);
    }

    @Test
    void who_does_not_know_stale_routes_is_told_that_they_are_gone() {
        peer.send(announcement());
        assertThat(unaware.routes()).hasSize(1);
        lose(peer);

        pass(RESTART_SECONDS + 1);

        assertThat(unaware.routes()).isEmpty();
    }

    @Test
    void a_route_that_must_not_be_kept_goes_with_the_restart_time() {
        peer.send(announcement().attribute(0xC0, 8, NO_LLGR));
        lose(peer);
        assertThat(observer.routes()).hasSize(1);

        pass(RESTART_SECONDS + 1);

        assertThat(observer.routes()).isEmpty();
    }

    @Test
    void a_stale_route_gives_way_to_every_other() {
        RemoteEnd other = reflector.connect("10.0.0.4").establish();
        peer.send(announcement());
        other.send(RawUpdate.update().attribute(0x40, 1, "02").attribute(0x40, 2, "").nextHop("10.0.0.4").localPref(1)
                .announced(ROUTE));
        assertThat(attributes(observer).localPref()).isEqualTo(100);
        lose(peer);

        pass(RESTART_SECONDS + 1, other);

        assertThat(attributes(observer).localPref()).isEqualTo(1);
        assertThat(attributes(unaware).localPref()).isEqualTo(1);
    }

    @Test
    void a_route_that_comes_stale_is_passed_on_as_such_and_only_to_those_who_know() {
        peer.send(announcement().attribute(0xC0, 8, LLGR_STALE));

        assertStale(observer);
        assertThat(unaware.routes()).isEmpty();
    }

    @Test
    void without_a_restart_time_the_stale_time_begins_at_once() {
        RemoteEnd hasty = reflector.connect("10.0.0.5")
                .establish(new GracefulRestart(false, false, 0, List.of(tuple(true))), longLived(true));
        hasty.send(announcement());

        lose(hasty);

        assertStale(observer);
    }

    @Test
    void a_family_that_graceful_restart_does_not_name_has_no_restart_time() {
        RemoteEnd narrow = reflector.connect("10.0.0.5")
                .establish(new GracefulRestart(false, false, RESTART_SECONDS, List.of()), longLived(true));
        narrow.send(announcement());

        lose(narrow);

        assertStale(observer);
    }

    @Test
    void silence_for_the_hold_time_does_not_end_the_routes_either() {
        peer.send(announcement());

        pass(100);
        assertThat(reflector.status(PEER).state()).isNotEqualTo(SessionState.ESTABLISHED);
        assertFresh(observer);

        pass(RESTART_SECONDS);
        assertStale(observer);
    }

    @Test
    void a_peer_that_only_understands_stale_routes_is_kept_for_its_restart_time_as_ever() {
        RemoteEnd node = reflector.connect("10.0.0.5").establish(restart(true), aware());
        node.send(announcement());
        lose(node);

        pass(RESTART_SECONDS - 1);
        assertFresh(observer);

        pass(2);
        assertThat(observer.routes()).isEmpty();
    }

    @Test
    void a_peer_that_only_understands_stale_routes_is_gone_when_it_is_silent() {
        RemoteEnd node = reflector.connect("10.0.0.5").establish(restart(true), aware());
        node.send(announcement());

        pass(100);

        assertThat(observer.routes()).isEmpty();
    }

    @Test
    void a_notification_ends_the_routes_and_what_was_stale_before_it() {
        peer.send(announcement());
        lose(peer);
        pass(RESTART_SECONDS + 1);
        RemoteEnd back = reflector.connect(PEER).establish(LONG_LIVED);
        assertStale(observer);

        back.send(Notification.of(ErrorCode.CEASE_ADMINISTRATIVE_SHUTDOWN));
        reflector.run();

        assertThat(observer.routes()).isEmpty();
    }

    @Test
    void a_peer_that_comes_back_makes_its_routes_fresh_without_a_gap() {
        peer.send(announcement("10.1.0.0/16", "10.2.0.0/16"));
        lose(peer);
        pass(RESTART_SECONDS + 1);
        observer.heard();

        RemoteEnd back = reflector.connect(PEER).establish(LONG_LIVED);
        assertThat(observer.heard()).isEmpty();
        back.send(announcement());
        assertThat(observer.heard()).containsExactly("+10.1.0.0/16");
        assertFresh(observer);
        assertThat(unaware.routes()).containsOnlyKeys(ROUTE);
        back.sendEndOfRib(Family.IPV4_UNICAST);

        assertThat(observer.heard()).containsExactly("-10.2.0.0/16");
        assertThat(reflector.accepted(PEER, Family.IPV4_UNICAST)).isEqualTo(1);
        pass(STALE_SECONDS, back);
        assertFresh(observer);
    }

    @Test
    void a_peer_that_comes_back_without_its_forwarding_state_has_lost_its_routes() {
        becomesStale();
        reflector.connect(PEER).establish(restart(true), longLived(false));

        assertThat(observer.routes()).isEmpty();
    }

    @Test
    void a_peer_that_comes_back_without_the_family_has_lost_its_routes() {
        becomesStale();
        reflector.connect(PEER).establish(restart(true), aware());

        assertThat(observer.routes()).isEmpty();
    }

    @Test
    void a_peer_that_comes_back_without_the_capability_has_lost_its_routes() {
        becomesStale();
        reflector.connect(PEER).establish(restart(true));

        assertThat(observer.routes()).isEmpty();
    }

    @Test
    void another_speaker_behind_the_same_address_does_not_inherit_stale_routes() {
        peer.send(announcement());
        lose(peer);
        pass(RESTART_SECONDS + 1);

        reflector.connect(PEER).establishAs(0x0a0000ff, LONG_LIVED);

        assertThat(observer.routes()).isEmpty();
    }

    @Test
    void a_peer_that_comes_back_and_never_finishes_does_not_keep_stale_routes_beyond_their_time() {
        becomesStale();
        RemoteEnd back = reflector.connect(PEER).establish(LONG_LIVED);
        assertStale(observer);

        pass(6 * 60 + 1, back);

        assertThat(observer.routes()).isEmpty();
    }

    /** RFC 9494 §4.2: unlike RFC 4724 §4.2 has it of the restart time. */
    @Test
    void a_peer_that_is_lost_again_leaves_its_routes_stale_for_what_is_left_of_their_time() {
        peer.send(announcement());
        lose(peer);
        pass(RESTART_SECONDS + 1);
        RemoteEnd back = reflector.connect(PEER).establish(LONG_LIVED);
        back.send(announcement("10.2.0.0/16"));
        pass(30, back);

        lose(back);

        assertThat(observer.routes()).containsOnlyKeys("10.1.0.0/16", "10.2.0.0/16");
        assertThat(observer.routes().values()).allMatch(route -> route.has(PathAttributes.LLGR_STALE));
        pass(STALE_SECONDS - 40);
        assertThat(observer.routes()).hasSize(2);
        pass(20);
        assertThat(observer.routes()).isEmpty();
    }

    @Test
    void a_peer_that_is_lost_again_after_its_end_of_rib_has_all_of_its_time_anew() {
        becomesStale();
        RemoteEnd back = reflector.connect(PEER).establish(LONG_LIVED);
        back.send(announcement());
        back.sendEndOfRib(Family.IPV4_UNICAST);

        lose(back);

        pass(RESTART_SECONDS - 1);
        assertFresh(observer);
        pass(STALE_SECONDS);
        assertStale(observer);
    }

    @Test
    void every_family_has_its_own_time() {
        RemoteEnd both = reflector.connect("10.0.0.5").establish(new Capability.Multiprotocol(1, 1),
                new Capability.Multiprotocol(2, 1),
                new GracefulRestart(false, false, 10,
                        List.of(tuple(true), new GracefulRestart.RestartTuple(2, 1, true))),
                new LongLivedGracefulRestart(List.of(new LongLivedGracefulRestart.StaleTuple(1, 1, true, 100),
                        new LongLivedGracefulRestart.StaleTuple(2, 1, true, 1000))));
        both.send(announcement());
        both.send(RawUpdate.announcement6("2001:db8::1", "2001:db8:1::/48"));
        lose(both);

        pass(10 + 100 + 1);
        assertThat(paths(Family.IPV4_UNICAST)).isZero();
        assertThat(paths(Family.IPV6_UNICAST)).isEqualTo(1);

        pass(900);
        assertThat(paths(Family.IPV6_UNICAST)).isZero();
    }

    @Test
    void a_large_table_becomes_stale_in_pieces_and_a_fast_return_overtakes_them() {
        int routes = 20_000;
        Capability[] hasty = {new GracefulRestart(false, false, 0, List.of(tuple(true))), longLived(true)};
        RemoteEnd lost = reflector.connect("10.0.0.5").establish(hasty);
        for (int i = 0; i < routes; i++) {
            lost.receivedNow(announcement("10.%d.%d.0/24".formatted(i >> 8, i & 255)).frame());
        }
        reflector.run();
        lost.lose();
        assertThat(reflector.loop.waiting()).as("the first piece only is done").isPositive();

        RemoteEnd back = reflector.connectNow("10.0.0.5").establishNow(0x0a000005, hasty);
        for (int i = 0; i < routes; i++) {
            back.receivedNow(announcement("10.%d.%d.0/24".formatted(i >> 8, i & 255)).frame());
        }
        reflector.run();
        back.sendEndOfRib(Family.IPV4_UNICAST);

        assertThat(observer.routes()).hasSize(routes);
        assertThat(observer.routes().values()).noneMatch(route -> route.has(PathAttributes.LLGR_STALE));
        assertThat(reflector.accepted("10.0.0.5", Family.IPV4_UNICAST)).isEqualTo(routes);
    }

    private void becomesStale() {
        peer.send(announcement());
        lose(peer);
        pass(RESTART_SECONDS + 1);
        assertStale(observer);
    }

    private void lose(RemoteEnd end) {
        end.lose();
        reflector.run();
    }

    private void pass(long seconds, RemoteEnd... others) {
        RemoteEnd[] alive = new RemoteEnd[others.length + 2];
        alive[0] = observer;
        alive[1] = unaware;
        System.arraycopy(others, 0, alive, 2, others.length);
        reflector.pass(Duration.ofSeconds(seconds), alive);
    }

    private long paths(Family family) {
        return reflector.reflector().tables().adjRibIn(family).paths();
    }

    private static void assertFresh(RemoteEnd end) {
        assertThat(attributes(end).has(PathAttributes.LLGR_STALE)).isFalse();
    }

    private static void assertStale(RemoteEnd end) {
        assertThat(attributes(end).has(PathAttributes.LLGR_STALE)).isTrue();
    }

    private static PathAttributes attributes(RemoteEnd end) {
        PathAttributes attributes = end.routes().get(ROUTE);
        if (attributes == null) {
            throw new AssertionError("there is no route");
        }
        return attributes;
    }

    private static RawUpdate announcement() {
        return announcement(ROUTE);
    }

    private static RawUpdate announcement(String... prefixes) {
        return RawUpdate.announcement(PEER, prefixes);
    }

    private static Capability restart(boolean forwarding) {
        return new GracefulRestart(false, false, RESTART_SECONDS, List.of(tuple(forwarding)));
    }

    private static GracefulRestart.RestartTuple tuple(boolean forwarding) {
        return new GracefulRestart.RestartTuple(1, 1, forwarding);
    }

    private static Capability longLived(boolean forwarding) {
        return new LongLivedGracefulRestart(
                List.of(new LongLivedGracefulRestart.StaleTuple(1, 1, forwarding, STALE_SECONDS)));
    }

    private static Capability aware() {
        return new LongLivedGracefulRestart(List.of());
    }
}
