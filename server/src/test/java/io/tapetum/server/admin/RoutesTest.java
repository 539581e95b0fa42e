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

import io.tapetum.server.admin.Route.Method;

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

    private List<Method> methodsAt(String path) {
        return served.routes().stream().filter(route -> route.path().equals(path)).map(Route::method).toList();
    }

    @Test
    void a_get_changes_nothing() throws Exception {
        for (Route route : served.routes()) {
            if (route.method() == Method.GET || !methodsAt(route.path()).contains(Method.GET)) {
                assertThat(send("GET", Examples.url(route)).statusCode()).as(route.path())
                        .isIn(route.method() == Method.GET ? List.of(200, 503) : List.of(405));
            }
        }
        assertThat(served.reflector.calls)
                .allMatch(call -> call.startsWith("routes: ") || call.startsWith("explain: "));
        assertThat(served.drained.getCount()).isOne();
    }

    @Test
    void every_path_has_few_methods_and_says_which() throws Exception {
        for (Route route : served.routes()) {
            List<Method> there = methodsAt(route.path());
            String allowed = there.contains(Method.GET)
                    ? there.contains(Method.POST) ? "GET, HEAD, POST" : "GET, HEAD"
                    : "POST";
            for (String method : METHODS) {
                if (!List.of(allowed.split(", ", -1)).contains(method)) {
                    HttpResponse<String> response = send(method, Examples.url(route));

                    assertThat(response.statusCode()).as("%s %s", method, route.path()).isEqualTo(405);
                    assertThat(response.headers().firstValue("Allow")).contains(allowed);
                }
            }
        }
        assertThat(served.reflector.calls).isEmpty();
    }

    @Test
    void a_head_is_a_get_without_a_body() throws Exception {
        for (Route route : served.routes()) {
            if (route.method() == Method.GET) {
                HttpResponse<String> get = send("GET", Examples.url(route));
                HttpResponse<String> head = send("HEAD", Examples.url(route));

                assertThat(head.statusCode()).as(route.path()).isEqualTo(get.statusCode());
                assertThat(head.headers().firstValue("Content-Type"))
                        .isEqualTo(get.headers().firstValue("Content-Type"));
                assertThat(head.body()).isEmpty();
            }
        }
    }

    @Test
    void every_get_knows_its_parameters_and_refuses_any_other() throws Exception {
        for (Route route : served.routes()) {
            if (route.method() == Method.GET) {
                String path = Examples.url(route);
                HttpResponse<String> response = send("GET", path + (path.contains("?") ? "&" : "?") + "colour=red");

                assertThat(response.statusCode()).as(route.path()).isEqualTo(400);
                assertThat(response.body()).contains("there is no parameter colour here")
                        .contains(route.parameters().isEmpty()
                                ? "and no other"
                                : "only "
                                        + String.join(", ", route.parameters().stream().map(Parameter::name).toList()));
            }
        }
    }

    @Test
    void there_are_routes_of_both_methods() {
        assertThat(served.routes()).extracting(Route::method).contains(Method.GET, Method.POST);
    }
}
