package io.tapetum.server.calico.resource;

import java.net.InetAddress;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads resources as both datastores keep them: whole objects with {@code metadata} and {@code spec}. */
public final class ResourceReader {

    /** The restart time has 12 bits (RFC 4724 §3). */
    private static final int LONGEST_RESTART_SECONDS = 4095;

    private static final int LARGEST_HOP_COUNT = 255;

    private ResourceReader() {}

    /**
     * Reads one object.
     *
     * @param name {@code metadata.name}, as the key or the API says it
     * @param object all of it
     * @return what was asked for, or an {@link UnusableResource} that says what is wrong with it
     */
    public static CalicoResource read(ResourceKind kind, String name, JsonNode object) {
        try {
            return switch (kind) {
                case NODE -> NodeReader.node(name, object);
                case BGP_PEER -> bgpPeer(name, Fields.spec(object));
                case BGP_CONFIGURATION -> bgpConfiguration(name, Fields.spec(object));
                case CLUSTER_INFORMATION -> clusterInformation(name, Fields.spec(object));
                case ROUTE_REFLECTOR -> routeReflector(name, Fields.spec(object));
            };
        } catch (UnusableFieldException e) {
            return new UnusableResource(kind, name, String.valueOf(e.getMessage()));
        }
    }

    private static BgpPeer bgpPeer(String name, Fields spec) throws UnusableFieldException {
        boolean localWorkload = spec.has("localWorkloadSelector");
        String node = spec.text("node");
        String nodeSelector = spec.text("nodeSelector");
        if (!node.isEmpty() && !nodeSelector.isEmpty()) {
            throw spec.unusable("nodeSelector", "nothing beside spec.node, for only one of them can be meant");
        }
        String peerIp = spec.text("peerIP");
        String peerSelector = spec.text("peerSelector");
        if (!peerIp.isEmpty() && !peerSelector.isEmpty()) {
            throw spec.unusable("peerSelector", "nothing beside spec.peerIP, for only one of them can be meant");
        }
        if (peerIp.isEmpty() && peerSelector.isEmpty() && !localWorkload) {
            throw new UnusableFieldException("neither spec.peerIP nor spec.peerSelector says who the peer is");
        }
        Addresses.WithPort remote = peerIp.isEmpty() ? null : Addresses.withPort(peerIp);
        if (remote == null && !peerIp.isEmpty()) {
            throw spec.unusable("peerIP",
                    "the address of a host, such as 10.0.0.2, 10.0.0.2:1790, fd00::2 or [fd00::2]:1790, without a zone");
        }
        return new BgpPeer(name, node, nodeSelector, remote == null ? null : remote.address(),
                remote == null ? null : remote.port(), spec.asNumber("asNumber"), peerSelector,
                spec.asNumber("localASNumber"), spec.seconds("maxRestartTime", LONGEST_RESTART_SECONDS),
                spec.positive("ttlSecurity", LARGEST_HOP_COUNT, "a hop count from 1 to " + LARGEST_HOP_COUNT),
                spec.secretKeyRef("password"),
                !spec.text("reversePeering").equalsIgnoreCase("Manual"), localWorkload);
    }

    private static BgpConfiguration bgpConfiguration(String name, Fields spec) throws UnusableFieldException {
        return new BgpConfiguration(name, spec.asNumber("asNumber"), spec.flag("nodeToNodeMeshEnabled", true),
                spec.port("listenPort"), spec.secretKeyRef("nodeMeshPassword"));
    }

    private static RouteReflector routeReflector(String name, Fields spec) throws UnusableFieldException {
        InetAddress address = spec.has("ip") ? Addresses.host(spec.text("ip")) : null;
        if (address == null && spec.has("ip")) {
            throw spec.unusable("ip", "the address of a host, such as 10.0.0.2 or fd00::2");
        }
        Integer clusterId = spec.has("cluster_id") ? Addresses.clusterId(spec.text("cluster_id")) : null;
        if (clusterId == null && spec.has("cluster_id")) {
            throw spec.unusable("cluster_id", "four numbers with dots, such as 1.0.0.1");
        }
        return new RouteReflector(name, address, clusterId);
    }

    private static ClusterInformation clusterInformation(String name, Fields spec) throws UnusableFieldException {
        return new ClusterInformation(name, spec.flag("datastoreReady", true));
    }
}
