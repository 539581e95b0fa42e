package io.tapetum.server.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

/**
 * The page for a browser. It has no data in it, so whoever comes gets it; what it shows it asks for itself, with a token
 * where one is needed.
 */
final class StatusPage {

    private static final String RESOURCE = "status.html";
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);
    private static final Pattern SCRIPT = Pattern.compile("<script type=\"module\">(.*?)</script>", Pattern.DOTALL);

    private final byte[] body;
    private final String policy;

    private StatusPage(String html) {
        body = html.getBytes(StandardCharsets.UTF_8);
        // Should a peer's text ever become HTML, it could still neither run nor load anything.
        policy = "default-src 'none'; connect-src 'self'; img-src data:; style-src " + hash(STYLE, html)
                + "; script-src " + hash(SCRIPT, html)
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /** Reads it from the program. */
    static StatusPage load() {
        try (InputStream in = StatusPage.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the program");
            }
            return new StatusPage(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void answer(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", policy);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        // After an upgrade nobody is to see the page of the version before.
        headers.set("Cache-Control", "no-store");
        new Answer(200, "text/html; charset=utf-8", body).send(exchange);
    }

    /** The one element of its kind that the page has, by what it contains (CSP level 3 §2.3). */
    private static String hash(Pattern element, String html) {
        Matcher matcher = element.matcher(html);
        if (!matcher.find()) {
            throw new IllegalStateException("the page has no " + element);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(matcher.group(1).getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
