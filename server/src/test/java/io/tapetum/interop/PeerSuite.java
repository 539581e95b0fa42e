package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import io.tapetum.interop.lab.Capture;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.speaker.Announcement;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.Neighbour;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.interop.speaker.SeenRoute;
import io.tapetum.interop.wire.Protection;
import io.tapetum.interop.wire.TcpSegment;

/** A suite that runs with daemons of any one kind. */
abstract class PeerSuite extends LabSuite {
    /** The AS of most topologies: Calico's default. */
    static final long AS = 64512;

    PeerSuite(PeerKind kind) {
        super(kind);
    }

    /** A daemon of the suite's kind on a host of its own, with an IPv4 and an IPv6 session to each reflector. */
    final BgpPeer peer(String name, int number, long as, Host... reflectors) {
        return peer(name, number, as, Protection.NONE, reflectors);
    }

    /** The same, with sessions that are protected. */
    final BgpPeer peer(String name, int number, long as, Protection protection, Host... reflectors) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (Host reflector : reflectors) {
            neighbours.add(new Neighbour(reflector.ipv4(), as).with(protection));
            neighbours.add(new Neighbour(reflector.ipv6(), as).with(protection));
        }
        return kind().on(host(name, number), as, neighbours);
    }

    /**
     * The last segment that a daemon has sent in a session with a reflector. It is made to say something, for an observer to
     * see.
     */
    static TcpSegment lastSegment(BgpPeer peer, Host reflector, BgpPeer observer, boolean six) {
        String prefix = six ? "fd00:5e9::/64" : "10.5.9.0/24";
        String own = six ? peer.host().ipv6() : peer.host().ipv4();
        try (Capture capture = Capture.on(reflector, "segments-" + peer.host().name() + (six ? "-6" : "-4"))) {
            peer.announce(Announcement.of(prefix));
            awaitRoute(observer, prefix);
            peer.withdraw(prefix);
            awaitNoRoute(observer, prefix);
            return capture.segments().stream()
                    .filter(segment -> segment.went(own, six ? reflector.ipv6() : reflector.ipv4())).toList().getLast();
        }
    }

    /** Waits for both sessions between a daemon and a reflector. */
    static void awaitSessions(BgpPeer peer, Host reflector) {
        eventually(() -> {
            assertThat(peer.sessionUp(reflector.ipv4())).as("%s: session with %s", peer.host().name(),
                    reflector.ipv4()).isTrue();
            assertThat(peer.sessionUp(reflector.ipv6())).as("%s: session with %s", peer.host().name(),
                    reflector.ipv6()).isTrue();
        });
    }

    /** Waits for a daemon to have learned a route, and returns it. */
    static SeenRoute awaitRoute(BgpPeer peer, String prefix) {
        eventually(() -> assertThat(peer.route(prefix)).as("%s: %s", peer.host().name(), prefix).isPresent());
        return peer.route(prefix).orElseThrow();
    }

    /** Waits for a daemon to have no learned route for a prefix. */
    static void awaitNoRoute(BgpPeer peer, String prefix) {
        eventually(() -> assertThat(peer.route(prefix)).as("%s: %s", peer.host().name(), prefix).isEmpty());
    }
}
