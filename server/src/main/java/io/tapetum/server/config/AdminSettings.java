package io.tapetum.server.config;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.keys.KeyReference;

/**
 * The admin endpoint. Beyond the loopback interface it has TLS and at least one token.
 *
 * @param listen its address, or {@code null} for no endpoint
 * @param hostNames by which it may be asked, in lower case, beside its addresses
 * @param tls how it proves who it is, or {@code null} for plain HTTP
 * @param tokens with which it may be asked; if there are none, anybody may who reaches it
 * @param metrics what it tells Prometheus
 */
public record AdminSettings(@Nullable ListenAddress listen, List<String> hostNames, @Nullable Tls tls,
        List<Token> tokens, Metrics metrics) {

    /** No endpoint. */
    public static final AdminSettings OFF = new AdminSettings(null, List.of(), null, List.of());

    /** With the metrics as they are by default. */
    public AdminSettings(@Nullable ListenAddress listen, List<String> hostNames, @Nullable Tls tls,
            List<Token> tokens) {
        this(listen, hostNames, tls, tokens, Metrics.DEFAULT);
    }

    public AdminSettings {
        hostNames = List.copyOf(hostNames);
        tokens = List.copyOf(tokens);
    }

    /**
     * How the endpoint proves who it is, and whether clients have to.
     *
     * @param certificate where its certificate and key are
     * @param clientCaFile who must have signed the certificate of whoever asks, PEM, or {@code null} if none is needed
     */
    public record Tls(Certificate certificate, @Nullable Path clientCaFile) {}

    /** Where a certificate and its key are. */
    public sealed interface Certificate {

        /**
         * In PEM files.
         *
         * @param certFile the certificate and those of its issuers
         * @param keyFile its key in PEM
         */
        record Files(Path certFile, Path keyFile) implements Certificate {}

        /**
         * In a keystore.
         *
         * @param passphrase where that of the keystore is: in a file or a variable
         */
        record InKeystore(Path store, KeyReference passphrase) implements Certificate {}
    }

    /**
     * What Prometheus is told.
     *
     * @param sessions how many sessions may have series of their own
     * @param birdNames whether sessions are there a second time, by the names of bird_exporter
     */
    public record Metrics(int sessions, boolean birdNames) {

        /** Enough for every node of most clusters. */
        public static final Metrics DEFAULT = new Metrics(1000, false);
    }

    /** What a token is good for. */
    public enum Scope {
        /** To look. */
        READ,
        /** To look, and to change something. */
        WRITE;

        /** Whether whoever may do this may do that. */
        public boolean covers(Scope other) {
            return compareTo(other) >= 0;
        }
    }

    /**
     * Somebody who may ask.
     *
     * @param name for operators to tell tokens apart
     * @param scope what it is good for
     * @param source where the token is: a file, or a variable of the environment
     */
    public record Token(String name, Scope scope, KeyReference source) {}
}
