package io.tapetum.server.calico.resource;

import org.jspecify.annotations.Nullable;

/**
 * Settings of all nodes (named {@code default}), or of one ({@code node.} and its name), of which only the port counts.
 *
 * @param as the cluster's AS number, or {@code null} for Calico's own default
 * @param nodeToNodeMesh whether the nodes that are no reflectors are meshed; true unless it says otherwise
 * @param listenPort where nodes listen, or {@code null}
 * @param meshPassword {@code nodeMeshPassword.secretKeyRef}, of the sessions of the mesh, or {@code null} if there is none
 */
public record BgpConfiguration(String name, @Nullable Long as, boolean nodeToNodeMesh, @Nullable Integer listenPort,
        @Nullable SecretKeyRef meshPassword)
        implements
            CalicoResource {

    /** The name of the one that all nodes share. */
    public static final String DEFAULT = "default";

    /** What holds where there is none of that name. */
    public static final BgpConfiguration NONE = new BgpConfiguration(DEFAULT, null, true, null, null);

    /** What stands in front of a node's name. */
    public static final String NODE_PREFIX = "node.";

    @Override
    public ResourceKind kind() {
        return ResourceKind.BGP_CONFIGURATION;
    }
}
