package io.tapetum.server.calico.kubernetes;

import io.tapetum.server.calico.resource.ResourceKind;

/** Where the Kubernetes API may have Calico's custom resources. Both have the same {@code spec}. */
enum CalicoApi {
    /** Custom resources, which Calico's own API server may serve under the other group once more. */
    CRD_V1("crd.projectcalico.org", "v1"),
    /** Custom resources of that group itself. */
    PROJECTCALICO_V3("projectcalico.org", "v3");

    private final String group;
    private final String version;

    CalicoApi(String group, String version) {
        this.group = group;
        this.version = version;
    }

    String group() {
        return group;
    }

    /** Of all objects of this kind; none for Nodes, which are not Calico's. */
    String path(ResourceKind kind) {
        return "/apis/" + group + "/" + version + "/" + kind.plural();
    }

    /** As in {@code apiVersion}. */
    @Override
    public String toString() {
        return group + "/" + version;
    }
}
