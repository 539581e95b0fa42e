package io.tapetum.server.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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

    /** Where nobody reads any more. */
    static OutputStream hungUp() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("hung up");
            }
        };
    }

    /** In the format of those who ask for none. */
    static String text(ReflectorMetrics metrics) throws IOException {
        return text(metrics, null);
    }
}
