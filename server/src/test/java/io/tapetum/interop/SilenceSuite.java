package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.reflector.Plan;
import io.tapetum.interop.reflector.Reflector;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.PeerKind;

/** A cable is pulled: nobody sends a FIN, and only the hold timer tells that the other side is gone (RFC 4271 §6.5). */
abstract class SilenceSuite extends PeerSuite {
    private final Host rr = host("rr", 1);
    private final Reflector reflector = Reflector.of(Plan.forEverybody(rr, AS));
    private final BgpPeer vanishing = peer("vanishing", 2, AS, rr);
    private final BgpPeer observer = peer("observer", 3, AS, rr);

    SilenceSuite(PeerKind kind) {
        super(kind);
    }

    @BeforeAll
    void start() {
        reflector.start();
        vanishing.start();
        observer.start();
        vanishing.announce(Announcement.of("10.1.0.0/24"));
        vanishing.announce(Announcement.of("fd00:1::/64"));
    }

    @BeforeEach
    void settle() {
        awaitSessions(vanishing, rr);
        awaitSessions(observer, rr);
        awaitRoute(observer, "10.1.0.0/24");
        awaitRoute(observer, "fd00:1::/64");
    }

    @Test
    void the_routes_of_a_client_that_vanished_go_when_its_hold_time_has_passed_and_return_with_it() {
        vanishing.host().unplug();
        awaitNoRoute(observer, "10.1.0.0/24");
        awaitNoRoute(observer, "fd00:1::/64");
        assertThat(observer.sessionUp(rr.ipv4())).isTrue();

        vanishing.host().plug();

        awaitSessions(vanishing, rr);
        awaitRoute(observer, "10.1.0.0/24");
        awaitRoute(observer, "fd00:1::/64");
    }

    @Test
    void clients_find_back_to_a_reflector_that_was_cut_off() {
        rr.unplug();
        eventually(() -> assertThat(observer.sessionUp(rr.ipv4())).isFalse());
        eventually(() -> assertThat(vanishing.sessionUp(rr.ipv6())).isFalse());

        rr.plug();

        awaitSessions(vanishing, rr);
        awaitSessions(observer, rr);
        awaitRoute(observer, "10.1.0.0/24");
        awaitRoute(observer, "fd00:1::/64");
    }
}
