package io.tapetum.server.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.Secret;
import io.tapetum.server.tls.PemFile;
import io.tapetum.server.tls.TlsIdentity;
import io.tapetum.server.tls.TlsManagers;

/**
 * What somebody has who asks.
 *
 * @param token to be shown, or {@code null}
 * @param tls for HTTPS
 */
public record AdminAccess(@Nullable Secret token, SSLContext tls) {

    /** Neither a token nor certificates. */
    public static AdminAccess plain() {
        try {
            return new AdminAccess(null, SSLContext.getDefault());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /**
     * Reads certificates.
     *
     * @param caFile who must have signed the endpoint's certificate, or {@code null} for the authorities that Java knows
     * @param certFile our own certificate, or {@code null}
     * @param keyFile its key, or {@code null}
     * @throws IOException if they are of no use; the message says why
     */
    public static AdminAccess with(@Nullable Secret token, @Nullable Path caFile, @Nullable Path certFile,
            @Nullable Path keyFile) throws IOException {
        if (caFile == null && certFile == null && keyFile == null) {
            return new AdminAccess(token, plain().tls());
        }
        if ((certFile == null) != (keyFile == null)) {
            throw new IOException("a certificate needs both its file and that of its key");
        }
        List<X509Certificate> authorities = caFile == null
                ? List.of()
                : PemFile.certificates(caFile);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(certFile == null || keyFile == null
                    ? null
                    : TlsManagers.showing(TlsIdentity.read(certFile, keyFile)),
                    authorities.isEmpty() ? null : TlsManagers.trusting(authorities), null);
            return new AdminAccess(token, context);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates are of no use: " + e.getMessage(), e);
        }
    }
}
