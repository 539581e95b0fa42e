package io.tapetum.server.admin;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** As much of JSON Schema as our description uses: whether a value is as a schema says. */
final class JsonSchema {

    private final JsonNode document;

    JsonSchema(JsonNode document) {
        this.document = document;
    }

    /** What a reference refers to; anything else is itself. */
    JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isMissingNode() ? node : document.at(reference.textValue().substring(1));
    }

    /** What is wrong with a value, each with its place; a member that the schema does not know is wrong. */
    List<String> problems(JsonNode value, JsonNode schema) {
        List<String> problems = new ArrayList<>();
        check(value, resolved(schema), "", problems);
        return problems;
    }

    private void check(JsonNode value, JsonNode schema, String place, List<String> problems) {
        String type = schema.path("type").asText("");
        boolean right = switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "" -> true;
            default -> throw new IllegalArgumentException("unknown type " + type + " at " + place);
        };
        if (!right) {
            problems.add(place + " is " + value + ", not of type " + type);
            return;
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            problems.add(place + " is " + value + ", none of " + schema.get("enum"));
        }
        if (schema.has("minimum") && value.longValue() < schema.get("minimum").longValue()) {
            problems.add(place + " is " + value + ", too small");
        }
        value.forEachEntry((name, member) -> checkMember(name, member, schema, place + "/" + name, problems));
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            check(value.get(i), resolved(schema.path("items")), place + "/" + i, problems);
        }
        schema.path("required").forEach(name -> {
            if (!value.has(name.textValue())) {
                problems.add(place + " has no " + name);
            }
        });
    }

    private void checkMember(String name, JsonNode member, JsonNode schema, String place, List<String> problems) {
        JsonNode names = resolved(schema.path("propertyNames"));
        if (names.has("enum") && names.get("enum").valueStream().noneMatch(word -> word.textValue().equals(name))) {
            problems.add(place + ": no such name");
        }
        JsonNode property = schema.path("properties").path(name);
        JsonNode described = property.isMissingNode() ? schema.path("additionalProperties") : property;
        if (described.isObject()) {
            check(member, resolved(described), place, problems);
        } else if (schema.has("properties")) {
            problems.add(place + " is not described");
        }
    }

    private static boolean contains(JsonNode words, JsonNode value) {
        return words.valueStream().anyMatch(value::equals);
    }
}
