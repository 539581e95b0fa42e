package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Membership;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.PeerKind;

/**
 * The reflector is away for longer than its restart time, and its clients keep what they had from it as a last resort
 * (RFC 9494). Beside it is a reflector that does not ask for that.
 */
abstract class LongLivedStaleSuite extends PeerSuite {
    private static final int HOLD_TIME_SECONDS = 6;
    private static final int RESTART_SECONDS = 3;
    private static final String LLGR_STALE = "65535:6";

    private final Host rr = host("rr", 1);
    private final BgpPeer first = peer("first", 2, AS, rr);
    private final BgpPeer second = peer("second", 3, AS, rr);
    private final Reflector reflector = reflector(rr, 600, first, second);

    private final Host brief = host("brief", 4);
    private final BgpPeer third = peer("third", 5, AS, brief);
    private final BgpPeer fourth = peer("fourth", 6, AS, brief);
    private final Reflector briefReflector = reflector(brief, 0, third, fourth);

    LongLivedStaleSuite(PeerKind kind) {
        super(kind);
    }

    private static Reflector reflector(Host host, int longLivedStaleSeconds, BgpPeer one, BgpPeer other) {
        return Reflector.of(new Plan(host, AS, host.ipv4(), HOLD_TIME_SECONDS,
                new Plan.Retention(RESTART_SECONDS, longLivedStaleSeconds),
                List.of(Membership.client(one.host().ipv4(), AS), Membership.client(one.host().ipv6(), AS),
                        Membership.client(other.host().ipv4(), AS), Membership.client(other.host().ipv6(), AS))));
    }

    @BeforeAll
    void start() {
        reflector.start();
        briefReflector.start();
        for (BgpPeer peer : List.of(first, second, third, fourth)) {
            peer.start();
        }
        first.announce(Announcement.of("10.1.0.0/24"));
        first.announce(Announcement.of("fd00:1::/64"));
        third.announce(Announcement.of("10.1.0.0/24"));
        third.announce(Announcement.of("fd00:1::/64"));
    }

    @BeforeEach
    void settle() {
        awaitSessions(first, rr);
        awaitSessions(second, rr);
        awaitFresh("10.1.0.0/24");
        awaitFresh("fd00:1::/64");
    }

    @Test
    void routes_of_a_reflector_that_was_killed_are_stale_until_it_is_back_and_never_missing() {
        try (RouteWatch watch = RouteWatch.of(second, "10.1.0.0/24", "fd00:1::/64")) {
            reflector.kill();
            awaitStale("10.1.0.0/24");
            awaitStale("fd00:1::/64");

            reflector.start();

            awaitFresh("10.1.0.0/24");
            awaitFresh("fd00:1::/64");
            assertThat(watch.stop()).isEmpty();
        }
    }

    /** It finds all its sessions lost: whose client comes back first may miss the routes of the others for a moment. */
    @Test
    void routes_of_a_reflector_that_fell_silent_are_kept_as_stale_ones_and_are_fresh_when_it_speaks_again() {
        try (RouteWatch watch = RouteWatch.of(second, "10.1.0.0/24", "fd00:1::/64")) {
            reflector.freeze();
            awaitStale("10.1.0.0/24");
            awaitStale("fd00:1::/64");
            assertThat(second.sessionUp(rr.ipv4())).isFalse();
            assertThat(watch.stop()).isEmpty();
        } finally {
            reflector.thaw();
        }
        awaitFresh("10.1.0.0/24");
        awaitFresh("fd00:1::/64");
    }

    @Test
    void routes_of_a_reflector_that_does_not_ask_for_it_go_when_it_has_been_silent_for_long() {
        awaitSessions(fourth, brief);
        awaitRoute(fourth, "10.1.0.0/24");
        awaitRoute(fourth, "fd00:1::/64");

        briefReflector.freeze();

        awaitNoRoute(fourth, "10.1.0.0/24");
        awaitNoRoute(fourth, "fd00:1::/64");
        briefReflector.thaw();
        awaitRoute(fourth, "10.1.0.0/24");
        awaitRoute(fourth, "fd00:1::/64");
    }

    private void awaitStale(String prefix) {
        eventually(() -> assertThat(second.route(prefix)).get().satisfies(
                seen -> assertThat(seen.communities()).contains(LLGR_STALE)));
    }

    private void awaitFresh(String prefix) {
        eventually(() -> assertThat(second.route(prefix)).get().satisfies(
                seen -> assertThat(seen.communities()).doesNotContain(LLGR_STALE)));
    }
}
