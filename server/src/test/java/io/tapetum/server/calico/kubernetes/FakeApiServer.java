package io.tapetum.server.calico.kubernetes;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * As much of an API server as list and watch need, with everything that a real one does rarely available on demand. What
 * it does of its own accord is compared with a real one by {@link FollowingSuite}.
 */
final class FakeApiServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BY_NAME = "metadata.name=";

    /** A request as it came in. */
    record Request(String path, Map<String, String> query, String accept, String authorization) {

        boolean isWatch() {
            return query.containsKey("watch");
        }
    }

    final StoredObjects objects = new StoredObjects();
    final List<Request> requests = new CopyOnWriteArrayList<>();

    /** API groups that exist; a path below another one is not found. */
    final Set<String> groups = ConcurrentHashMap.newKeySet();

    /** Paths that answer this status and nothing else. */
    final Map<String, Integer> refusals = new ConcurrentHashMap<>();

    /** Paths of watches that are to send this line next, in place of anything else. */
    final Map<String, String> interjections = new ConcurrentHashMap<>();

    /** Paths whose watches are open but say nothing and do not end. */
    final Set<String> mute = ConcurrentHashMap.newKeySet();

    /** What is let in, or everybody if it is empty. */
    volatile String token = "";

    /** How often the place in a list is to be too old. */
    final AtomicInteger expiredPlaces = new AtomicInteger();

    private final int port;
    private HttpServer http;
    private ExecutorService threads;

    FakeApiServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        port = http.getAddress().getPort();
        threads = serve(http);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** All connections break, and nobody answers any more. */
    void stop() {
        threads.shutdownNow();
        http.stop(0);
    }

    void start() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            threads = serve(http);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ExecutorService serve(HttpServer server) {
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(executor);
        server.createContext("/", this::answer);
        server.start();
        return executor;
    }

    List<Request> lists(String path) {
        return requests.stream().filter(request -> request.path().equals(path) && !request.isWatch()).toList();
    }

    List<Request> watches(String path) {
        return requests.stream().filter(request -> request.path().equals(path) && request.isWatch()).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Request request = new Request(exchange.getRequestURI().getPath(), query(exchange.getRequestURI()),
                String.valueOf(exchange.getRequestHeaders().getFirst("Accept")),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        requests.add(request);
        try (exchange) {
            Integer refusal = refusals.get(request.path());
            if (!token.isEmpty() && !request.authorization().equals("Bearer " + token)) {
                status(exchange, 401, "Unauthorized");
            } else if (refusal != null) {
                status(exchange, refusal, "refused by the test");
            } else if (request.path().equals("/apis")) {
                send(exchange, groupList());
            } else if (isOfSecrets(request.path()) && selected(request).isEmpty()) {
                // So it is with a Role that is limited to the names of resources.
                status(exchange, 403, "secrets is forbidden");
            } else if (!exists(request.path())) {
                exchange.sendResponseHeaders(404, -1);
            } else if (request.isWatch()) {
                watch(exchange, request);
            } else {
                list(exchange, request);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean exists(String path) {
        return path.equals("/api/v1/nodes") || isOfSecrets(path)
                || groups.stream().anyMatch(group -> path.startsWith("/apis/" + group + "/"));
    }

    private static boolean isOfSecrets(String path) {
        return path.matches("/api/v1/namespaces/[^/]+/secrets");
    }

    /** The one name that is asked for, or an empty text. */
    private static String selected(Request request) {
        String selector = request.query().getOrDefault("fieldSelector", "");
        return selector.startsWith(BY_NAME) ? selector.substring(BY_NAME.length()) : "";
    }

    private static boolean selects(Request request, JsonNode object) {
        String name = selected(request);
        return name.isEmpty() || object.path("metadata").path("name").asText().equals(name);
    }

    private JsonNode groupList() {
        ObjectNode answer = JSON.createObjectNode().put("kind", "APIGroupList");
        groups.forEach(group -> answer.withArray("/groups").addObject().put("name", group));
        return answer;
    }

    private void list(HttpExchange exchange, Request request) throws IOException {
        String from = request.query().get("continue");
        if (from != null && expiredPlaces.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            status(exchange, 410, "The provided continue parameter is too old");
            return;
        }
        StoredObjects.Page page = objects.page(request.path(), from, Integer.parseInt(request.query().get("limit")));
        ObjectNode answer = JSON.createObjectNode().put("kind", "TestList");
        answer.withObject("/metadata").put("resourceVersion", String.valueOf(page.version()));
        if (page.next() != null) {
            answer.withObject("/metadata").put("continue", page.next());
        }
        if (page.objects().isEmpty()) {
            // As the real one does.
            answer.putNull("items");
        } else {
            answer.withArray("/items").addAll(page.objects().stream().filter(o -> selects(request, o)).toList());
        }
        send(exchange, answer);
    }

    private void watch(HttpExchange exchange, Request request) throws IOException, InterruptedException {
        long known = Long.parseLong(request.query().get("resourceVersion"));
        if (!objects.remembers(known)) {
            status(exchange, 410, "too old resource version");
            return;
        }
        long endNs = System.nanoTime() + Long.parseLong(request.query().get("timeoutSeconds")) * 1_000_000_000;
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        while (System.nanoTime() < endNs || mute.contains(request.path())) {
            String line = interjections.remove(request.path());
            if (line != null) {
                write(out, line);
            }
            StoredObjects.Change change = objects.after(request.path(), known, 20);
            if (change != null && !mute.contains(request.path())) {
                known = change.version();
                if (selects(request, change.object())) {
                    ObjectNode event = JSON.createObjectNode().put("type", change.type());
                    event.set("object", change.object());
                    write(out, event.toString());
                }
            }
        }
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void status(HttpExchange exchange, int code, String message) throws IOException {
        byte[] body = JSON.createObjectNode().put("kind", "Status").put("code", code).put("message", message).toString()
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void send(HttpExchange exchange, JsonNode answer) throws IOException {
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> values = new HashMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&", -1)) {
                String[] parts = pair.split("=", 2);
                values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    @Override
    public void close() {
        stop();
    }
}
