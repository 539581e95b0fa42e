package io.tapetum.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How to reach etcd.
 *
 * @param endpoints {@code http} or {@code https}, with ports; empty if {@code discoverySrv} names them
 * @param discoverySrv the domain whose SRV records name the endpoints, or {@code null}
 * @param caFile who signed the server's certificate, PEM, or {@code null} for the authorities that Java knows
 * @param certFile the client's certificate, PEM, or {@code null}
 * @param keyFile its key in PEM, or {@code null}
 * @param username for a log-in with a password, or {@code null}
 */
public record EtcdSettings(List<URI> endpoints, @Nullable String discoverySrv, @Nullable Path caFile,
        @Nullable Path certFile, @Nullable Path keyFile, @Nullable String username, @Nullable Secret password) {

    public EtcdSettings {
        endpoints = List.copyOf(endpoints);
    }
}
