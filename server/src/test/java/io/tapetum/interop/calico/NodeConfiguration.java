package io.tapetum.interop.calico;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

import io.tapetum.interop.calico.NodeSession.Reason;
import io.tapetum.interop.lab.Host;

/**
 * What a node's BIRD is told: the directives that calico-node of a version gives it, in its own words.
 *
 * @param host where it runs
 * @param band the version
 * @param as the AS of the cluster
 * @param originated what it announces, each prefix with its LOCAL_PREF
 * @param nextHops for some of these prefixes a next hop that is not the node itself
 * @param sessions whom it peers with
 */
record NodeConfiguration(Host host, VersionBand band, long as, Map<String, Long> originated,
        Map<String, String> nextHops, Collection<NodeSession> sessions) {

    /** The file for one of the daemons. */
    String render(NodeFamily family, Path log) {
        String sections = """
                          log "%s" all;
                          router id %s;
                          debug protocols { states, events };

                          filter to_kernel {
                            if net ~ [ %s+ ] then reject;
                            accept;
                          }
                          protocol kernel {
                            learn;
                            persist;
                            scan time 2;
                            graceful restart;
                            merge paths on;
                            import all;
                            export filter to_kernel;
                          }
                          protocol device { scan time 2; }
                          protocol direct { interface -"cali*", "*"; }
                          protocol static {
                          %s}
                          """.formatted(log, host.ipv4(), family.services(), statics(family));
        return sections + filters(family) + template()
                + sessions.stream().map(session -> session(session, family)).collect(Collectors.joining());
    }

    private String statics(NodeFamily family) {
        return originated.keySet().stream().filter(prefix -> NodeFamily.of(prefix) == family)
                .map(prefix -> "  route " + prefix + " blackhole;\n").collect(Collectors.joining());
    }

    private String filters(NodeFamily family) {
        StringBuilder text = new StringBuilder("filter to_peers {\n");
        if (band.hasPriorities()) {
            text.append("  bgp_local_pref = ").append(band.localPref()).append(";\n");
        }
        originated.forEach((prefix, localPref) -> {
            if (NodeFamily.of(prefix) == family && localPref != band.localPref()) {
                text.append("  if net = ").append(prefix).append(" then bgp_local_pref = ").append(localPref)
                        .append(";\n");
            }
        });
        nextHops.forEach((prefix, nextHop) -> {
            if (NodeFamily.of(prefix) == family) {
                text.append("  if net = ").append(prefix).append(" then bgp_next_hop = ").append(nextHop)
                        .append(";\n");
            }
        });
        if (band.addsCommunities()) {
            text.append("  if net ~ [ ").append(family.pool()).append("+ ] then bgp_community.add((64512, 316));\n");
        }
        text.append("""
                      if source = RTS_STATIC then accept;
                      if source = RTS_INHERIT && net ~ [ %s+ ] then accept;
                      reject;
                    }
                    filter from_peers {
                    %s  accept;
                    }
                    """.formatted(family.pool(), band.hasPriorities()
                ? "  if bgp_local_pref > " + VersionBand.NORMAL_PRIORITY + " then preference = 200;\n"
                : ""));
        return text.toString();
    }

    private String template() {
        return """
               template bgp every_peer {
                 local as %d;
                 multihop;
                 gateway recursive;
                 add paths on;
                 graceful restart;
               %s%s  %s;
                 export filter to_peers;
               }
               """.formatted(as, band.replacesNextHops() ? "  next hop self;\n" : "", band.retriesSoon()
                ? "  connect delay time 2;\n  connect retry time 5;\n  error wait time 5, 30;\n"
                : "  connect delay time 5;\n  connect retry time 120;\n  error wait time 60, 300;\n",
                band.filtersImports() ? "import filter from_peers" : "import all");
    }

    private String session(NodeSession session, NodeFamily family) {
        String address = family.address(session.peer());
        StringBuilder text = new StringBuilder("protocol bgp " + session.name(family) + " from every_peer {\n");
        text.append("  neighbor ").append(address).append(" as ").append(as).append(";\n");
        text.append("  source address ").append(family.address(host)).append(";\n");
        session.restartTime().ifPresent(
                seconds -> text.append("  graceful restart time ").append(seconds).append(";\n"));
        // Addresses are compared as text, as Calico does.
        if (session.reason() == Reason.MESH && band.waitsInMesh() && address.compareTo(family.address(host)) > 0) {
            text.append("  passive on;\n");
        }
        return text.append("}\n").toString();
    }
}
