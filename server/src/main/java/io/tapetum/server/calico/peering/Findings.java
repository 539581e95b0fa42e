package io.tapetum.server.calico.peering;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.calico.resource.BgpPeer;
import io.tapetum.server.calico.resource.CalicoNode;
import io.tapetum.server.calico.resource.SecretKeyRef;
import io.tapetum.server.calico.resource.UnusableResource;
import io.tapetum.server.calico.selector.SelectorSyntaxException;

/** Collects what operators must know about one state of the cluster: each sentence once, and never thousands of them. */
final class Findings {

    private static final int MOST = 100;
    private static final int NAMES_SHOWN = 5;
    private static final int LONGEST_SELECTOR_SHOWN = 120;

    private final SequencedSet<String> sentences = new LinkedHashSet<>();

    /** Names of nodes, by the kind of address they lack. */
    private final Map<String, NavigableSet<String>> withoutAddress = new TreeMap<>();

    void add(String sentence) {
        sentences.add(sentence);
    }

    void unusable(ClusterState state) {
        for (UnusableResource resource : state.unusable()) {
            add(resource.kind().kind() + " \"" + resource.name() + "\" is left out"
                    + (state.hasFormer(resource) ? ", and what held before it stays in force: " : ": ")
                    + resource.reason());
        }
    }

    /** @param object which has the password */
    void malformed(String object, @Nullable SecretKeyRef password) {
        if (password instanceof SecretKeyRef.Malformed(String reason)) {
            add(object + ": " + reason + "; the sessions stay down until it does");
        }
    }

    void notParsed(BgpPeer peer, String field, String selector, SelectorSyntaxException failure) {
        add(name(peer) + ": " + field + " \"" + shown(selector) + "\" is no selector and matches nothing: "
                + failure.getMessage());
    }

    void matchesNothing(BgpPeer peer, String field, String selector) {
        add(name(peer) + ": " + field + " \"" + shown(selector) + "\" matches no Node");
    }

    void unknownNode(BgpPeer peer) {
        add(name(peer) + " is for the Node \"" + peer.node() + "\", which does not exist");
    }

    /** A BGPPeer wants a session with a Node that has no address of the same family as ours, or none at all. */
    void withoutAddress(CalicoNode node, @Nullable InetAddress ours) {
        String family = ours == null ? "" : ours instanceof Inet4Address ? "IPv4" : "IPv6";
        withoutAddress.computeIfAbsent(family, f -> new TreeSet<>()).add(node.name());
    }

    static String name(BgpPeer peer) {
        return "BGPPeer \"" + peer.name() + "\"";
    }

    List<String> sentences() {
        List<String> all = new ArrayList<>(sentences);
        withoutAddress.forEach((family, names) -> all.add(withoutAddress(family, names)));
        if (all.size() <= MOST) {
            return all;
        }
        List<String> first = new ArrayList<>(all.subList(0, MOST));
        first.add("and " + (all.size() - MOST) + " more problems of this kind");
        return first;
    }

    private static String withoutAddress(String family, NavigableSet<String> names) {
        String address = family.isEmpty() ? "address" : family + " address";
        String listed = String.join(", ", names.stream().limit(NAMES_SHOWN).toList());
        String more = names.size() > NAMES_SHOWN ? " and " + (names.size() - NAMES_SHOWN) + " more" : "";
        return (names.size() == 1 ? "1 Node has no " : names.size() + " Nodes have no ") + address
                + " and so no session that a BGPPeer wants: " + listed + more;
    }

    private static String shown(String selector) {
        return selector.length() <= LONGEST_SELECTOR_SHOWN
                ? selector
                : selector.substring(0, LONGEST_SELECTOR_SHOWN) + "...";
    }
}
