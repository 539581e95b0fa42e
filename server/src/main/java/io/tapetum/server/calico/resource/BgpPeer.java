package io.tapetum.server.calico.resource;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * Says who peers with whom. Selectors are kept as they are written; an empty one is absent, as in Calico.
 *
 * @param node the one local node, or empty
 * @param nodeSelector the local nodes, or empty; with {@code node} empty too, all nodes
 * @param peerIp the remote address, or {@code null}
 * @param peerPort the port written behind that address, or {@code null}
 * @param as the remote AS number ({@code asNumber}), or {@code null}
 * @param peerSelector the remote nodes, or empty
 * @param localAs {@code localASNumber}, the AS number of the local node on this session, or {@code null}
 * @param maxRestartSeconds {@code maxRestartTime} in whole seconds, or {@code null}
 * @param ttlSecurityHops {@code ttlSecurity}, 1 to 255, or {@code null} if it is off
 * @param password {@code password.secretKeyRef}, or {@code null} if there is none
 * @param reversePeering false if {@code reversePeering} is {@code Manual}
 * @param localWorkload whether it is about pods of the local host ({@code localWorkloadSelector})
 */
public record BgpPeer(String name, String node, String nodeSelector, @Nullable InetAddress peerIp,
        @Nullable Integer peerPort, @Nullable Long as, String peerSelector, @Nullable Long localAs,
        @Nullable Integer maxRestartSeconds, @Nullable Integer ttlSecurityHops,
        @Nullable SecretKeyRef password, boolean reversePeering, boolean localWorkload) implements CalicoResource {

    @Override
    public ResourceKind kind() {
        return ResourceKind.BGP_PEER;
    }

    /** Whether it is for all nodes. */
    public boolean isGlobal() {
        return node.isEmpty() && nodeSelector.isEmpty();
    }
}
