package io.tapetum.server.source;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All the peers that a source wants to exist.
 *
 * @param peers no two with the same address
 * @param problems what was left out because it could not be used, one sentence each that names the object and says what
 *            was expected; for operators
 */
public record DesiredPeers(List<DesiredPeer> peers, List<String> problems) {

    /** No peer, and no problem. */
    public static final DesiredPeers NONE = new DesiredPeers(List.of(), List.of());

    public DesiredPeers {
        peers = List.copyOf(peers);
        problems = List.copyOf(problems);
        Set<InetAddress> addresses = new HashSet<>();
        for (DesiredPeer peer : peers) {
            if (!addresses.add(peer.address())) {
                throw new IllegalArgumentException("two peers have the address " + peer.address().getHostAddress());
            }
        }
    }
}
