package io.tapetum.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.Section.Entry;

/** What the addresses of datastores have in common, and the certificates that are shown to them. */
final class EndpointKinds {

    private static final URI STAND_IN = URI.create("http://localhost");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private EndpointKinds() {}

    /** A URL of scheme, host and port only, with the port filled in. */
    static Kind<URI> url(int defaultPort, String expected) {
        return new Kind<>(expected, STAND_IN, text -> parse(text, defaultPort));
    }

    private static @Nullable URI parse(String text, int defaultPort) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            int port = uri.getPort() == -1 ? defaultPort : uri.getPort();
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
            return !SCHEMES.contains(scheme) || uri.getHost() == null || port < 1 || port > 65535 || !plain
                    ? null
                    : new URI(scheme, null, uri.getHost(), port, null, null, null);
        } catch (URISyntaxException _) {
            return null;
        }
    }

    /** Whether a URL that may stand here can be shown; a password inside of it is refused without a word of it. */
    static boolean withoutUser(Entry entry, Problems problems) {
        boolean without = !String.valueOf(entry.value().unwrapped()).contains("@");
        if (!without) {
            problems.add(entry.value().origin(), entry.path() + ": expected no user and password in a URL;"
                    + " there are keys for credentials");
        }
        return without;
    }

    /** The same for a key that need not be there. */
    static boolean withoutUser(Section section, String key, Problems problems) {
        Entry entry = section.find(key);
        return entry == null || withoutUser(entry, problems);
    }

    /** A certificate is of no use without its key. */
    static void checkPair(Section section, Problems problems) {
        boolean cert = section.isSet("cert-file");
        Entry entry = section.find(cert ? "cert-file" : "key-file");
        if (cert != section.isSet("key-file") && entry != null) {
            problems.badValue(entry.path(), entry.value(), (cert ? "key-file" : "cert-file") + " to be set too");
        }
    }
}
