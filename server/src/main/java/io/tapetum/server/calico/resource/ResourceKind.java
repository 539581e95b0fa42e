package io.tapetum.server.calico.resource;

import java.util.Set;

/** The kinds of resources that decide which peers there ought to be. */
public enum ResourceKind {
    NODE("Node", "nodes"), BGP_PEER("BGPPeer", "bgppeers"), BGP_CONFIGURATION("BGPConfiguration",
            "bgpconfigurations"),
    CLUSTER_INFORMATION("ClusterInformation", "clusterinformations"),
    /** An entry of the reflectors' own mesh, which is older than Calico's resources: a legacy key, and nothing else. */
    ROUTE_REFLECTOR("route reflector", "routereflectors");

    /** Those that are resources of Calico's. */
    public static final Set<ResourceKind> RESOURCES = Set.of(NODE, BGP_PEER, BGP_CONFIGURATION, CLUSTER_INFORMATION);

    private final String kind;
    private final String plural;

    ResourceKind(String kind, String plural) {
        this.kind = kind;
        this.plural = plural;
    }

    /** As in the field {@code kind} of an object. */
    public String kind() {
        return kind;
    }

    /** As in paths and keys. */
    public String plural() {
        return plural;
    }
}
