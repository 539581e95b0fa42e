package io.tapetum.interop.speaker;

import java.util.List;
import java.util.Optional;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.wire.Prefixes;

/**
 * A router between ASes: BIRD 2 that passes on what it learns and leaves next hops as they are, as the spine of a fabric
 * where everybody is on one link.
 */
public final class Spine {
    private final Host host;
    private final long as;
    private final List<Neighbour> neighbours;
    private final BirdDaemon daemon;

    /** A spine that waits for its neighbours to connect. */
    public Spine(Host host, long as, List<Neighbour> neighbours) {
        this.host = host;
        this.as = as;
        this.neighbours = List.copyOf(neighbours);
        this.daemon = new BirdDaemon(host, "spine", "bird2", "");
    }

    public Host host() {
        return host;
    }

    /** Starts it with routes of its own. */
    public void start(List<String> originated) {
        StringBuilder text = new StringBuilder("""
                                               log stderr all;
                                               router id %s;
                                               debug protocols { states };
                                               protocol device { }
                                               protocol direct { ipv4; ipv6; }
                                               """.formatted(host.ipv4()));
        for (boolean six : new boolean[]{false, true}) {
            text.append("protocol static { ").append(six ? "ipv6" : "ipv4").append(";\n");
            originated.stream().filter(prefix -> Prefixes.isIpv6(prefix) == six)
                    .forEach(prefix -> text.append("  route ").append(prefix).append(" blackhole;\n"));
            text.append("}\n");
        }
        for (Neighbour neighbour : neighbours) {
            text.append("""
                        protocol bgp %s {
                          local %s as %d;
                          neighbor %s as %d;
                          passive;
                          hold time %d;
                          %s { import all; export where source = RTS_BGP || source = RTS_STATIC; next hop keep; };
                        }
                        """.formatted(BirdFilters.protocolName(neighbour.address()),
                    neighbour.isIpv6() ? host.ipv6() : host.ipv4(), as, neighbour.address(), neighbour.as(),
                    neighbour.holdTimeSeconds(), neighbour.isIpv6() ? "ipv6" : "ipv4"));
        }
        daemon.start(text.toString());
    }

    /** Whether the session with a neighbour is Established. */
    public boolean sessionUp(String neighbour) {
        return daemon.session(neighbour).isPresent();
    }

    /** The best of the routes for a prefix that it learned from its neighbours. */
    public Optional<SeenRoute> route(String prefix) {
        return daemon.routes(prefix).stream().findFirst();
    }
}
