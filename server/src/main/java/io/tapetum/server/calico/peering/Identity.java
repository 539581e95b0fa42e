package io.tapetum.server.calico.peering;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.Protection;
import io.tapetum.server.calico.resource.BgpPeer;
import io.tapetum.server.calico.resource.SecretKeyRef;
import io.tapetum.server.config.OwnAddresses;
import io.tapetum.server.keys.KeyReference;

/**
 * Who this reflector is to the cluster.
 *
 * @param addresses by which BGPPeers name it
 * @param listenPorts where it listens
 * @param nodeName the Node that it is, or {@code null} if it is none
 * @param clusterId the cluster id that is configured, network order, or {@code null}
 * @param as the AS number that is configured, 1 to 2^32 - 1, or {@code null}
 * @param secretsNamespace where the Secrets are that BGPPeers name; they do not say it
 */
public record Identity(OwnAddresses addresses, Set<Integer> listenPorts, @Nullable String nodeName,
        @Nullable Integer clusterId, @Nullable Long as, String secretsNamespace) {

    public Identity {
        listenPorts = Set.copyOf(listenPorts);
    }

    /** Whether a BGPPeer with this port means this reflector, and not another speaker on the same host. */
    boolean listensOn(@Nullable Integer port) {
        return port == null || listenPorts.contains(port);
    }

    /** What packets have to prove in the sessions of a BGPPeer, on both sides alike. */
    Protection protection(BgpPeer peer) {
        Integer hops = peer.ttlSecurityHops();
        return new Protection(key(peer.password()), hops == null ? 0 : hops);
    }

    /** The same in the mesh, of which Calico never checks how far packets have come. */
    Protection protectionInMesh(@Nullable SecretKeyRef password) {
        return new Protection(key(password), 0);
    }

    private String key(@Nullable SecretKeyRef password) {
        return switch (password) {
            case null -> "";
            case SecretKeyRef.Named(String name, String key) ->
                new KeyReference.InSecret(secretsNamespace, name, key).toString();
            case SecretKeyRef.Malformed _ -> KeyReference.InSecret.NOWHERE;
        };
    }
}
