package io.tapetum.server.admin.api;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

/** What all answers that come in pages have in common. */
final class Pages {

    private Pages() {}

    /** Says how to get the next one, unless it was the last. */
    static void writeNext(@Nullable String next, JsonGenerator out) throws IOException {
        if (next != null) {
            out.writeStringField("next", next);
        }
    }
}
