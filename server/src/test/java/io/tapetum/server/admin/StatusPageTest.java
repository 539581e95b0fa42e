package io.tapetum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.server.config.AdminSettings.Scope;

/** What a browser is given; what it makes of it is seen in a real one. */
class StatusPageTest {

    private final Served served;
    private final HttpClient http = HttpClient.newHttpClient();

    StatusPageTest() throws IOException {
        served = Served.with(Map.of("TOKEN", "0123456789abcdef"), Served.inVariable("reader", Scope.READ, "TOKEN"));
    }

    @AfterEach
    void close() {
        http.close();
        served.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(served.uri(path)).build(), BodyHandlers.ofString());
    }

    private static String inside(String element, String html) {
        String opened = html.substring(html.indexOf("<" + element) + 1);
        return opened.substring(opened.indexOf('>') + 1, opened.indexOf("</" + element + ">"));
    }

    private static String hash(String text) throws Exception {
        return "'sha256-" + Base64.getEncoder().encodeToString(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))) + "'";
    }

    @Test
    void whoever_has_no_token_gets_the_page_and_nothing_else() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(get("/v1/sessions").statusCode()).isEqualTo(401);
        assertThat(get("/v1/trend").statusCode()).isEqualTo(401);
    }

    @Test
    void only_the_script_and_the_style_of_the_page_run_and_they_reach_only_the_reflector() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.headers().firstValue("Content-Security-Policy")).contains("default-src 'none';"
                + " connect-src 'self'; img-src data:; style-src " + hash(inside("style", page.body()))
                + "; script-src " + hash(inside("script", page.body()))
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    @Test
    void the_page_makes_no_html_of_text_and_changes_nothing() throws Exception {
        String script = inside("script", get("/").body());

        assertThat(script).doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(",
                "srcdoc", "method:");
    }
}
