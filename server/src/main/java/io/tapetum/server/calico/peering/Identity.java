package io.tapetum.server.calico.peering;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.OwnAddresses;

/**
 * Who this reflector is to the cluster.
 *
 * @param addresses by which BGPPeers name it
 * @param listenPorts where it listens
 * @param nodeName the Node that it is, or {@code null} if it is none
 * @param clusterId the cluster id that is configured, network order, or {@code null}
 * @param as the AS number that is configured, 1 to 2^32 - 1, or {@code null}
 */
public record Identity(OwnAddresses addresses, Set<Integer> listenPorts, @Nullable String nodeName,
        @Nullable Integer clusterId, @Nullable Long as) {

    public Identity {
        listenPorts = Set.copyOf(listenPorts);
    }

    /** Whether a BGPPeer with this port means this reflector, and not another speaker on the same host. */
    boolean listensOn(@Nullable Integer port) {
        return port == null || listenPorts.contains(port);
    }
}
