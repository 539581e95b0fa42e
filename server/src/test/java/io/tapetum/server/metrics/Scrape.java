package io.tapetum.server.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** What somebody reads who scrapes. */
final class Scrape {

    private Scrape() {}

    /** @param accept HTTP's header, or {@code null} */
    static String text(ReflectorMetrics metrics, @Nullable String accept) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        metrics.write(accept, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** In the format that is not asked for. */
    static String text(ReflectorMetrics metrics) throws IOException {
        return text(metrics, null);
    }
}
