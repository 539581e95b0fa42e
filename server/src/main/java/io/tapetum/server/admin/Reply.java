package io.tapetum.server.admin;

import com.fasterxml.jackson.databind.JsonNode;

/** What a reflector has answered. */
public final class Reply<T> {

    private final byte[] octets;
    private final T answer;

    Reply(byte[] octets, T answer) {
        this.octets = octets;
        this.answer = answer;
    }

    /** What it says. */
    public T answer() {
        return answer;
    }

    /** As it came, also what this program does not know, with line breaks. */
    public String pretty() {
        return Json.pretty(Json.read(octets, JsonNode.class));
    }
}
