package io.tapetum.server.inquiry;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.session.HeldPaths;
import io.tapetum.core.session.Peer;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;

/** The peers that routes came from: what operators call them, and whether they still stand by what they announced. */
final class Announcers {

    private final Map<Integer, Peer> peers = new HashMap<>();

    /** @param peers those that there are at this moment */
    Announcers(Collection<Peer> peers) {
        peers.forEach(peer -> this.peers.put(peer.id(), peer));
    }

    /** The name of a peer; of one that is gone, its address. */
    String name(RouteSource source) {
        Peer peer = peers.get(source.peerId());
        return peer == null ? address(source).getHostAddress() : peer.settings().name();
    }

    /** How long ago the session was lost whose path is held for the peer, or {@code null} if it is an ordinary one. */
    @Nullable
    Duration heldFor(RouteSource source, Family family) {
        Peer peer = peers.get(source.peerId());
        HeldPaths held = peer == null ? null : peer.held(family, source);
        return held == null ? null : held.since();
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
