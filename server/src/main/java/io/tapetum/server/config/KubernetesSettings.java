package io.tapetum.server.config;

import java.net.URI;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * How to reach the Kubernetes API: by {@code kubeconfig}, else by {@code endpoint}, else by {@code $HOME/.kube/config},
 * else by the service account of the pod.
 *
 * @param context of the kubeconfig, or {@code null} for its current one
 * @param certFile with {@code endpoint}: the client certificate
 * @param keyFile with {@code endpoint}: its key
 * @param caFile with {@code endpoint}: who signed the server's certificate
 * @param token with {@code endpoint}: a bearer token
 * @param insecure with {@code endpoint}: whether the server's certificate is not checked
 * @param apiGroup of Calico's resources
 * @param secretsNamespace where the Secrets are that BGPPeers name, or {@code null} if that is left to the pod, or to Calico
 */
public record KubernetesSettings(@Nullable Path kubeconfig, @Nullable String context, @Nullable URI endpoint,
        @Nullable Path certFile, @Nullable Path keyFile, @Nullable Path caFile, @Nullable Secret token,
        boolean insecure, ApiGroup apiGroup, @Nullable String secretsNamespace) {

    /** The API group of Calico's resources. */
    public enum ApiGroup {
        /** The native resources of {@code projectcalico.org} if they are there and the others are not. */
        AUTO,
        /** {@code projectcalico.org/v3}. */
        PROJECTCALICO_V3,
        /** {@code crd.projectcalico.org/v1}. */
        CRD_V1
    }
}
