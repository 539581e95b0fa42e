package io.tapetum.server.calico.kubernetes;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ResourceKind;

/** Makes Calico's resources of what the Kubernetes API says. Called by several threads; throws nothing. */
interface ResourceParser {

    /** Of a custom resource with {@code metadata} and {@code spec}. */
    CalicoResource resource(ResourceKind kind, String name, JsonNode object);

    /** Of a Kubernetes Node's metadata. */
    CalicoResource node(String name, Map<String, String> labels, Map<String, String> annotations);
}
