package io.tapetum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.config.AdminSettings.Scope;
import io.tapetum.server.config.Secret;

class TokensTest {

    private static final String READER = "reader-0123456789abcdef";
    private static final String WRITER = "writer-0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Logged logged = new Logged();
    private Path file = Path.of("");

    @SuppressWarnings("NullAway.Init") // before each test
    private Served served;

    @BeforeEach
    void serve() throws IOException {
        file = Files.writeString(folder.resolve("token"), WRITER + "\n");
        served = Served.with(Map.of("READ_TOKEN", READER), Served.inVariable("scraper", Scope.READ, "READ_TOKEN"),
                Served.inFile("operator", Scope.WRITE, file));
    }

    @AfterEach
    void close() {
        http.close();
        served.close();
        logged.close();
        assertThat(logged.lines().toString()).as("a token is never logged").doesNotContain(READER, WRITER,
                "planted");
    }

    private HttpResponse<String> ask(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(served.uri(path)).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private int statusWith(String token) {
        try {
            return ask("GET", "/v1/sessions", "Authorization", "Bearer " + token).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, /v1/sessions, 200, 200", "GET, /v1/sources, 200, 200", "GET, /metrics, 200, 200",
            "POST, /v1/drain, 403, 200", "GET, /v1/nothing, 404, 404", "GET, /v1/drain, 405, 405"})
    void a_read_token_may_look_and_a_write_token_may_do_everything(String method, String path, int reading,
            int writing) throws Exception {
        assertThat(ask(method, path, "Authorization", "Bearer " + READER).statusCode()).isEqualTo(reading);
        assertThat(ask(method, path, "authorization", "bearer " + WRITER).statusCode()).isEqualTo(writing);
    }

    @Test
    void nobody_learns_anything_without_a_token() throws Exception {
        for (String path : new String[]{"/v1/sessions", "/metrics", "/v1/drain", "/nothing"}) {
            HttpResponse<String> response = ask("POST", path);

            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"tapetum\"");
            assertThat(response.headers().firstValue("Connection")).contains("close");
            assertThat(response.body()).isEqualTo("{\"error\":\"a token is needed\"}\n");
        }
        assertThat(served.reflector.calls).isEmpty();
        assertThat(served.refusals("token-missing")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer planted-0123456789abcdef", "Bearer " + READER + "x", "Bearer", "Bearer ",
            "Basic " + READER, READER, "Bearer " + READER + " " + READER})
    void what_is_no_known_token_is_refused(String authorization) throws Exception {
        HttpResponse<String> response = ask("GET", "/v1/sessions", "Authorization", authorization);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"tapetum\", error=\"invalid_token\"");
        assertThat(response.body()).doesNotContain(READER, "planted");
        assertThat(served.refusals("token-unknown")).isOne();
    }

    @Test
    void two_tokens_in_one_request_are_none() throws Exception {
        assertThat(ask("GET", "/v1/sessions", "Authorization", "Bearer " + READER, "Authorization",
                "Bearer " + WRITER).statusCode()).isEqualTo(401);
    }

    @Test
    void a_scope_that_is_too_small_is_named() throws Exception {
        HttpResponse<String> response = ask("POST", "/v1/drain", "Authorization", "Bearer " + READER);

        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"tapetum\", error=\"insufficient_scope\", scope=\"write\"");
        assertThat(response.body()).contains("one with scope = write is needed");
        assertThat(served.reflector.calls).isEmpty();
        assertThat(served.refusals("scope")).isOne();
    }

    @Test
    void many_failures_are_all_counted_and_one_line_in_the_log() throws Exception {
        for (int i = 0; i < 50; i++) {
            ask("GET", "/v1/sessions", "Authorization", "Bearer planted-0123456789abcde" + i);
        }

        assertThat(served.refusals("token-unknown")).isEqualTo(50);
        assertThat(logged.lines()).singleElement().asString()
                .startsWith("WARN refused an admin request from 127.0.0.1: an unknown token (once)");
    }

    @Test
    void a_token_that_changes_in_its_file_is_taken_up_and_the_old_one_is_worth_nothing() throws Exception {
        assertThat(statusWith(WRITER)).isEqualTo(200);

        Files.writeString(file, "renewed-0123456789abcdef");

        await().atMost(PATIENCE).until(() -> statusWith("renewed-0123456789abcdef") == 200);
        assertThat(statusWith(WRITER)).isEqualTo(401);
        assertThat(statusWith(READER)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "planted with blanks in it"})
    void a_token_that_becomes_unusable_is_worth_nothing_and_the_log_says_why(String content) throws Exception {
        Files.writeString(file, content);

        await().atMost(PATIENCE).until(() -> statusWith(WRITER) == 401);
        assertThat(logged.lines()).anySatisfy(line -> assertThat(line)
                .startsWith("WARN the admin token operator cannot be renewed: ").contains(file.toString(), "openssl"));
    }

    @Test
    void a_token_whose_file_is_gone_is_revoked_until_it_comes_back() throws Exception {
        Files.delete(file);
        await().atMost(PATIENCE).until(() -> statusWith(WRITER) == 401);

        Files.writeString(file, WRITER);
        await().atMost(PATIENCE).until(() -> statusWith(WRITER) == 200);
    }

    @Test
    void a_token_that_cannot_be_used_at_the_start_is_explained() throws IOException {
        Path tooShort = Files.writeString(folder.resolve("short"), "planted");

        assertThatThrownBy(() -> Served.with(Map.of(), Served.inFile("t", Scope.READ, tooShort)))
                .isInstanceOf(IOException.class).hasMessage("a token has 16 to 512 characters, and that in "
                        + tooShort + " has 7; make one with: openssl rand -hex 32");
        assertThatThrownBy(() -> Served.with(Map.of(), Served.inVariable("t", Scope.READ, "NOWHERE")))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no environment variable NOWHERE with the admin token t");
        assertThatThrownBy(() -> Served.with(Map.of(), Served.inFile("t", Scope.READ, folder.resolve("none"))))
                .isInstanceOf(IOException.class).hasMessageContaining("there is no file");
    }

    @Test
    void the_client_shows_its_token_and_says_what_to_do_without_a_good_one() throws Exception {
        try (AdminClient client = new AdminClient(served.endpoint(), access(READER))) {
            assertThat(client.sessions()).hasSize(2);
            assertThatThrownBy(() -> client.drain("")).hasMessageEndingWith(
                    " refused: the token is good for less: one with scope = write is needed");
        }
        try (AdminClient client = new AdminClient(served.endpoint(), AdminAccess.plain())) {
            assertThatThrownBy(client::sessions).hasMessageEndingWith(" refused: a token is needed; name a file that"
                    + " has one with --token-file, or put it into the environment as TAPETUM_ADMIN_TOKEN");
        }
        try (AdminClient client = new AdminClient(served.endpoint(), access("planted-0123456789abcdef"))) {
            assertThatThrownBy(client::sessions).hasMessageEndingWith(
                    " refused: the token is none of those that are known here; see admin.tokens in its configuration")
                    .hasMessageNotContaining("planted");
        }
    }

    private static AdminAccess access(String token) throws IOException {
        return AdminAccess.with(new Secret(token), null, null, null);
    }
}
