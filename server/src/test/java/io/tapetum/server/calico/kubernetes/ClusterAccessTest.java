package io.tapetum.server.calico.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import io.fabric8.kubernetes.client.Config;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.config.KubernetesSettings;
import io.tapetum.server.config.Secret;

class ClusterAccessTest {

    @TempDir
    private Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void a_kubeconfig_is_used_with_its_current_context() throws IOException {
        Config config = config(settings(kubeconfig("config"), null, null));
        assertThat(config.getMasterUrl()).isEqualTo("https://one.example:6443/");
        assertThat(config.getAutoOAuthToken()).isEqualTo("token-one");
    }

    @Test
    void a_context_may_be_named() throws IOException {
        Config config = config(settings(kubeconfig("config"), "two", null));
        assertThat(config.getMasterUrl()).isEqualTo("https://two.example:6443/");
        assertThat(config.getAutoOAuthToken()).isEqualTo("from a file");
    }

    @Test
    void a_context_that_is_not_there_is_refused_with_those_that_are() throws IOException {
        Path kubeconfig = kubeconfig("config");
        assertThatThrownBy(() -> config(settings(kubeconfig, "three", null)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("has no context three")
                .hasMessageContaining("one").hasMessageContaining("two");
    }

    @Test
    void a_kubeconfig_that_is_not_there_is_named() {
        assertThatThrownBy(() -> config(settings(folder.resolve("nowhere"), null, null)))
                .hasMessageContaining(folder.resolve("nowhere").toString()).hasMessageContaining("is not there");
    }

    @Test
    void a_kubeconfig_that_cannot_be_understood_is_not_quoted() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken"), "users: [{name: u, user: {token: s3cret}]\n\t-");
        assertThatThrownBy(() -> config(settings(broken, null, null))).hasMessageContaining("cannot be understood")
                .hasNoCause().message().doesNotContain("s3cret");
    }

    @Test
    void an_endpoint_comes_before_the_kubeconfig_at_home() throws IOException {
        home();
        Config config = config(settings(null, null, URI.create("https://three.example")));
        assertThat(config.getMasterUrl()).isEqualTo("https://three.example/");
        assertThat(config.getAutoOAuthToken()).isEqualTo("given");
        assertThat(config.isTrustCerts()).isFalse();
    }

    @Test
    void the_kubeconfig_at_home_comes_before_the_service_account() throws IOException {
        serviceAccount();
        home();
        assertThat(config(settings(null, null, null)).getMasterUrl()).isEqualTo("https://one.example:6443/");
    }

    @Test
    void a_pod_uses_its_service_account() throws IOException {
        serviceAccount();
        Config config = config(settings(null, null, null));
        assertThat(config.getMasterUrl()).isEqualTo("https://[fd00::1]:443/");
        assertThat(config.getAutoOAuthToken()).isEqualTo("of the pod");
        assertThat(new String(Base64.getDecoder().decode(config.getCaCertData()), StandardCharsets.UTF_8))
                .isEqualTo("of the authority");
    }

    @Test
    void with_nothing_at_all_it_says_what_there_could_be() {
        environment.put("HOME", folder.toString());
        assertThatThrownBy(() -> config(settings(null, null, null))).hasMessageContaining("name a kubeconfig")
                .hasMessageContaining(".kube/config");
    }

    @Test
    void one_connection_is_made_per_request_and_failures_are_not_retried_unseen() {
        Config config = config(settings(null, null, URI.create("http://three.example")));
        assertThat(config.isHttp2Disable()).isTrue();
        assertThat(config.getRequestRetryBackoffLimit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void the_kind_of_a_key_is_found_out(String algorithm) throws Exception {
        byte[] key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate().getEncoded();
        String pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
        assertThat(PrivateKeys.algorithm(Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo(algorithm);
    }

    private Config config(KubernetesSettings settings) {
        return new ClusterAccess(settings, environment, folder.resolve("account")).config();
    }

    private static KubernetesSettings settings(@Nullable Path kubeconfig, @Nullable String context,
            @Nullable URI endpoint) {
        return new KubernetesSettings(kubeconfig, context, endpoint, null, null, null,
                endpoint == null ? null : new Secret("given"), false, KubernetesSettings.ApiGroup.AUTO, null);
    }

    private void home() throws IOException {
        environment.put("HOME", folder.toString());
        Files.createDirectory(folder.resolve(".kube"));
        kubeconfig(".kube/config");
    }

    private void serviceAccount() throws IOException {
        environment.put("KUBERNETES_SERVICE_HOST", "fd00::1");
        environment.put("KUBERNETES_SERVICE_PORT", "443");
        Path account = Files.createDirectory(folder.resolve("account"));
        Files.writeString(account.resolve("token"), "of the pod\n");
        Files.writeString(account.resolve("ca.crt"), "of the authority");
    }

    private Path kubeconfig(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file.resolveSibling("two.token"), "from a file\n");
        return Files.writeString(file, """
                                       apiVersion: v1
                                       kind: Config
                                       clusters:
                                       - {name: c1, cluster: {server: "https://one.example:6443"}}
                                       - {name: c2, cluster: {server: "https://two.example:6443"}}
                                       users:
                                       - {name: u1, user: {token: token-one}}
                                       - {name: u2, user: {tokenFile: two.token}}
                                       contexts:
                                       - {name: one, context: {cluster: c1, user: u1}}
                                       - {name: two, context: {cluster: c2, user: u2}}
                                       current-context: one
                                       """);
    }
}
