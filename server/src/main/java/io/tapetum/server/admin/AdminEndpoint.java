package io.tapetum.server.admin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

import io.tapetum.server.config.ListenAddress;

/**
 * Where a reflector can be asked.
 *
 * @param uri {@code http} or {@code https}, host and port, nothing else
 */
public record AdminEndpoint(URI uri) {

    /** An address and port for plain HTTP, or a URL. Empty if the text is neither. */
    public static Optional<AdminEndpoint> parse(String text) {
        if (!text.contains("://")) {
            return ListenAddress.parse(text).map(address -> new AdminEndpoint(URI.create("http://" + address)));
        }
        try {
            URI uri = new URI(text);
            if (uri.getScheme() == null) {
                return Optional.empty();
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            boolean plain = uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= 65535
                    && uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
            return plain && (scheme.equals("http") || scheme.equals("https"))
                    ? Optional.of(new AdminEndpoint(new URI(scheme, null, uri.getHost(), uri.getPort(), null, null,
                            null)))
                    : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /** Whether what is sent there is encrypted. */
    public boolean encrypted() {
        return uri.getScheme().equals("https");
    }

    /** Whether what is sent there stays on this host. */
    public boolean onThisHost() {
        return UrlHost.isLoopback(uri.getHost());
    }

    /** As it was given: an address and port, or a URL with HTTPS. */
    @Override
    public String toString() {
        return encrypted() ? uri.toString() : uri.getAuthority();
    }
}
