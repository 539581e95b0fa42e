package io.tapetum.server.etcd.v2;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.EtcdSettings;
import io.tapetum.server.etcd.ConnectionFailure;
import io.tapetum.server.etcd.EtcdException;
import io.tapetum.server.etcd.TlsFiles;

/** One endpoint, asked by HTTP. */
final class V2Http implements AutoCloseable {

    /** How long an answer may take to begin. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Otherwise "404 page not found" would be the number 404. */
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final URI endpoint;
    private final HttpClient client;
    private final @Nullable String authorization;

    V2Http(URI endpoint, EtcdSettings settings) throws EtcdException {
        this.endpoint = endpoint;
        this.authorization = settings.username() == null ? null : authorization(settings);
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE);
        if ("https".equals(endpoint.getScheme())) {
            builder.sslContext(tls(settings));
        }
        client = builder.build();
    }

    private static String authorization(EtcdSettings settings) {
        String password = settings.password() == null ? "" : settings.password().text();
        return "Basic " + Base64.getEncoder()
                .encodeToString((settings.username() + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private SSLContext tls(EtcdSettings settings) throws EtcdException {
        TlsFiles files = TlsFiles.read(settings);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(files.keyManagers(), files.trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw ConnectionFailure.of(endpoint, e);
        }
    }

    /**
     * What etcd said.
     *
     * @param index {@code X-Etcd-Index}: of the last change when it began to answer
     * @param body {@code null} if it was silent for as long as it may be
     */
    record Answer(int status, long index, @Nullable JsonNode body) {}

    /** @param silence how long it may be silent after the head of its answer; then the body is {@code null} */
    Answer get(String pathAndQuery, Duration silence) throws EtcdException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(pathAndQuery)).timeout(PATIENCE);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        AtomicReference<HttpResponse.@Nullable ResponseInfo> head = new AtomicReference<>();
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request.build(), info -> {
            head.set(info);
            return BodySubscribers.ofString(StandardCharsets.UTF_8);
        });
        try {
            String body = answer.get(PATIENCE.plus(silence).toMillis(), TimeUnit.MILLISECONDS).body();
            return answer(head.get(), body);
        } catch (TimeoutException _) {
            return answer(head.get(), null);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private EtcdException failure(Throwable cause) {
        return cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)
                ? silent()
                : ConnectionFailure.of(endpoint, cause);
    }

    private EtcdException silent() {
        return new EtcdException("etcd at " + endpoint + " does not answer within " + PATIENCE.toSeconds()
                + " s: see whether it hangs, or a firewall is in between");
    }

    private Answer answer(HttpResponse.@Nullable ResponseInfo head, @Nullable String body) throws EtcdException {
        if (head == null) {
            throw silent();
        }
        long index = head.headers().firstValueAsLong("X-Etcd-Index").orElse(0);
        if (body == null || body.isEmpty()) {
            // etcd ends a watch with an empty body after its own time-out.
            return new Answer(head.statusCode(), index, null);
        }
        try {
            return new Answer(head.statusCode(), index, JSON.readTree(body));
        } catch (JsonProcessingException e) {
            if (head.statusCode() == 404) {
                throw new EtcdException("etcd at " + endpoint
                        + " has no v2 API: start it with --enable-v2, or configure the v3 API", e);
            }
            throw new EtcdException("etcd at " + endpoint + " answers with status " + head.statusCode()
                    + " and no JSON: see whether something else listens there", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
