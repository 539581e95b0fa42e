package io.tapetum.server.calico.kubernetes;

import java.util.Map;

import io.tapetum.server.calico.resource.ResourceKind;

/** A Kubernetes API whose objects a test may change. */
interface Cluster extends AutoCloseable {

    /** How to get in; for a datastore that chooses the API group itself. */
    ClusterAccess access();

    /** Where this cluster has Calico's resources. */
    CalicoApi api();

    /** Creates it, or replaces it. */
    void putNode(String name, Map<String, String> labels, Map<String, String> annotations);

    /** Changes something of a Node that has nothing to do with Calico, as a kubelet does all the time. */
    void heartbeat(String name);

    void deleteNode(String name);

    /** Creates it, or replaces it. */
    void put(ResourceKind kind, String name, Map<String, ?> spec);

    void delete(ResourceKind kind, String name);

    /** From now on nobody answers; connections break. */
    void cut();

    /** It answers again. */
    void mend();

    @Override
    void close();
}
