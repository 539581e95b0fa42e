package io.tapetum.server.reflector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.tapetum.core.fsm.Negotiated;
import io.tapetum.core.session.LastError;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.wire.capability.Capability;

/** What BIRD calls things that operators of calico-node know from there. */
public final class BirdWords {

    /** In BIRD's order. */
    private static final List<String> CAPABILITIES = List.of("refresh", "enhanced-refresh", "restart-able",
            "restart-aware", "llgr-able", "llgr-aware", "AS4", "add-path-rx", "add-path-tx", "ext-messages");

    private BirdWords() {}

    /** What the OPEN of a peer says it can do. Asked for every session whenever metrics are, so it is plain. */
    public static List<String> peerCapabilities(List<Capability> capabilities) {
        Set<String> words = new HashSet<>();
        for (Capability capability : capabilities) {
            add(capability, words);
        }
        List<String> ordered = new ArrayList<>(words.size());
        for (String word : CAPABILITIES) {
            if (words.contains(word)) {
                ordered.add(word);
            }
        }
        return ordered;
    }

    private static void add(Capability capability, Set<String> words) {
        switch (capability) {
            case Capability.RouteRefreshCapability _ -> words.add("refresh");
            case Capability.EnhancedRouteRefresh _ -> words.add("enhanced-refresh");
            case Capability.GracefulRestart restart ->
                words.add(restart.tuples().isEmpty() ? "restart-aware" : "restart-able");
            case Capability.LongLivedGracefulRestart longLived ->
                words.add(longLived.tuples().isEmpty() ? "llgr-aware" : "llgr-able");
            case Capability.FourOctetAs _ -> words.add("AS4");
            case Capability.AddPath paths -> paths.tuples().forEach(tuple -> {
                if (tuple.receive()) {
                    words.add("add-path-rx");
                }
                if (tuple.send()) {
                    words.add("add-path-tx");
                }
            });
            case Capability.ExtendedMessage _ -> words.add("ext-messages");
            case Capability.Multiprotocol _,Capability.ExtendedNextHop _,Capability.Unknown _ -> {
                // BIRD 1.6 has no word for these.
            }
        }
    }

    /** What a session is, in BIRD's order. */
    public static List<String> traits(Negotiated agreed, PeerTemplate template) {
        List<String> words = new ArrayList<>();
        words.add(agreed.internal() ? "internal" : "external");
        if (template.ttl() > 1) {
            words.add("multihop");
        }
        if (template.role() == PeerRole.CLIENT) {
            words.add("route-reflector");
        }
        if (agreed.fourOctetAs()) {
            words.add("AS4");
        }
        if (!agreed.addPathReceive().isEmpty()) {
            words.add("add-path-rx");
        }
        if (agreed.extendedMessages()) {
            words.add("ext-messages");
        }
        return words;
    }

    /** An error in one line, with the word for who found fault first. */
    public static String lastError(LastError error) {
        return switch (error.kind()) {
            case SOCKET -> "Socket: ";
            case RECEIVED -> "Received: ";
            case SENT -> "BGP Error: ";
            case LOCAL -> "Error: ";
        } + error.text();
    }
}
