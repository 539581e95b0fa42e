package io.tapetum.server.calico.resource;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads Nodes. As in Calico, each value that is invalid counts as absent, and the others of the same Node stand: a
 * reflector must not lose a host because of a field it could do without.
 */
public final class NodeReader {

    private static final String IPV4_ADDRESS = "projectcalico.org/IPv4Address";
    private static final String IPV6_ADDRESS = "projectcalico.org/IPv6Address";
    private static final String AS_NUMBER = "projectcalico.org/ASNumber";
    private static final String CLUSTER_ID = "projectcalico.org/RouteReflectorClusterID";
    private static final String LABELS = "projectcalico.org/labels";

    private static final ObjectMapper JSON = new ObjectMapper();

    private NodeReader() {}

    /**
     * Reads what Calico keeps in the metadata of a Kubernetes Node.
     *
     * @param labels Kubernetes' own, which win over those in an annotation of Calico's
     */
    public static CalicoNode kubernetesNode(String name, Map<String, String> labels, Map<String, String> annotations) {
        Map<String, String> merged = labels(parsed(annotations.getOrDefault(LABELS, "")));
        merged.putAll(labels);
        return node(name, merged, annotations.getOrDefault(IPV4_ADDRESS, ""),
                annotations.getOrDefault(IPV6_ADDRESS, ""), annotations.getOrDefault(AS_NUMBER, ""),
                annotations.getOrDefault(CLUSTER_ID, ""));
    }

    /** Reads a Node of Calico's own. */
    static CalicoNode node(String name, JsonNode object) throws UnusableFieldException {
        if (!object.isObject()) {
            throw new UnusableFieldException("it is not a JSON object");
        }
        JsonNode bgp = object.path("spec").path("bgp");
        return node(name, labels(object.path("metadata").path("labels")), bgp.path("ipv4Address").asText(),
                bgp.path("ipv6Address").asText(), asNumber(bgp.path("asNumber")),
                bgp.path("routeReflectorClusterID").asText());
    }

    private static CalicoNode node(String name, Map<String, String> labels, String ipv4, String ipv6, String as,
            String clusterId) {
        return new CalicoNode(name, labels,
                Addresses.hostOfPrefix(ipv4.strip()) instanceof Inet4Address address ? address : null,
                Addresses.hostOfPrefix(ipv6.strip()) instanceof Inet6Address address ? address : null,
                positive(AsNumber.parse(as.strip())), Addresses.clusterId(clusterId.strip()));
    }

    /** 0 is unset. */
    private static @Nullable Long positive(@Nullable Long as) {
        return as == null || as == 0 ? null : as;
    }

    /** 1.10 without quotes has already become 1.1, which is another AS. */
    private static String asNumber(JsonNode value) {
        return value.isFloatingPointNumber() ? "" : value.asText();
    }

    private static Map<String, String> labels(JsonNode object) {
        Map<String, String> labels = new HashMap<>();
        object.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                labels.put(field.getKey(), field.getValue().asText());
            }
        });
        return labels;
    }

    private static JsonNode parsed(String text) {
        if (text.isEmpty()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException _) {
            return MissingNode.getInstance();
        }
    }
}
