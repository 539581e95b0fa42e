package io.tapetum.server.calico.kubernetes;

import java.io.IOException;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An answer about Secrets, of which nothing is read but what is needed to follow them and their values. The latter go from
 * the answer into octets: there is never a text of them, nor of annotations, in which kubectl keeps copies.
 */
final class SecretAnswer {

    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SecretAnswer() {}

    /** A list, an event or a status; values are octets below {@code data}. */
    static JsonNode read(byte[] octets) throws IOException {
        try (JsonParser parser = JSON.createParser(octets)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the answer is not a JSON object");
            }
            return object(parser);
        } catch (JacksonException _) {
            // Without the cause, which quotes the answer.
            throw new IOException("the answer is not JSON, or a value of a Secret is not base64");
        }
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "metadata", "object" -> {
                    if (parser.isExpectedStartObjectToken()) {
                        object.set(name, object(parser));
                    }
                }
                case "items" -> object.set(name, items(parser));
                case "data" -> object.set(name, data(parser));
                case "type", "kind", "code", "message", "name", "resourceVersion", "continue" ->
                    object.put(name, parser.getValueAsString());
                default -> {
                }
            }
            // Leaves out what was not taken; does nothing at the end of what was.
            parser.skipChildren();
        }
        return object;
    }

    private static JsonNode items(JsonParser parser) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            return NODES.nullNode();
        }
        ArrayNode items = NODES.arrayNode();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            items.add(object(parser));
        }
        return items;
    }

    private static ObjectNode data(JsonParser parser) throws IOException {
        ObjectNode values = NODES.objectNode();
        if (!parser.isExpectedStartObjectToken()) {
            return values;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
                values.put(key, parser.getBinaryValue());
            }
            parser.skipChildren();
        }
        return values;
    }
}
