package io.tapetum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds for everything that can be asked for. */
class RoutesTest {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS",
            "TRACE");

    private final Served served;
    private final HttpClient http = HttpClient.newHttpClient();

    RoutesTest() throws IOException {
        served = Served.plain();
    }

    @AfterEach
    void close() {
        http.close();
        served.close();
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(served.uri(path)).method(method, BodyPublishers.noBody()).build(),
                BodyHandlers.ofString());
    }

    @Test
    void a_get_changes_nothing() throws Exception {
        for (Route route : served.routes()) {
            HttpResponse<String> response = send("GET", route.path());

            assertThat(response.statusCode()).as(route.path())
                    .isEqualTo(route.method() == Route.Method.GET ? 200 : 405);
        }
        assertThat(served.reflector.calls).isEmpty();
        assertThat(served.drained.getCount()).isOne();
    }

    @Test
    void every_route_has_one_method_and_says_which() throws Exception {
        for (Route route : served.routes()) {
            for (String method : METHODS) {
                if (!method.equals(route.method().name())) {
                    HttpResponse<String> response = send(method, route.path());

                    assertThat(response.statusCode()).as("%s %s", method, route.path()).isEqualTo(405);
                    assertThat(response.headers().firstValue("Allow")).contains(route.method().name());
                }
            }
        }
        assertThat(served.reflector.calls).isEmpty();
    }

    @Test
    void there_are_routes_of_both_methods() {
        assertThat(served.routes()).extracting(Route::method).contains(Route.Method.GET, Route.Method.POST);
    }
}
