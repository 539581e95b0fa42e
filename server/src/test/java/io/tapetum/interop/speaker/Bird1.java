package io.tapetum.interop.speaker;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.tapetum.interop.lab.Host;
import io.tapetum.interop.wire.Prefixes;

/**
 * BIRD 1.6 as calico-node runs it: {@code bird} for IPv4 and {@code bird6} for IPv6, with the same router id, and in
 * each session add-path, graceful restart, recursive next hops and calico-node's connection timers.
 */
final class Bird1 extends Speaker {
    private final BirdDaemon ipv4;
    private final BirdDaemon ipv6;

    Bird1(Host host, long as, List<Neighbour> neighbours) {
        super(host, as, neighbours);
        ipv4 = new BirdDaemon(host, "bird", "bird1", "");
        ipv6 = new BirdDaemon(host, "bird6", "bird1", "6");
    }

    @Override
    public void start() {
        ipv4.start(configuration(false));
        ipv6.start(configuration(true));
    }

    @Override
    public void stop() {
        ipv4.stop();
        ipv6.stop();
    }

    @Override
    public void kill() {
        ipv4.kill();
        ipv6.kill();
    }

    @Override
    boolean running() {
        return ipv4.running();
    }

    @Override
    void applyAnnounce(Announcement announcement, boolean changed) {
        boolean six = Prefixes.isIpv6(announcement.prefix());
        daemon(six).configure(configuration(six));
    }

    @Override
    void applyWithdraw(String prefix) {
        boolean six = Prefixes.isIpv6(prefix);
        daemon(six).configure(configuration(six));
    }

    @Override
    void applyKey(Neighbour neighbour) {
        daemon(neighbour.isIpv6()).configure(configuration(neighbour.isIpv6()));
    }

    @Override
    public Optional<String> session(String neighbour) {
        return daemon(Prefixes.isIpv6(neighbour)).session(neighbour);
    }

    @Override
    public List<SeenRoute> routes(String prefix) {
        return daemon(Prefixes.isIpv6(prefix)).routes(prefix);
    }

    private BirdDaemon daemon(boolean six) {
        return six ? ipv6 : ipv4;
    }

    private String configuration(boolean six) {
        List<Announcement> own = announcements().stream().filter(one -> Prefixes.isIpv6(one.prefix()) == six).toList();
        String address = six ? host().ipv6() : host().ipv4();
        StringBuilder text = new StringBuilder("""
                                               log stderr all;
                                               router id %s;
                                               listen bgp address %s;
                                               debug protocols { states };
                                               protocol kernel {
                                                 learn;
                                                 persist;
                                                 scan time 2;
                                                 import all;
                                                 export where source = RTS_BGP;
                                                 graceful restart;
                                               }
                                               protocol device { scan time 2; }
                                               protocol direct { interface -"cali*", "*"; }
                                               protocol static {
                                               %s}
                                               %stemplate bgp bgp_template {
                                                 description "Connection to BGP peer";
                                                 local as %d;
                                                 gateway recursive;
                                                 import all;
                                                 export filter announced;
                                                 add paths on;
                                                 graceful restart;
                                                 connect delay time 2;
                                                 connect retry time 5;
                                                 error wait time 5,30;
                                               }
                                               """.formatted(host().ipv4(), address, BirdFilters.staticRoutes(own),
                BirdFilters.exportFilter("announced", own), as()));
        Stream<Neighbour> sessions = neighbours().stream().filter(neighbour -> neighbour.isIpv6() == six);
        sessions.forEach(neighbour -> text.append(
                """
                protocol bgp %s from bgp_template {
                  neighbor %s as %d;
                  source address %s;
                  hold time %d;
                  %s
                }
                """.formatted(BirdFilters.protocolName(neighbour.address()), neighbour.address(), neighbour.as(),
                        address, neighbour.holdTimeSeconds(), BirdFilters.protection(neighbour.protection()))));
        return text.toString();
    }
}
