package io.tapetum.server.calico.resource;

/**
 * About the cluster as a whole.
 *
 * @param datastoreReady false while the datastore is locked for a migration; true if it does not say
 */
public record ClusterInformation(String name, boolean datastoreReady) implements CalicoResource {

    @Override
    public ResourceKind kind() {
        return ResourceKind.CLUSTER_INFORMATION;
    }
}
