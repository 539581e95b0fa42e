package io.tapetum.server.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.tapetum.server.trend.TrendRecorder;

/**
 * The page for a browser. It has no data in it, so whoever comes gets it; what it shows it asks for itself, with a token
 * where one is needed.
 */
public final class StatusPage {

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

    /** The page itself, and what nobody but it asks for. */
    public static List<Route> routes(TrendRecorder trend) {
        return List.of(Route.get("/", load()::answer).forAnybody(),
                Route.get("/v1/trend", request -> request.answer(trend.trend())));
    }

    private static StatusPage load() {
        try (InputStream in = StatusPage.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing in the program");
            }
            return new StatusPage(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(Request request) throws IOException {
        request.setHeader("Content-Security-Policy", policy);
        request.setHeader("X-Content-Type-Options", "nosniff");
        request.setHeader("Referrer-Policy", "no-referrer");
        // After an upgrade nobody is to see the page of the version before.
        request.setHeader("Cache-Control", "no-store");
        request.send(new Answer(200, "text/html; charset=utf-8", body));
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
