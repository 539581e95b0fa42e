package io.tapetum.server.admin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.SourceStatus;

/** Asks the admin endpoint of a running reflector. */
public final class AdminClient implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** A drain takes a few seconds when peers do not listen. */
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

    /** Every session. */
    public List<SessionStatus> sessions() throws IOException, InterruptedException {
        return get("/v1/sessions", Sessions.class).sessions();
    }

    /** The sources of peers, other than the configuration file. */
    public List<SourceStatus> sources() throws IOException, InterruptedException {
        return get("/v1/sources", Sources.class).sources();
    }

    private <T> T get(String path, Class<T> type) throws IOException, InterruptedException {
        byte[] answer = ask(request(path).GET().build());
        try {
            return Json.read(answer, type);
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
        HttpResponse<byte[]> response;
        try {
            response = http.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new IOException("nobody answers at " + endpoint
                    + "; is the reflector running, and is this its admin.listen?", e);
        } catch (IOException e) {
            throw new IOException("no answer from " + endpoint + ": " + Trouble.explain(e, endpoint.encrypted()), e);
        }
        if (response.statusCode() != 200) {
            throw new IOException(endpoint + " refused: " + reason(response) + advice(response));
        }
        return response.body();
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

    private static String reason(HttpResponse<byte[]> response) {
        String status = "HTTP status " + response.statusCode();
        try {
            String error = Json.read(response.body(), Answer.Failure.class).error();
            return error == null ? status : error;
        } catch (IllegalArgumentException _) {
            return status;
        }
    }
}
