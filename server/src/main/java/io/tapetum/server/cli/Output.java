package io.tapetum.server.cli;

import java.util.Locale;

/** How an answer is written. */
enum Output {
    /** For people. */
    TABLE,
    /** For people with wide terminals. */
    WIDE,
    /** For programs: the answer of the API. */
    JSON;

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
