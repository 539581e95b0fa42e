package io.tapetum.server.calico.kubernetes;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.NodeReader;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.calico.resource.ResourceReader;

/** Where the objects of one kind are, and what is made of them. For one thread; the choice of the group is shared. */
final class KindLocation implements Location<CalicoResource> {

    private static final String NODES = "/api/v1/nodes";

    private final ResourceKind kind;
    private final ApiGroupChoice group;

    KindLocation(ResourceKind kind, ApiGroupChoice group) {
        this.kind = kind;
        this.group = group;
    }

    @Override
    public String what() {
        return kind.kind();
    }

    @Override
    public String path() throws InterruptedException {
        return isNode() ? NODES : group.current().path(kind);
    }

    @Override
    public void doubt() {
        group.doubt();
    }

    /** ClusterInformation is younger than the others, and not all tools install it. */
    @Override
    public boolean mayBeAbsent() {
        return kind == ResourceKind.CLUSTER_INFORMATION;
    }

    @Override
    public String selection() {
        return "";
    }

    /** Of Nodes, metadata is enough, and a small part of what they are. */
    @Override
    public String listType() {
        return accept("PartialObjectMetadataList");
    }

    @Override
    public String objectType() {
        return accept("PartialObjectMetadata");
    }

    private String accept(String metadata) {
        return isNode() ? "application/json;as=" + metadata + ";g=meta.k8s.io;v=v1" : ApiServer.JSON;
    }

    @Override
    public JsonNode json(byte[] octets) throws IOException {
        return ApiServer.json(octets);
    }

    @Override
    public void discard(JsonNode answer) {}

    @Override
    public String permission() {
        return "give the account the permissions in config/kubernetes/rbac.yaml";
    }

    @Override
    public CalicoResource read(JsonNode object) throws IOException {
        String name = Follower.name(object);
        JsonNode metadata = object.path("metadata");
        return isNode()
                ? NodeReader.kubernetesNode(name, texts(metadata.path("labels")), texts(metadata.path("annotations")))
                : ResourceReader.read(kind, name, object);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private boolean isNode() {
        return kind == ResourceKind.NODE;
    }
}
