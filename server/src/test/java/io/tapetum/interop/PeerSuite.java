package io.tapetum.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.speaker.BgpPeer;
import io.tapetum.interop.speaker.Neighbour;
import io.tapetum.interop.speaker.PeerKind;
import io.tapetum.interop.speaker.SeenRoute;

/** A suite that runs with daemons of any one kind. */
abstract class PeerSuite extends LabSuite {
    /** The AS of most topologies: Calico's default. */
    static final long AS = 64512;

    PeerSuite(PeerKind kind) {
        super(kind);
    }

    /** A daemon of the suite's kind on a host of its own, with an IPv4 and an IPv6 session to each reflector. */
    final BgpPeer peer(String name, int number, long as, Host... reflectors) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (Host reflector : reflectors) {
            neighbours.add(new Neighbour(reflector.ipv4(), as));
            neighbours.add(new Neighbour(reflector.ipv6(), as));
        }
        return kind().on(host(name, number), as, neighbours);
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
