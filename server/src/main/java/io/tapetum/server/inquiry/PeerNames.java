package io.tapetum.server.inquiry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import io.tapetum.core.session.Peer;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.rib.RouteSource;

/** What operators call the peers that routes came from, as of one moment. */
final class PeerNames {

    private final Map<Integer, PeerSettings> peers = new HashMap<>();

    PeerNames(Collection<Peer> peers) {
        peers.forEach(peer -> this.peers.put(peer.id(), peer.settings()));
    }

    /** The name of a peer; of one that is gone, its address. */
    String name(RouteSource source) {
        PeerSettings settings = peers.get(source.peerId());
        return settings == null ? address(source).getHostAddress() : settings.name();
    }

    /** An IPv4-mapped one is an IPv4 address. */
    static InetAddress address(RouteSource source) {
        byte[] octets = ByteBuffer.allocate(2 * Long.BYTES).putLong(source.addressHigh()).putLong(source.addressLow())
                .array();
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 16 octets", e);
        }
    }

    static PeerRole role(RouteSource source) {
        return switch (source.kind()) {
            case CLIENT -> PeerRole.CLIENT;
            case NON_CLIENT -> PeerRole.NON_CLIENT;
            case EXTERNAL -> PeerRole.EXTERNAL;
        };
    }
}
