package io.tapetum.interop.speaker;

import java.util.List;
import java.util.Optional;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.wire.Prefixes;

/** BIRD 2: one daemon, still one session for each address family, as calico-node is going to run its successor. */
final class Bird2 extends Speaker {
    private final BirdDaemon daemon;

    Bird2(Host host, long as, List<Neighbour> neighbours) {
        super(host, as, neighbours);
        daemon = new BirdDaemon(host, "bird", "bird2", "");
    }

    @Override
    public void start() {
        daemon.start(configuration());
    }

    @Override
    public void stop() {
        daemon.stop();
    }

    @Override
    public void kill() {
        daemon.kill();
    }

    @Override
    boolean running() {
        return daemon.running();
    }

    @Override
    void applyAnnounce(Announcement announcement, boolean changed) {
        daemon.configure(configuration());
    }

    @Override
    void applyWithdraw(String prefix) {
        daemon.configure(configuration());
    }

    @Override
    void applyKey(Neighbour neighbour) {
        daemon.configure(configuration());
    }

    @Override
    public Optional<String> session(String neighbour) {
        return daemon.session(neighbour);
    }

    @Override
    public List<SeenRoute> routes(String prefix) {
        return daemon.routes(prefix);
    }

    private String configuration() {
        StringBuilder text = new StringBuilder(
                """
                log stderr all;
                router id %s;
                debug protocols { states };
                protocol device { }
                protocol direct { ipv4; ipv6; }
                protocol kernel { ipv4 { export where source = RTS_BGP; }; persist; graceful restart; }
                protocol kernel { ipv6 { export where source = RTS_BGP; }; persist; graceful restart; }
                """.formatted(host().ipv4()));
        for (boolean six : new boolean[]{false, true}) {
            List<Announcement> own = announcements().stream().filter(one -> Prefixes.isIpv6(one.prefix()) == six)
                    .toList();
            String family = six ? "ipv6" : "ipv4";
            text.append("protocol static { ").append(family).append(";\n").append(BirdFilters.staticRoutes(own))
                    .append("}\n").append(BirdFilters.exportFilter("announced_" + family, own));
        }
        for (Neighbour neighbour : neighbours()) {
            String family = neighbour.isIpv6() ? "ipv6" : "ipv4";
            text.append("""
                        protocol bgp %s {
                          local %s as %d;
                          neighbor %s as %d;
                          %s
                          hold time %d;
                          graceful restart;
                          connect delay time 2;
                          connect retry time 5;
                          error wait time 5,30;
                          %s { import all; export filter announced_%s; add paths on; gateway recursive; };
                        }
                        """.formatted(BirdFilters.protocolName(neighbour.address()),
                    neighbour.isIpv6() ? host().ipv6() : host().ipv4(), as(), neighbour.address(), neighbour.as(),
                    BirdFilters.protection(neighbour.protection()), neighbour.holdTimeSeconds(), family, family));
        }
        return text.toString();
    }
}
