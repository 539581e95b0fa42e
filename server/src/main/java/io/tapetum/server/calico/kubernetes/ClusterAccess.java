package io.tapetum.server.calico.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.KubernetesSettings;

/**
 * Finds out where the API server is and how to be let in, from the settings, and from the environment only where they
 * leave that open. Everything is read anew by every call, for tokens and certificates are replaced while we run.
 */
final class ClusterAccess {

    /** Where a pod finds its token and the certificate of the API server's authority. */
    static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    /** Where calico-node is, unless an operator of Calico's own installed it. */
    private static final String CALICO_NAMESPACE = "kube-system";

    private static final int CONNECT_MILLIS = 5000;

    private final KubernetesSettings settings;
    private final Map<String, String> environment;
    private final Path serviceAccount;

    ClusterAccess(KubernetesSettings settings, Map<String, String> environment, Path serviceAccount) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.serviceAccount = serviceAccount;
    }

    /** Where Secrets are that are named without a namespace: the configured one, else this pod's, else calico-node's. */
    String secretsNamespace() {
        String configured = settings.secretsNamespace();
        if (configured != null) {
            return configured;
        }
        Path ofPod = serviceAccount.resolve("namespace");
        String read = Files.isReadable(ofPod) ? text(ofPod, "namespace").strip() : "";
        return read.isEmpty() ? CALICO_NAMESPACE : read;
    }

    /** @throws IllegalArgumentException what has to be changed, with the file it is about */
    Config config() {
        Config config = source();
        // One connection per request: a watch on a dead connection must not take new requests down with it, as it does
        // where HTTP/2 puts them all on one.
        config.setHttp2Disable(true);
        // Failures are told at once; the pauses are ours.
        config.setRequestRetryBackoffLimit(0);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setUserAgent("tapetum");
        config.setCaCertData(content(config.getCaCertData(), config.getCaCertFile(), "CA certificate"));
        config.setClientCertData(content(config.getClientCertData(), config.getClientCertFile(), "client certificate"));
        config.setClientKeyData(content(config.getClientKeyData(), config.getClientKeyFile(), "client key"));
        config.setClientKeyAlgo(PrivateKeys.algorithm(config.getClientKeyData()));
        return config;
    }

    private Config source() {
        if (settings.kubeconfig() != null) {
            return ofKubeconfig(settings.kubeconfig());
        }
        if (settings.endpoint() != null) {
            return ofEndpoint(settings.endpoint().toString());
        }
        String home = environment.get("HOME");
        Path ofHome = home == null || home.isEmpty() ? null : Path.of(home, ".kube", "config");
        if (ofHome != null && Files.isRegularFile(ofHome)) {
            return ofKubeconfig(ofHome);
        }
        return ofServiceAccount(ofHome);
    }

    private Config ofKubeconfig(Path file) {
        String text = text(file, "kubeconfig");
        String context = settings.context();
        Config config;
        try {
            config = Config.fromKubeconfig(context, file.toFile());
        } catch (RuntimeException e) {
            // Of the library's own and of its YAML parser; their messages quote the file, in which there are secrets.
            throw new IllegalArgumentException("kubeconfig " + file + " cannot be understood, or the command that it"
                    + " names for credentials fails; kubectl --kubeconfig " + file + " version should work");
        }
        NamedContext current = config.getCurrentContext();
        if (current == null || (context != null && !context.equals(current.getName()))) {
            throw new IllegalArgumentException(
                    "kubeconfig " + file + " has no context " + (context == null ? "that is the current one" : context)
                            + "; it has " + config.getContexts().stream().map(NamedContext::getName).toList());
        }
        if (config.getAutoOAuthToken() == null) {
            config.setAutoOAuthToken(tokenOfFile(file, text, current.getContext().getUser()));
        }
        return config;
    }

    /** {@code tokenFile} of a user, which the client library leaves out. */
    private static @Nullable String tokenOfFile(Path kubeconfig, String text, @Nullable String user) {
        var content = Serialization.unmarshal(text, io.fabric8.kubernetes.api.model.Config.class);
        for (NamedAuthInfo named : content.getUsers()) {
            String tokenFile = named.getUser() == null ? null : named.getUser().getTokenFile();
            if (named.getName().equals(user) && tokenFile != null) {
                return text(kubeconfig.toAbsolutePath().resolveSibling(tokenFile), "token").strip();
            }
        }
        return null;
    }

    private Config ofEndpoint(String endpoint) {
        Config config = Config.empty();
        config.setMasterUrl(endpoint);
        config.setCaCertFile(path(settings.caFile()));
        config.setClientCertFile(path(settings.certFile()));
        config.setClientKeyFile(path(settings.keyFile()));
        if (settings.token() != null) {
            config.setAutoOAuthToken(settings.token().text());
        }
        config.setTrustCerts(settings.insecure());
        config.setDisableHostnameVerification(settings.insecure());
        return config;
    }

    private Config ofServiceAccount(@Nullable Path ofHome) {
        String host = environment.get("KUBERNETES_SERVICE_HOST");
        String port = environment.get("KUBERNETES_SERVICE_PORT");
        Path token = serviceAccount.resolve("token");
        if (host == null || port == null || !Files.isRegularFile(token)) {
            throw new IllegalArgumentException("no way to reach the Kubernetes API is known: name a kubeconfig or an"
                    + " endpoint, or run in a pod that has a service account"
                    + (ofHome == null ? "" : " (there is no " + ofHome + " either)"));
        }
        Config config = Config.empty();
        config.setMasterUrl("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
        config.setCaCertFile(path(serviceAccount.resolve("ca.crt")));
        config.setAutoOAuthToken(text(token, "token").strip());
        return config;
    }

    private static @Nullable String path(@Nullable Path file) {
        return file == null ? null : file.toString();
    }

    /** In base64: what is there, or else what is in the file. */
    private static @Nullable String content(@Nullable String data, @Nullable String file, String what) {
        boolean isThere = data != null && !data.isEmpty();
        if (isThere || file == null || file.isEmpty()) {
            return data;
        }
        return Base64.getEncoder().encodeToString(octets(Path.of(file), what));
    }

    private static String text(Path file, String what) {
        return new String(octets(file, what), StandardCharsets.UTF_8);
    }

    private static byte[] octets(Path file, String what) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(what + " " + file + " is not there, or cannot be read", e);
        }
    }
}
