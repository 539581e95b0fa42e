package io.tapetum.server.config;

import org.slf4j.event.Level;

/**
 * What is logged and how.
 *
 * @param level the least severe events that are logged
 * @param format how an event is written
 */
public record LogSettings(Level level, Format format) {

    /** How an event is written; always as one line, unless it carries a stack trace as {@link #TEXT}. */
    public enum Format {
        /** For people. */
        TEXT,
        /** A JSON object, for log collectors. */
        JSON
    }
}
