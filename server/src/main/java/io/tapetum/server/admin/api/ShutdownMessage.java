package io.tapetum.server.admin.api;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.admin.RefusedException;

/** What a peer is told whose session ends (RFC 9003). */
final class ShutdownMessage {

    /** Octets (RFC 9003 §2). */
    private static final int MAX = 255;

    private ShutdownMessage() {}

    /** The text that BGP carries; nothing is cut off, because half a sentence may say the opposite. */
    static String of(@Nullable String given) throws RefusedException {
        String text = given == null ? "" : given.strip();
        int octets = text.getBytes(StandardCharsets.UTF_8).length;
        if (octets > MAX) {
            throw RefusedException.badRequest(
                    "the message has " + octets + " octets; BGP carries at most " + MAX + " (RFC 9003)");
        }
        return text;
    }
}
