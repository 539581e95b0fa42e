package io.tapetum.server.kubernetes;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** One object as it is written. */
record Manifest(JsonNode object) {

    /** What Helm says about itself and the release. */
    private static final List<String> OF_HELM = List.of("app.kubernetes.io/instance", "app.kubernetes.io/version",
            "app.kubernetes.io/managed-by", "helm.sh/chart");

    private static final ObjectMapper SORTED = new ObjectMapper()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.INDENT_OUTPUT);

    /** What kustomize puts behind the name of a ConfigMap. */
    private static final Pattern HASH = Pattern.compile("-[bcdfghkmt0-9]{10}$");

    /** Nothing, if there are only comments. */
    static Optional<Manifest> parse(String yaml) {
        JsonNode object = new KubernetesSerialization().unmarshal(yaml, JsonNode.class);
        return object == null || object.isNull() || object.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Manifest(object));
    }

    /** As in {@code Deployment/tapetum}. */
    String id() {
        return kind() + "/" + HASH.matcher(object.at("/metadata/name").asText()).replaceFirst("");
    }

    String kind() {
        return object.path("kind").asText();
    }

    String name() {
        return object.at("/metadata/name").asText();
    }

    JsonNode at(String pointer) {
        return object.at(pointer);
    }

    static Manifest only(List<Manifest> manifests, String kind) {
        return manifests.stream().filter(manifest -> manifest.kind().equals(kind))
                .collect(Collectors.collectingAndThen(Collectors.toList(), found -> {
                    if (found.size() != 1) {
                        throw new AssertionError("not one " + kind + " but " + found);
                    }
                    return found.getFirst();
                }));
    }

    /**
     * Without what Helm and kustomize each add for themselves, and without comments in configuration files: what means the
     * same is equal then.
     */
    Manifest meaning() {
        ObjectNode copy = object.deepCopy();
        ObjectNode metadata = (ObjectNode) copy.path("metadata");
        metadata.set("name", TextNode.valueOf(HASH.matcher(name()).replaceFirst("")));
        if (metadata.path("labels") instanceof ObjectNode labels) {
            labels.remove(OF_HELM);
            if (Set.of("BGPPeer", "GlobalNetworkPolicy").contains(kind())) {
                metadata.remove("labels");
            }
        }
        if (copy.at("/spec/template/metadata") instanceof ObjectNode pods) {
            pods.remove("annotations");
        }
        copy.at("/spec/template/spec/volumes").forEach(volume -> replace(volume.path("configMap"), "name",
                name -> HASH.matcher(name).replaceFirst("")));
        if (kind().equals("ConfigMap")) {
            copy.path("data").fieldNames().forEachRemaining(
                    file -> replace(copy.path("data"), file, Manifest::withoutComments));
        }
        return new Manifest(copy);
    }

    private static void replace(JsonNode in, String field, UnaryOperator<String> change) {
        if (in instanceof ObjectNode object && object.has(field)) {
            object.put(field, change.apply(object.get(field).asText()));
        }
    }

    private static String withoutComments(String configuration) {
        return configuration.lines().filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                .collect(Collectors.joining("\n"));
    }

    /** What objects mean, in an order that does not depend on who wrote them. */
    static List<String> meanings(Stream<Manifest> manifests) {
        return manifests.map(Manifest::meaning).map(Manifest::sorted).sorted().toList();
    }

    /** Names in the order of the alphabet, a line each, so that a difference can be read. */
    private static String sorted(Manifest manifest) {
        try {
            return manifest.id() + "\n"
                    + SORTED.writeValueAsString(SORTED.convertValue(manifest.object(), Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
