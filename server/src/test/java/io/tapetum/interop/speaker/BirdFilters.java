package io.tapetum.interop.speaker;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

import io.tapetum.interop.wire.Protection;

/** The parts of a configuration that every version of BIRD shares. */
public final class BirdFilters {
    private BirdFilters() {}

    /** The static routes behind announcements; the session's own address becomes their next hop. */
    static String staticRoutes(Collection<Announcement> announcements) {
        return announcements.stream().map(one -> "  route " + one.prefix() + " blackhole;\n")
                .collect(Collectors.joining());
    }

    /** A filter that lets announcements out, with their attributes, and nothing else. */
    static String exportFilter(String name, Collection<Announcement> announcements) {
        StringBuilder text = new StringBuilder("filter " + name + " {\n  if source != RTS_STATIC then reject;\n");
        for (Announcement one : announcements) {
            text.append("  if net = ").append(one.prefix()).append(" then {\n");
            one.med().ifPresent(med -> text.append("    bgp_med = ").append(med).append(";\n"));
            one.localPref().ifPresent(pref -> text.append("    bgp_local_pref = ").append(pref).append(";\n"));
            one.communities().forEach(value -> add(text, "bgp_community", value));
            one.routeTargets().forEach(value -> add(text, "bgp_ext_community", "rt:" + value));
            one.largeCommunities().forEach(value -> add(text, "bgp_large_community", value));
            one.asPath().reversed().forEach(as -> text.append("    bgp_path.prepend(").append(as).append(");\n"));
            text.append("  }\n");
        }
        return text.append("  accept;\n}\n").toString();
    }

    /** How far away a neighbour may be, and what its packets are protected with; the words are those of every version. */
    public static String protection(Protection protection) {
        return (protection.limitsDistance() ? "multihop " + protection.hops() + "; ttl security on;" : "multihop;")
                + (protection.signs() ? " password \"" + protection.key() + "\";" : "");
    }

    /** The name of a session's protocol, as calico-node makes it from the address. */
    static String protocolName(String address) {
        return "Node_" + address.replace('.', '_').replace(':', '_').toLowerCase(Locale.ROOT);
    }

    private static void add(StringBuilder text, String attribute, String value) {
        text.append("    ").append(attribute).append(".add((").append(value.replace(":", ", ")).append("));\n");
    }
}
