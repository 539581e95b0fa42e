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
final class KindLocation {

    private static final String NODES = "/api/v1/nodes";

    private final ResourceKind kind;
    private final ApiGroupChoice group;

    KindLocation(ResourceKind kind, ApiGroupChoice group) {
        this.kind = kind;
        this.group = group;
    }

    ResourceKind kind() {
        return kind;
    }

    /** Of the moment. */
    String path() throws InterruptedException {
        return isNode() ? NODES : group.current().path(kind);
    }

    /** There is nothing at that path. */
    void doubt() {
        group.doubt();
    }

    /** Whether a cluster may do without this kind: it is younger than the others, and not all tools install it. */
    boolean mayBeAbsent() {
        return kind == ResourceKind.CLUSTER_INFORMATION;
    }

    /** How a list is asked for. Of Nodes, metadata is enough, and a small part of what they are. */
    String listType() {
        return accept("PartialObjectMetadataList");
    }

    /** How single objects are asked for. */
    String objectType() {
        return accept("PartialObjectMetadata");
    }

    private String accept(String metadata) {
        return isNode() ? "application/json;as=" + metadata + ";g=meta.k8s.io;v=v1" : ApiServer.JSON;
    }

    CalicoResource resource(JsonNode object) throws IOException {
        String name = name(object);
        JsonNode metadata = object.path("metadata");
        return isNode()
                ? NodeReader.kubernetesNode(name, texts(metadata.path("labels")), texts(metadata.path("annotations")))
                : ResourceReader.read(kind, name, object);
    }

    static String name(JsonNode object) throws IOException {
        String name = object.path("metadata").path("name").asText();
        if (name.isEmpty()) {
            throw new IOException("the answer has an object without a name");
        }
        return name;
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
