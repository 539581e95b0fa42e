package io.tapetum.interop.reflector;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.tapetum.interop.lab.Daemon;
import io.tapetum.interop.lab.Host;
import io.tapetum.interop.lab.Toolbox;
import io.tapetum.interop.speaker.BirdFilters;
import io.tapetum.interop.wire.Protection;

/** BIRD 2 as a route reflector: the stand-in that the suites themselves are tried with. */
final class BirdReflector implements Reflector {
    private final Plan plan;
    /** The keys that are not those of the plan any more, by member. */
    private final Map<String, String> keys = new HashMap<>();
    private @Nullable Daemon daemon;

    BirdReflector(Plan plan) {
        this.plan = plan;
    }

    @Override
    public Host host() {
        return plan.host();
    }

    @Override
    public void start() {
        Host host = plan.host();
        // -R: in graceful restart recovery, in which it would wait for peers that never were there.
        String recovery = daemon == null ? "-f" : "-R";
        daemon = host.start("reflector", Toolbox.command("bird2", "bird"), recovery, "-f", "-c",
                host.write("reflector.conf", configuration()).toString(), "-s",
                host.sockets().resolve("reflector.ctl").toString(), "-P",
                host.sockets().resolve("reflector.pid").toString());
        Listening.await179(host, daemon);
    }

    /** BIRD's SIGTERM says Cease; its "graceful restart" is what the product's SIGTERM does. */
    @Override
    public void terminate() {
        birdc("graceful", "restart");
        if (daemon != null) {
            daemon.terminate();
        }
    }

    @Override
    public void kill() {
        if (daemon != null) {
            daemon.kill();
        }
    }

    @Override
    public void freeze() {
        if (daemon != null) {
            daemon.freeze();
        }
    }

    @Override
    public void thaw() {
        if (daemon != null) {
            daemon.thaw();
        }
    }

    @Override
    public void drain() {
        birdc("disable", "all");
    }

    /** It has no overlap: sessions with the old key end at once. */
    @Override
    public void rekey(String member, String key) {
        keys.put(member, key);
        plan.host().write("reflector.conf", configuration());
        birdc("configure");
    }

    @Override
    public String report() {
        return birdc("show", "protocols", "all") + (daemon == null ? "" : daemon.printed());
    }

    @SuppressWarnings("UnusedReturnValue")
    private String birdc(String... words) {
        Host host = plan.host();
        String[] command = new String[3 + words.length];
        command[0] = Toolbox.command("bird2", "birdc");
        command[1] = "-s";
        command[2] = host.sockets().resolve("reflector.ctl").toString();
        System.arraycopy(words, 0, command, 3, words.length);
        return host.attempt(command).output();
    }

    private String configuration() {
        Host host = plan.host();
        StringBuilder text = new StringBuilder("""
                                               log stderr all;
                                               router id %s;
                                               debug protocols { states };
                                               protocol device { }
                                               protocol direct { ipv4; ipv6; }
                                               """.formatted(host.ipv4()));
        int number = 0;
        for (Membership member : plan.members()) {
            String role = switch (member.role()) {
                case CLIENT -> "rr client; rr cluster id %s;".formatted(plan.clusterId());
                case NON_CLIENT -> "";
                case EXTERNAL -> "";
            };
            text.append(
                    """
                    protocol bgp member%d {
                      local %s as %d;
                      neighbor %s%s as %d;
                      %s %s hold time %d; graceful restart; %s connect delay time 1; connect retry time 2;
                      error wait time 1,2; %s
                      %s { import all; export where source = RTS_BGP; add paths %s; %s };
                    }
                    """.formatted(
                            ++number, member.isIpv6() ? host.ipv6() : host.ipv4(), plan.as(),
                            member.isRange() ? "range " : "", member.address(), member.as(),
                            BirdFilters.protection(protection(member)), member.connects() ? "" : "passive;",
                            plan.holdTimeSeconds(), retention(), role,
                            member.isIpv6() ? "ipv6" : "ipv4",
                            member.allPaths() ? "on" : "rx",
                            member.role() == Membership.Role.EXTERNAL ? "next hop keep;" : ""));
        }
        return text.toString();
    }

    private Protection protection(Membership member) {
        return member.protection().withKey(keys.getOrDefault(member.address(), member.protection().key()));
    }

    private String retention() {
        Plan.Retention retention = plan.retention();
        if (retention == null) {
            return "long lived graceful restart off;";
        }
        return "graceful restart time %d; long lived graceful restart %s;".formatted(retention.restartSeconds(),
                retention.longLivedStaleSeconds() == 0
                        ? "aware"
                        : "yes; long lived stale time " + retention.longLivedStaleSeconds());
    }
}
