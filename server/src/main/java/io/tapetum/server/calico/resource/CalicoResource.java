package io.tapetum.server.calico.resource;

/** An object of the datastore. Equal objects mean that nothing of interest changed. */
public sealed interface CalicoResource
        permits
        CalicoNode,
        BgpPeer,
        BgpConfiguration,
        ClusterInformation,
        RouteReflector,
        UnusableResource {

    ResourceKind kind();

    /** {@code metadata.name}. */
    String name();
}
