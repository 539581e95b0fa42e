package io.tapetum.server.calico;

import java.util.Set;

import io.tapetum.server.calico.resource.ResourceKind;

/** A datastore of Calico's, followed live: the Kubernetes API, or etcd. */
public interface CalicoDatastore extends AutoCloseable {

    /**
     * Begins to follow, and returns at once. Whatever goes wrong later is tried again until {@link #close}, with growing
     * pauses of a few seconds at most.
     *
     * @param listener told what the datastore holds; one call at a time
     */
    void follow(DatastoreListener listener);

    /** What it has; everything has been read when each of these was told once. */
    default Set<ResourceKind> kinds() {
        return ResourceKind.RESOURCES;
    }

    /** Which datastore, and where; for operators. No secrets. */
    String name();

    @Override
    void close();
}
