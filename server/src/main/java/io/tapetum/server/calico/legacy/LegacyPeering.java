package io.tapetum.server.calico.legacy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.PeerRole;
import io.tapetum.server.calico.legacy.LegacyKeys.Entry;
import io.tapetum.server.config.OwnAddresses;
import io.tapetum.server.source.DesiredPeer;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerOrigin;

/**
 * From all keys to the peers of this reflector; both address families alike. An entry for one of our addresses among the
 * reflectors makes us one of a cluster: all other reflectors there are plain internal peers. With or without that, every
 * node for which a peer with one of our addresses is written down is our client. An address is one peer: a session that
 * is wanted twice is the mesh's before it is that of all nodes, and that before one of a single node.
 *
 * @param listenPorts where we listen; an entry for another port is for somebody else on our host
 * @param clusterId if the configuration names one, network order
 * @param as if the configuration names one
 */
public record LegacyPeering(OwnAddresses own, Set<Integer> listenPorts, @Nullable Integer clusterId,
        @Nullable Long as) {

    private static final long CALICO_AS = 64512;
    private static final int BGP_PORT = 179;

    public LegacyPeering {
        listenPorts = Set.copyOf(listenPorts);
    }

    /** Computes all peers from all keys: whole ones, as etcd has them. */
    public DesiredPeers peers(Map<String, String> keys) {
        LegacyKeys read = new LegacyKeys(keys);
        Map<InetAddress, DesiredPeer> peers = new LinkedHashMap<>();
        if (own.ipv4() != null) {
            new OfFamily(read, "v4", "v6", own.ipv4(), peers).add();
        }
        if (own.ipv6() != null) {
            new OfFamily(read, "v6", "v4", own.ipv6(), peers).add();
        }
        return new DesiredPeers(List.copyOf(peers.values()), read.problems());
    }

    /** Adds the peers of one address family. */
    private final class OfFamily {

        private final LegacyKeys keys;
        private final String family;
        private final String otherFamily;
        private final InetAddress me;
        private final Map<InetAddress, DesiredPeer> peers;
        private final @Nullable Long globalAs;
        private @Nullable Integer cluster = clusterId;

        OfFamily(LegacyKeys keys, String family, String otherFamily, InetAddress me,
                Map<InetAddress, DesiredPeer> peers) {
            this.keys = keys;
            this.family = family;
            this.otherFamily = otherFamily;
            this.me = me;
            this.peers = peers;
            this.globalAs = keys.asNumber("global/as_num");
        }

        void add() {
            List<Entry> reflectors = keys.entries("rr_" + family).stream().filter(this::ofThisFamily).toList();
            Entry ours = reflectors.stream().filter(entry -> entry.ip().equals(me)).findFirst().orElse(null);
            if (ours != null) {
                cluster = clusterId == null ? ours.clusterId() : clusterId;
                reflectors.stream().filter(entry -> !entry.ip().equals(me)).forEach(this::addReflector);
            }
            List<String> hosts = keys.hosts();
            for (Entry entry : forUs("global/peer_" + family)) {
                hosts.forEach(host -> addNode(PeerOrigin.GLOBAL, host, entry));
            }
            for (String host : hosts) {
                forUs("host/" + host + "/peer_" + family)
                        .forEach(entry -> addNode(PeerOrigin.NODE_SPECIFIC, host, entry));
            }
        }

        private boolean ofThisFamily(Entry entry) {
            return entry.ip().getClass() == me.getClass();
        }

        private List<Entry> forUs(String folder) {
            List<Entry> entries = new ArrayList<>();
            for (Entry entry : keys.entries(folder)) {
                if (entry.ip().equals(me) && (entry.port() == null || listenPorts.contains(entry.port()))) {
                    entries.add(entry);
                }
            }
            return entries;
        }

        private void addReflector(Entry entry) {
            long ourAs = firstOf(as, globalAs, CALICO_AS);
            add(peer(PeerOrigin.MESH, entry.ip().getHostAddress(), entry.ip(), BGP_PORT, ourAs, ourAs,
                    PeerRole.NON_CLIENT));
        }

        private void addNode(PeerOrigin origin, String host, Entry entry) {
            InetAddress address = addressOf(host);
            if (address == null || address.equals(me)) {
                return;
            }
            long localAs = firstOf(as, entry.as(), globalAs, CALICO_AS);
            long remoteAs = firstOf(keys.asNumber("host/" + host + "/as_num"), entry.as(), globalAs, CALICO_AS);
            Integer port = keys.port("host/" + host + "/listen_port");
            if (port == null) {
                port = keys.port("global/listen_port");
            }
            add(peer(origin, host, address, port == null ? BGP_PORT : port, localAs, remoteAs,
                    localAs == remoteAs ? PeerRole.CLIENT : PeerRole.EXTERNAL));
        }

        /** A node without an address says so by an empty one; if it has none in either family, it is half deleted. */
        private @Nullable InetAddress addressOf(String host) {
            String key = "host/" + host + "/ip_addr_" + family;
            String text = keys.text(key);
            if (text == null || text.isEmpty()) {
                String other = keys.text("host/" + host + "/ip_addr_" + otherFamily);
                if (text == null || other == null || other.isEmpty()) {
                    keys.problem("the node " + host + " is left out: " + LegacyKeys.PREFIX + '/' + key + " is "
                            + (text == null ? "missing" : "empty") + "; expected is its address");
                }
                return null;
            }
            InetAddress address = LegacyKeys.address(text);
            if (address == null || address.getClass() != me.getClass()) {
                keys.problem("the node " + host + " is left out: " + LegacyKeys.PREFIX + '/' + key + " is \"" + text
                        + "\"; expected is its address");
                return null;
            }
            return address;
        }

        private DesiredPeer peer(PeerOrigin origin, String name, InetAddress address, int port, long localAs,
                long remoteAs, PeerRole role) {
            return new DesiredPeer(origin, name, address, port, localAs, remoteAs, role, cluster, null, null, null);
        }

        private void add(DesiredPeer peer) {
            DesiredPeer before = peers.putIfAbsent(peer.address(), peer);
            if (before != null && before.origin() != PeerOrigin.MESH && !before.name().equals(peer.name())) {
                keys.problem("the node " + peer.name() + " is left out: the node " + before.name()
                        + " has its address " + peer.address().getHostAddress() + " already");
            }
        }
    }

    private static long firstOf(@Nullable Long... numbers) {
        for (Long number : numbers) {
            if (number != null) {
                return number;
            }
        }
        throw new IllegalArgumentException("no number at all");
    }
}
