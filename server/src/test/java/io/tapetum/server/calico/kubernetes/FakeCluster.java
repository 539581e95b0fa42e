package io.tapetum.server.calico.kubernetes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.config.KubernetesSettings;
import io.tapetum.server.config.Secret;

/** The API server of the tests, as a cluster. */
final class FakeCluster implements Cluster {

    static final String NODES = "/api/v1/nodes";

    private static final ObjectMapper JSON = new ObjectMapper();

    final FakeApiServer server;
    private final CalicoApi api;
    private boolean cut;

    FakeCluster(CalicoApi api) throws IOException {
        this.server = new FakeApiServer();
        this.api = api;
        server.groups.add(api.group());
    }

    @Override
    public ClusterAccess access() {
        return access(null);
    }

    ClusterAccess access(@Nullable Secret token) {
        return new ClusterAccess(new KubernetesSettings(null, null, server.uri(), null, null, null, token, false,
                KubernetesSettings.ApiGroup.AUTO, null), Map.of(), Path.of("none"));
    }

    @Override
    public CalicoApi api() {
        return api;
    }

    @Override
    public void putNode(String name, Map<String, String> labels, Map<String, String> annotations) {
        ObjectNode node = JSON.createObjectNode();
        node.withObject("/metadata").set("labels", JSON.valueToTree(labels));
        node.withObject("/metadata").set("annotations", JSON.valueToTree(annotations));
        server.objects.put(NODES, name, node);
    }

    @Override
    public void heartbeat(String name) {
        ObjectNode node = server.objects.page(NODES, name, 1).objects().getFirst().deepCopy();
        node.withObject("/status").put("heartbeat", System.nanoTime());
        server.objects.put(NODES, name, node);
    }

    @Override
    public void deleteNode(String name) {
        server.objects.delete(NODES, name);
    }

    @Override
    public void put(ResourceKind kind, String name, Map<String, ?> spec) {
        ObjectNode object = JSON.createObjectNode();
        object.set("spec", JSON.valueToTree(spec));
        server.objects.put(api.path(kind), name, object);
    }

    @Override
    public void delete(ResourceKind kind, String name) {
        server.objects.delete(api.path(kind), name);
    }

    @Override
    public void cut() {
        server.stop();
        cut = true;
    }

    @Override
    public void mend() {
        if (cut) {
            server.start();
            cut = false;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
