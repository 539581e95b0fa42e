package io.tapetum.server.calico.resource;

/** The kinds of resources that decide which peers there ought to be. */
public enum ResourceKind {
    NODE("Node", "nodes"), BGP_PEER("BGPPeer", "bgppeers"), BGP_CONFIGURATION("BGPConfiguration",
            "bgpconfigurations"),
    CLUSTER_INFORMATION("ClusterInformation", "clusterinformations");

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
