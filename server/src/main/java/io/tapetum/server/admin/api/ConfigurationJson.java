package io.tapetum.server.admin.api;

import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tapetum.server.config.EffectiveValue;

/** The configuration that is in effect, as JSON: an object with a member for each key, in the order of the keys. */
public final class ConfigurationJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ConfigurationJson() {}

    /** Of each key its value and where that comes from. */
    public static ObjectNode of(List<EffectiveValue> values) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        for (EffectiveValue value : values) {
            ObjectNode member = root.putObject(value.key());
            member.set("value", MAPPER.valueToTree(value.value().unwrapped()));
            member.put("source", value.source());
        }
        return root;
    }
}
