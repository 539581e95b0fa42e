package io.tapetum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.StubReflector;
import io.tapetum.server.config.AdminSettings.Scope;
import io.tapetum.server.reflector.ReflectorStatus;

class ProbesTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Served served;

    ProbesTest() throws IOException {
        served = Served.with(Map.of("TOKEN", "operator-0123456789"),
                Served.inVariable("operator", Scope.WRITE, "TOKEN"));
    }

    @AfterEach
    void close() {
        http.close();
        served.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(served.uri(path)).build(), BodyHandlers.ofString());
    }

    private void converge() {
        ReflectorStatus status = StubReflector.STATUS;
        served.reflector.status = new ReflectorStatus(status.routerId(), status.started(), status.configured(), null);
        served.reflector.sessions = List.of();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/livez", "/readyz", "/startupz"})
    void whoever_asks_by_any_name_and_without_a_token_is_answered(String path) throws Exception {
        converge();

        assertThat(get(path).statusCode()).isEqualTo(200);
        assertThat(get(path).body()).isEqualTo("ok\n");
        assertThat(get(path).headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        assertThat(RawRequest.to(served.port(), "GET " + path + " HTTP/1.1\r\nHost: 10.244.0.7:9179\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(RawRequest.to(served.port(), "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ");
        assertThat(served.refusals("token-missing")).isZero();
    }

    @Test
    void who_wants_to_know_more_gets_a_line_for_every_check() throws Exception {
        converge();

        assertThat(get("/readyz?verbose").body())
                .isEqualTo("""
                           [+]listening ok
                           [+]sources ok: 1 of 1 cannot be followed at present; their peers stay as they were
                           [+]converged ok
                           [+]in-service ok
                           readyz check passed
                           """);
    }

    @Test
    void who_is_not_ready_says_why_without_being_asked() throws Exception {
        HttpResponse<String> response = get("/readyz");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("[+]listening ok\n",
                "[-]converged failed: peers that are not up yet: 1; they are waited for, for 230 s at most\n",
                "readyz check failed\n");
    }

    @Test
    void a_reflector_that_converges_has_started() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/startupz").statusCode()).isEqualTo(200);
        assertThat(get("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void an_event_loop_that_stands_still_is_found() throws Exception {
        served.reflector.silence = Duration.ofSeconds(12);

        assertThat(get("/livez").statusCode()).isEqualTo(503);
        assertThat(get("/livez").body()).isEqualTo(
                "[-]event-loops failed: one has not been heard of for 12 s\nlivez check failed\n");
        assertThat(get("/startupz").statusCode()).isEqualTo(503);
    }

    @Test
    void a_drain_makes_it_unready_before_any_session_ends() throws Exception {
        converge();
        CompletableFuture<Integer> whileDraining = new CompletableFuture<>();
        served.reflector.whileDraining = () -> {
            try {
                whileDraining.complete(get("/readyz").statusCode());
            } catch (IOException | InterruptedException e) {
                whileDraining.completeExceptionally(e);
            }
        };
        assertThat(get("/readyz").statusCode()).isEqualTo(200);

        http.send(HttpRequest.newBuilder(served.uri("/v1/drain"))
                .header("Authorization", "Bearer operator-0123456789").POST(BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());

        assertThat(whileDraining.get(10, TimeUnit.SECONDS)).isEqualTo(503);
    }
}
