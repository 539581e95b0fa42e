package io.tapetum.server.calico.kubernetes;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.Resource;

import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.config.KubernetesSettings;
import io.tapetum.server.config.Secret;

/** A real API server. The test changes it as its administrator; the datastore has a token of its own, and comes by a relay. */
final class RealCluster implements Cluster {

    private final KubernetesClient administrator;
    private final CalicoApi api;
    private final Secret token;
    private final TcpRelay relay;

    RealCluster(KubernetesClient administrator, CalicoApi api, Secret token) throws IOException {
        this.administrator = administrator;
        this.api = api;
        this.token = token;
        URI server = URI.create(administrator.getConfiguration().getMasterUrl());
        this.relay = new TcpRelay(
                new InetSocketAddress(server.getHost(), server.getPort() < 0 ? 443 : server.getPort()));
    }

    /** The certificate is not checked, for it is not the relay's. */
    @Override
    public ClusterAccess access() {
        return new ClusterAccess(
                new KubernetesSettings(null, null, URI.create("https://127.0.0.1:" + relay.port()), null, null, null,
                        token, true, KubernetesSettings.ApiGroup.AUTO, null),
                Map.of(), Path.of("none"));
    }

    @Override
    public CalicoApi api() {
        return api;
    }

    @Override
    public void putNode(String name, Map<String, String> labels, Map<String, String> annotations) {
        Node node = new NodeBuilder().withNewMetadata().withName(name).withLabels(labels)
                .withAnnotations(annotations).endMetadata().build();
        administrator.resource(node).createOr(NonDeletingOperation::update);
    }

    @Override
    public void heartbeat(String name) {
        administrator.nodes().withName(name)
                .editStatus(node -> new NodeBuilder(node).editOrNewStatus().withConditions().addNewCondition()
                        .withType("Ready").withStatus("True").withMessage("seen at " + Instant.now()).endCondition()
                        .endStatus().build());
    }

    @Override
    public void deleteNode(String name) {
        administrator.nodes().withName(name).delete();
    }

    @Override
    public void put(ResourceKind kind, String name, Map<String, ?> spec) {
        GenericKubernetesResource object = new GenericKubernetesResourceBuilder().withApiVersion(api.toString())
                .withKind(kind.kind()).withNewMetadata().withName(name).endMetadata().build();
        object.setAdditionalProperties(new HashMap<>(Map.of("spec", spec)));
        Resource<GenericKubernetesResource> place = resources(kind).withName(name);
        GenericKubernetesResource before = place.get();
        if (before == null) {
            resources(kind).resource(object).create();
        } else {
            object.getMetadata().setResourceVersion(before.getMetadata().getResourceVersion());
            resources(kind).resource(object).update();
        }
    }

    @Override
    public void delete(ResourceKind kind, String name) {
        resources(kind).withName(name).delete();
    }

    private MixedOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> resources(
            ResourceKind kind) {
        return administrator.genericKubernetesResources(api.toString(), kind.kind());
    }

    @Override
    public void cut() {
        relay.cut();
    }

    @Override
    public void mend() {
        relay.mend();
    }

    @Override
    public void close() {
        relay.close();
    }
}
