package io.tapetum.server.admin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.tapetum.server.admin.Orders.Affected;
import io.tapetum.server.admin.Orders.ClearOrder;
import io.tapetum.server.admin.Orders.FollowOrder;
import io.tapetum.server.admin.Orders.Followed;
import io.tapetum.server.admin.Orders.ShutdownOrder;
import io.tapetum.server.reflector.Interventions;
import io.tapetum.server.reflector.Interventions.Clear;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.SourceStatus;
import io.tapetum.wire.nlri.Prefix;

/** Asks the admin endpoint of a running reflector. */
public final class AdminClient implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Until an answer begins. A drain takes a few seconds when peers do not listen. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final AdminEndpoint endpoint;
    private final AdminAccess access;
    private final HttpClient http;

    /** @throws IOException if the token would be sent where others can read it */
    public AdminClient(AdminEndpoint endpoint, AdminAccess access) throws IOException {
        if (access.token() != null && !endpoint.encrypted() && !endpoint.onThisHost()) {
            throw new IOException("the token would be sent to " + endpoint
                    + " in clear: say --admin https://HOST:PORT");
        }
        this.endpoint = endpoint;
        this.access = access;
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(access.tls())
                .connectTimeout(CONNECT_TIMEOUT).proxy(HttpClient.Builder.NO_PROXY).build();
    }

    /** Ends every session with this message, and then the process. Returns when the peers have been told. */
    public void drain(String message) throws IOException, InterruptedException {
        ask(request("/v1/drain").header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofString(message)).build());
    }

    /**
     * Begins something of a session anew.
     *
     * @param peer its name or address, or {@link Interventions#ALL}
     * @param message what the peer is told if its session ends; empty for none
     * @return of how many sessions
     */
    public int clear(String peer, Clear what, String message) throws IOException, InterruptedException {
        return order(peer, "clear", new ClearOrder(what, message.isEmpty() ? null : message));
    }

    /** Ends sessions until they are started; returns of how many peers. */
    public int shutdown(String peer, String message) throws IOException, InterruptedException {
        return order(peer, "shutdown", new ShutdownOrder(message));
    }

    /** Lets peers that were shut down come back; returns how many those are. */
    public int start(String peer) throws IOException, InterruptedException {
        return order(peer, "start", Map.of());
    }

    private int order(String peer, String what, Object body) throws IOException, InterruptedException {
        return post("/v1/sessions/" + Questions.encoded(peer) + '/' + what, body, Affected.class).affected();
    }

    /** Begins to follow a prefix, or follows it for longer. */
    public Followed follow(Prefix prefix) throws IOException, InterruptedException {
        return post("/v1/history", new FollowOrder(prefix), Followed.class);
    }

    /** Asks what changes nothing. */
    public <T> Reply<T> ask(Question<T> question) throws IOException, InterruptedException {
        byte[] answer = ask(request(question.path()).GET().build());
        return new Reply<>(answer, read(answer, question.reader()));
    }

    /**
     * Asks a probe for all of its checks.
     *
     * @param path of the probe: {@code /readyz}
     */
    public Probed probe(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(request(path + "?verbose").GET().build());
        if (response.statusCode() != 200 && response.statusCode() != 503) {
            throw refusal(response);
        }
        return new Probed(response.statusCode() == 200, new String(response.body(), StandardCharsets.UTF_8));
    }

    /** Every session. */
    public List<SessionStatus> sessions() throws IOException, InterruptedException {
        return ask(Questions.sessions(null, null)).answer();
    }

    /** The sources of peers, other than the configuration file. */
    public List<SourceStatus> sources() throws IOException, InterruptedException {
        return ask(Questions.sources()).answer();
    }

    private <T> T post(String path, Object body, Class<T> type) throws IOException, InterruptedException {
        byte[] answer = ask(request(path).header("Content-Type", Answer.JSON)
                .POST(BodyPublishers.ofByteArray(Json.write(body))).build());
        return read(answer, octets -> Json.read(octets, type));
    }

    private <T> T read(byte[] answer, Function<byte[], T> reader) throws IOException {
        try {
            return reader.apply(answer);
        } catch (IllegalArgumentException e) {
            throw new IOException("what answers at " + endpoint + " is no Tapetum of this version", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.uri().resolve(path)).timeout(ANSWER_TIMEOUT);
        return access.token() == null ? request : request.header("Authorization", "Bearer " + access.token().text());
    }

    private byte[] ask(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(request);
        if (response.statusCode() != 200) {
            throw refusal(response);
        }
        return response.body();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new IOException("nobody answers at " + endpoint
                    + "; is the reflector running, and is this its admin.listen?", e);
        } catch (IOException e) {
            throw new IOException("no answer from " + endpoint + ": " + Trouble.explain(e, endpoint.encrypted()), e);
        }
    }

    private RefusalException refusal(HttpResponse<byte[]> response) {
        Answer.Failure failure = failure(response.body());
        String reason = failure.error() == null ? "HTTP status " + response.statusCode() : failure.error();
        return new RefusalException(response.statusCode(), failure.missing(),
                endpoint + " refused: " + reason + advice(response));
    }

    /** What is to be done about a refusal; empty if the refusal says it. */
    private String advice(HttpResponse<byte[]> response) {
        if (response.statusCode() != 401) {
            return "";
        }
        return access.token() == null
                ? "; name a file that has one with --token-file, or put it into the environment as TAPETUM_ADMIN_TOKEN"
                : "; see admin.tokens in its configuration";
    }

    private static Answer.Failure failure(byte[] body) {
        try {
            return Json.read(body, Answer.Failure.class);
        } catch (IllegalArgumentException _) {
            return new Answer.Failure(null, null);
        }
    }
}
