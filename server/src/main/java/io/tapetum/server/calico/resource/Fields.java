package io.tapetum.server.calico.resource;

import java.util.Locale;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, by name. What is missing, {@code null} or an empty text is absent; a number may be written
 * as a text; fields nobody asks for do not matter.
 */
final class Fields {

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    private static final int LARGEST_PORT = 0xFFFF;

    private final JsonNode object;
    private final String path;

    private Fields(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** The field {@code spec} of a resource; without one, all is absent. */
    static Fields spec(JsonNode resource) throws UnusableFieldException {
        if (!resource.isObject()) {
            throw new UnusableFieldException("it is not a JSON object");
        }
        return new Fields(resource, "").inner("spec");
    }

    Fields inner(String name) throws UnusableFieldException {
        JsonNode value = value(name);
        if (!value.isMissingNode() && !value.isObject()) {
            throw unusable(name, value, "an object");
        }
        return new Fields(value, path(name) + ".");
    }

    boolean has(String name) {
        return !value(name).isMissingNode();
    }

    /** The text without surrounding space, or an empty one. */
    String text(String name) throws UnusableFieldException {
        JsonNode value = value(name);
        if (value.isContainerNode() || value.isFloatingPointNumber()) {
            throw unusable(name, value, "a text");
        }
        return value.asText().strip();
    }

    /** An AS number, or {@code null} if it is absent or 0. */
    @Nullable
    Long asNumber(String name) throws UnusableFieldException {
        JsonNode value = value(name);
        // 1.10 without quotes has already become 1.1, which is another AS.
        Long as = value.isMissingNode()
                ? Long.valueOf(0)
                : value.isValueNode() && !value.isFloatingPointNumber()
                        ? AsNumber.parse(value.asText().strip())
                        : null;
        if (as == null) {
            throw unusable(name, value, AsNumber.EXPECTED);
        }
        return as == 0 ? null : as;
    }

    /** A port, or {@code null} if it is absent or 0. */
    @Nullable
    Integer port(String name) throws UnusableFieldException {
        return positive(name, LARGEST_PORT, "a port from 1 to " + LARGEST_PORT);
    }

    /** A number from 1, or {@code null} if it is absent or 0. */
    @Nullable
    Integer positive(String name, int largest, String expected) throws UnusableFieldException {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return null;
        }
        String text = value.isContainerNode() ? "" : value.asText().strip();
        long number = WHOLE.matcher(text).matches() ? Long.parseLong(text) : -1;
        if (number < 0 || number > largest) {
            throw unusable(name, value, expected);
        }
        return number == 0 ? null : Integer.valueOf((int) number);
    }

    /** A duration in the notation of Go, in whole seconds, or {@code null} if it is absent. */
    @Nullable
    Integer seconds(String name, int largest) throws UnusableFieldException {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return null;
        }
        Integer seconds = value.isContainerNode() ? null : GoDuration.wholeSeconds(value.asText().strip());
        if (seconds == null || seconds > largest) {
            throw unusable(name, value, "a duration such as 120s or 2m, of " + largest + " seconds at most");
        }
        return seconds;
    }

    boolean flag(String name, boolean absent) throws UnusableFieldException {
        JsonNode value = value(name);
        if (value.isMissingNode()) {
            return absent;
        }
        return switch (value.asText().strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unusable(name, value, "true or false");
        };
    }

    /** The field {@code secretKeyRef} of a field, or {@code null} if either is absent. */
    @Nullable
    SecretKeyRef secretKeyRef(String name) {
        JsonNode holder = value(name);
        JsonNode reference = new Fields(holder, "").value("secretKeyRef");
        boolean asExpected = holder.isMissingNode() || holder.isObject();
        if (asExpected && reference.isMissingNode()) {
            return null;
        }
        String secret = reference.path("name").asText();
        String key = reference.path("key").asText();
        if (!SecretKeyRef.Named.NAME.matcher(secret).matches() || !SecretKeyRef.Named.KEY.matcher(key).matches()) {
            return new SecretKeyRef.Malformed(path(name) + " does not say where the password is, expected secretKeyRef"
                    + " with the name of a Secret and the key of a value in it");
        }
        return new SecretKeyRef.Named(secret, key);
    }

    UnusableFieldException unusable(String name, String expected) {
        return unusable(name, value(name), expected);
    }

    private UnusableFieldException unusable(String name, JsonNode value, String expected) {
        return new UnusableFieldException(path(name), value.isTextual() ? value.textValue() : value.toString(),
                expected);
    }

    private String path(String name) {
        return path + name;
    }

    private JsonNode value(String name) {
        JsonNode value = object.path(name);
        return value.isNull() || value.isTextual() && value.textValue().isBlank()
                ? MissingNode.getInstance()
                : value;
    }
}
