package io.tapetum.server.calico.kubernetes;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;

import io.tapetum.server.calico.secret.SecretName;
import io.tapetum.server.calico.secret.SecretValue;

/** Where one Secret is. It is asked for by its name alone, so that an account needs permission for nothing else. Immutable. */
final class SecretLocation implements Location<SecretContent> {

    private final SecretName secret;

    SecretLocation(SecretName secret) {
        this.secret = secret;
    }

    @Override
    public String what() {
        return "Secret " + secret;
    }

    @Override
    public String path() {
        return "/api/v1/namespaces/" + URLEncoder.encode(secret.namespace(), StandardCharsets.UTF_8) + "/secrets";
    }

    /** Secrets are everywhere, and there is no other place to look. */
    @Override
    public void doubt() {}

    @Override
    public boolean mayBeAbsent() {
        return false;
    }

    @Override
    public String selection() {
        return "&fieldSelector=metadata.name%3D" + URLEncoder.encode(secret.name(), StandardCharsets.UTF_8);
    }

    @Override
    public String listType() {
        return ApiServer.JSON;
    }

    @Override
    public String objectType() {
        return ApiServer.JSON;
    }

    @Override
    public JsonNode json(byte[] octets) throws IOException {
        try {
            return SecretAnswer.read(octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    @Override
    public SecretContent read(JsonNode object) throws IOException {
        String name = Follower.name(object);
        Map<String, SecretValue> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> value : object.path("data").properties()) {
            values.put(value.getKey(), SecretValue.of(value.getValue().binaryValue()));
        }
        return new SecretContent(name, values);
    }

    /** Overwrites all values. */
    @Override
    public void discard(JsonNode answer) {
        if (answer instanceof BinaryNode value) {
            Arrays.fill(value.binaryValue(), (byte) 0);
        }
        answer.forEach(this::discard);
    }

    @Override
    public String permission() {
        return "give the account a Role in the namespace " + secret.namespace() + " with this rule, as in"
                + " config/kubernetes/rbac.yaml: apiGroups [\"\"], resources [secrets], resourceNames [" + secret.name()
                + "], verbs [get, list, watch]";
    }
}
