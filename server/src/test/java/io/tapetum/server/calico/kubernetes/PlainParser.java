package io.tapetum.server.calico.kubernetes;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.tapetum.server.calico.resource.BgpConfiguration;
import io.tapetum.server.calico.resource.BgpPeer;
import io.tapetum.server.calico.resource.CalicoNode;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ClusterInformation;
import io.tapetum.server.calico.resource.ResourceKind;

/** Understands as much of each kind as shows that the right object came through. */
final class PlainParser implements ResourceParser {

    @Override
    public CalicoResource resource(ResourceKind kind, String name, JsonNode object) {
        JsonNode spec = object.path("spec");
        return switch (kind) {
            case NODE -> throw new IllegalArgumentException("a Node is no custom resource");
            case BGP_PEER -> new BgpPeer(name, spec.path("node").asText(), "", null, null, null, "", null, null, null,
                    false, true, false);
            case BGP_CONFIGURATION -> new BgpConfiguration(name, null, true, null);
            case CLUSTER_INFORMATION -> new ClusterInformation(name, spec.path("datastoreReady").asBoolean(true));
        };
    }

    @Override
    public CalicoResource node(String name, Map<String, String> labels, Map<String, String> annotations) {
        String as = annotations.get("projectcalico.org/ASNumber");
        return new CalicoNode(name, labels, null, null, as == null ? null : Long.valueOf(as), null);
    }
}
