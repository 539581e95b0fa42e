package io.tapetum.server.calico.peering;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.server.calico.resource.BgpPeer;

/**
 * Who of two nodes waits for the other. Calico spares them collisions in the mesh, and between a node and another one
 * that a BGPPeer for all nodes names by its address: the one whose address is lower is passive, compared as text, so that
 * 10.0.0.10 is lower than 10.0.0.9. In all other sessions both sides connect.
 */
final class Passivity {

    private final OwnNode own;

    /** Our addresses that a BGPPeer for all nodes names, and their texts: lower nodes wait for us. */
    private final Map<InetAddress, String> namedForAll = new HashMap<>();

    Passivity(OwnNode own, List<BgpPeer> bgpPeers) {
        this.own = own;
        for (BgpPeer peer : bgpPeers) {
            InetAddress address = peer.peerIp();
            if (address != null && peer.isGlobal() && !peer.localWorkload() && own.isNamedBy(peer)) {
                namedForAll.put(address, AddressText.of(address));
            }
        }
    }

    /**
     * In a session with another node.
     *
     * @param namedForAll whether a BGPPeer for all nodes names that node by this address
     * @return {@code null} if nobody waits
     */
    @Nullable
    ConnectMode betweenNodes(InetAddress address, boolean namedForAll) {
        InetAddress ours = own.towards(address);
        if (ours == null) {
            return null;
        }
        String ourText = this.namedForAll.get(ours);
        if (namedForAll && AddressText.of(ours).compareTo(AddressText.of(address)) < 0) {
            return ConnectMode.PASSIVE;
        }
        return ourText != null && ourText.compareTo(AddressText.of(address)) > 0 ? ConnectMode.ACTIVE : null;
    }

    /** In the mesh, where one of two always waits. */
    ConnectMode inMesh(InetAddress address) {
        InetAddress ours = own.towards(address);
        return ours != null && AddressText.of(ours).compareTo(AddressText.of(address)) < 0
                ? ConnectMode.PASSIVE
                : ConnectMode.ACTIVE;
    }
}
