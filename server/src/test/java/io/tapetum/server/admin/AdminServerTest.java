package io.tapetum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.StubReflector;

class AdminServerTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Served served;
    private final StubReflector reflector;

    AdminServerTest() throws IOException {
        served = Served.plain();
        reflector = served.reflector;
    }

    @AfterEach
    void close() {
        http.close();
        served.close();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(served.uri(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> drain(byte[] body) throws IOException, InterruptedException {
        return send(to("/v1/drain").POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<String> drain(String body) throws IOException, InterruptedException {
        return drain(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_drain_passes_its_message_on_and_reports_that_it_is_done() throws Exception {
        HttpResponse<String> response = drain("until 14:00\n");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(reflector.calls).containsExactly("drain: until 14:00");
        assertThat(served.drained.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_message_may_come_as_json() throws Exception {
        assertThat(send(to("/v1/drain").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"message\": \"until 14:00\"}"))).statusCode()).isEqualTo(200);
        assertThat(reflector.calls).containsExactly("drain: until 14:00");
    }

    @Test
    void no_message_is_an_empty_one() throws Exception {
        assertThat(drain("").statusCode()).isEqualTo(200);
        assertThat(reflector.calls).containsExactly("drain: ");
    }

    @Test
    void a_second_drain_is_refused() throws Exception {
        drain("");

        assertThat(drain("").statusCode()).isEqualTo(409);
        assertThat(reflector.calls).hasSize(1);
    }

    @Test
    void a_message_that_bgp_cannot_carry_is_refused_whole() throws Exception {
        assertThat(drain("é".repeat(128)).body()).contains("256 octets");
        assertThat(drain(new byte[]{(byte) 0xFF}).statusCode()).isEqualTo(400);
        assertThat(drain("x".repeat(5000)).statusCode()).isEqualTo(413);
        assertThat(reflector.calls).isEmpty();

        assertThat(drain("x".repeat(255)).statusCode()).isEqualTo(200);
    }

    @Test
    void json_without_sense_is_refused() throws Exception {
        for (String body : new String[]{"{", "[]", "{\"message\": {}}"}) {
            assertThat(send(to("/v1/drain").header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(reflector.calls).isEmpty();
    }

    @Test
    void web_pages_are_refused() throws Exception {
        assertThat(send(to("/v1/drain").header("Origin", "http://example.net").POST(BodyPublishers.noBody()))
                .statusCode()).isEqualTo(403);
        assertThat(reflector.calls).isEmpty();
    }

    @Test
    void requests_for_other_hosts_are_refused() throws Exception {
        for (String host : List.of("example.net", "127.0.0.1.example.net", "10.0.0.1", "")) {
            assertThat(RawRequest.to(served.port(), "GET /v1/sessions HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                    .as(host).startsWith("HTTP/1.1 403 ");
        }
        assertThat(RawRequest.to(served.port(), "GET /v1/sessions HTTP/1.1\r\nHost: LocalHost:1\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(served.refusals("web-page")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1]:", "[0:0:0:0:0:0:0:1]:", "http://[::1]:", "http://[0:0:0:0:0:0:0:1]:"})
    void it_is_asked_over_ipv6_however_the_address_is_written(String address) throws Exception {
        try (Served ipv6 = Served.at(InetAddress.ofLiteral("::1"))) {
            AdminEndpoint endpoint = AdminEndpoint.parse(address + ipv6.port()).orElseThrow();
            assertThat(endpoint.onThisHost()).isTrue();
            try (AdminClient client = new AdminClient(endpoint, AdminAccess.plain())) {
                assertThat(client.sessions()).isEqualTo(StubReflector.SESSIONS);
            }
        }
    }

    @Test
    void it_is_never_open_to_other_hosts_without_tls_and_tokens() {
        assertThatThrownBy(() -> {
            Served open = Served.at(InetAddress.ofLiteral("0.0.0.0"));
            open.close();
        }).isInstanceOf(IOException.class).hasMessageContaining("admin.tls").hasMessageContaining("admin.tokens");
    }

    @Test
    void unknown_paths_are_refused() throws Exception {
        assertThat(send(to("/v1/drain/now").POST(BodyPublishers.noBody())).statusCode()).isEqualTo(404);
        assertThat(send(to("/v2/sessions").GET()).statusCode()).isEqualTo(404);
    }

    @Test
    void sessions_arrive_at_the_client_as_they_are() throws Exception {
        try (AdminClient client = new AdminClient(served.endpoint(), AdminAccess.plain())) {
            assertThat(client.sessions()).isEqualTo(StubReflector.SESSIONS);
        }
    }

    @Test
    void sources_arrive_at_the_client_as_they_are() throws Exception {
        try (AdminClient client = new AdminClient(served.endpoint(), AdminAccess.plain())) {
            assertThat(client.sources()).isEqualTo(StubReflector.SOURCES);
        }
        assertThat(send(to("/v1/sources").GET()).body()).startsWith("{\"sources\":[{").contains("\"state\":\"lost\"",
                "\"since-state-seconds\":75");
    }

    @Test
    void sessions_are_a_json_object_with_a_list() throws Exception {
        assertThat(send(to("/v1/sessions").GET()).body()).startsWith("{\"sessions\":[{").endsWith("]}\n").contains(
                "\"address\":\"10.0.0.11\"", "\"as\":64512", "\"role\":\"client\"", "\"state\":\"Established\"",
                "\"uptime-seconds\":7500", "\"families\":[\"ipv4\",\"ipv6\"]",
                "\"origin\":\"global\"", "\"since\":\"2020-03-01T10:00:00Z\"",
                "\"last-error\":\"Received: 6/5 Cease/Connection Rejected\"", "\"local-address\":\"10.0.0.1\"",
                "\"peer-capabilities\":[\"refresh\",\"AS4\"]", "\"imported\":1200");
    }

    @Test
    void the_client_says_why_it_was_refused() throws Exception {
        try (AdminClient client = new AdminClient(served.endpoint(), AdminAccess.plain())) {
            assertThatThrownBy(() -> client.drain("x".repeat(300))).isInstanceOf(IOException.class)
                    .hasMessageContaining("300 octets; BGP carries at most 255");
        }
    }
}
