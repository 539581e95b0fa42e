package io.tapetum.server.calico.peering;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import io.tapetum.server.source.DesiredPeer;

/** The order in which peers are published, so that equal sets are equal lists. */
final class PeerOrder {

    private static final Comparator<DesiredPeer> BY_NAME_AND_ADDRESS = Comparator.comparing(DesiredPeer::name)
            .thenComparing(peer -> peer.address().getAddress(),
                    Comparator.<byte[]>comparingInt(octets -> octets.length).thenComparing(Arrays::compareUnsigned));

    private PeerOrder() {}

    static List<DesiredPeer> sorted(Collection<DesiredPeer> peers) {
        return peers.stream().sorted(BY_NAME_AND_ADDRESS).toList();
    }
}
