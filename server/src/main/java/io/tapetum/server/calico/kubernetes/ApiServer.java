package io.tapetum.server.calico.kubernetes;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.BackwardsCompatibilityInterceptor;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.logging.RepeatedEvents;

/**
 * Asks the API server. Of the client library this takes what is about being let in (kubeconfig, TLS, credentials,
 * proxies); lists and watches are read as they come, so that no time-out, retry or reconnection happens unseen.
 *
 * <p>
 * Any thread may call. A call blocks, and can be interrupted.
 */
final class ApiServer implements AutoCloseable {

    /** What is asked for if nothing else is. */
    static final String JSON = "application/json";

    /** How long the text of a refusal is waited for. */
    private static final Duration REFUSAL = Duration.ofSeconds(5);

    /** What the client library calls its interceptor that logs. */
    private static final String LOGGING = "HttpLogging";

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private static final Logger log = LoggerFactory.getLogger(ApiServer.class);

    private static final ObjectMapper JSON_READER = new ObjectMapper();

    /** A client, and what it was made of. */
    private record Session(HttpClient http, Config config, @Nullable String authorization) {

        /** Without a slash at its end. */
        String base() {
            return config.getMasterUrl().replaceAll("/+$", "");
        }

        boolean hasSameCredentials(Config other) {
            return Objects.equals(config.getMasterUrl(), other.getMasterUrl())
                    && Objects.equals(authorization, authorizationOf(other))
                    && Objects.equals(config.getCaCertData(), other.getCaCertData())
                    && Objects.equals(config.getClientCertData(), other.getClientCertData())
                    && Objects.equals(config.getClientKeyData(), other.getClientKeyData());
        }
    }

    private final ClusterAccess access;
    private final Duration patience;

    /** Held while the session is replaced, so that this is done once for all who were refused. */
    private final ReentrantLock renewal = new ReentrantLock();
    private final RepeatedEvents<String> unreadable = new RepeatedEvents<>(RepeatedEvents.INTERVAL, 10);

    /** Volatile because it is replaced by one of the threads that use it. */
    private volatile Session session;

    /** @throws IllegalArgumentException what has to be changed in the settings, or in a file that they name */
    ApiServer(ClusterAccess access, Duration patience) {
        this.access = access;
        this.patience = patience;
        this.session = open(access.config());
    }

    /** Where it is. */
    String address() {
        return session.base();
    }

    /**
     * One whole answer.
     *
     * @throws ApiException if the server refuses
     * @throws IOException if it does not answer in time
     */
    byte[] octets(String path, String accept) throws IOException, InterruptedException {
        try (AnswerBody answer = open(path, accept, patience)) {
            return answer.all(patience);
        }
    }

    /**
     * An answer that goes on.
     *
     * @param longest how long it may go on
     * @throws ApiException if the server refuses
     * @throws IOException if it does not begin to answer in time
     */
    AnswerBody open(String path, String accept, Duration longest) throws IOException, InterruptedException {
        Session used = session;
        try {
            return open(used, path, accept, longest);
        } catch (ApiException | SSLException e) {
            boolean refused = !(e instanceof ApiException answer) || answer.code() == UNAUTHORIZED;
            if (refused && renewed(used)) {
                return open(session, path, accept, longest);
            }
            throw e;
        }
    }

    static JsonNode json(byte[] octets) throws IOException {
        try {
            JsonNode read = JSON_READER.readTree(octets);
            if (!read.isObject()) {
                throw new IOException("the answer is not a JSON object");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new IOException("the answer is not JSON", e);
        }
    }

    private AnswerBody open(Session with, String path, String accept, Duration longest)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = with.http().newHttpRequestBuilder().uri(URI.create(with.base() + path))
                .timeout(longest.toMillis(), TimeUnit.MILLISECONDS).header("Accept", accept);
        if (with.authorization() != null) {
            request.header("Authorization", with.authorization());
        }
        AnswerBody body = new AnswerBody();
        HttpResponse<AsyncBody> response = await(with.http().consumeBytes(request.build(), body));
        body.begin(response.body());
        if (response.code() == OK) {
            return body;
        }
        try (body) {
            throw refusal(response.code(), body);
        }
    }

    private HttpResponse<AsyncBody> await(CompletableFuture<HttpResponse<AsyncBody>> response)
            throws IOException, InterruptedException {
        boolean answered = false;
        try {
            HttpResponse<AsyncBody> got = response.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            answered = true;
            return got;
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        } finally {
            if (!answered) {
                response.thenAccept(late -> late.body().cancel());
            }
        }
    }

    private static ApiException refusal(int code, AnswerBody body) throws InterruptedException {
        try {
            byte[] octets = body.all(REFUSAL);
            JsonNode status = JSON_READER.readTree(octets);
            return new ApiException(code, status.path("message").asText());
        } catch (IOException e) {
            // Not a Status; the code says enough.
            return new ApiException(code, "");
        }
    }

    /** Reads the credentials anew, for they may have been replaced; whether there are others now. */
    private boolean renewed(Session refused) {
        renewal.lock();
        try {
            if (!refused.hasSameCredentials(session.config())) {
                return true;
            }
            Config config = access.config();
            if (refused.hasSameCredentials(config)) {
                return false;
            }
            // The old client is not closed: watches that it let in go on.
            session = open(config);
            return true;
        } catch (IllegalArgumentException e) {
            unreadable.happened(String.valueOf(e.getMessage())).ifPresent(times -> log.atWarn()
                    .addKeyValue("server", address())
                    .log("credentials for {} cannot be read anew, {}: {}", address(), times, e.getMessage()));
            return false;
        } finally {
            renewal.unlock();
        }
    }

    private static Session open(Config config) {
        try {
            HttpClient http = new WithoutRedirects().newBuilder(config)
                    // It would ask for the same objects below other paths, by a table of its own.
                    .addOrReplaceInterceptor(BackwardsCompatibilityInterceptor.NAME, null)
                    // It would log whole answers, Secrets among them, and does at level trace.
                    .addOrReplaceInterceptor(LOGGING, null)
                    // It would look for other credentials than the ones that were named.
                    .addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, null).build();
            return new Session(http, config, authorizationOf(config));
        } catch (KubernetesClientException e) {
            throw new IllegalArgumentException(
                    "certificates or keys for " + config.getMasterUrl() + " cannot be used: " + Reasons.of(e), e);
        }
    }

    private static @Nullable String authorizationOf(Config config) {
        String token = config.getAutoOAuthToken();
        if (token != null && !token.isEmpty()) {
            return "Bearer " + token;
        }
        if (config.getUsername() != null && config.getPassword() != null) {
            return HttpClientUtils.basicCredentials(config.getUsername(), config.getPassword());
        }
        return null;
    }

    @Override
    public void close() {
        session.http().close();
    }

    /** An API server does not redirect; who does may not have our credentials. */
    private static final class WithoutRedirects extends JdkHttpClientFactory {

        @Override
        protected void additionalConfig(java.net.http.HttpClient.Builder builder) {
            builder.followRedirects(java.net.http.HttpClient.Redirect.NEVER);
        }
    }
}
