package io.tapetum.server.calico;

/** A datastore of Calico's, followed live: the Kubernetes API, or etcd. */
public interface CalicoDatastore extends AutoCloseable {

    /**
     * Begins to follow, and returns at once. Whatever goes wrong later is tried again until {@link #close}, with growing
     * pauses of a few seconds at most.
     *
     * @param listener told what the datastore holds; one call at a time
     */
    void follow(DatastoreListener listener);

    /** Which datastore, and where; for operators. No secrets. */
    String name();

    @Override
    void close();
}
