package io.tapetum.server.admin;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.tls.PemFile;
import io.tapetum.server.tls.TlsManagers;

/** Asks the newest authorities about the certificates of clients. Callable by any thread. */
final class RenewedTrustManager extends X509ExtendedTrustManager {

    /** Authorities, and what Java makes of them. Equal to another with the same authorities. */
    record Authorities(List<X509Certificate> certificates, X509ExtendedTrustManager manager) {

        static Authorities read(Path file) throws IOException {
            List<X509Certificate> certificates = PemFile.certificates(file);
            try {
                return new Authorities(certificates, Arrays.stream(TlsManagers.trusting(certificates))
                        .filter(X509ExtendedTrustManager.class::isInstance).map(X509ExtendedTrustManager.class::cast)
                        .findFirst().orElseThrow());
            } catch (GeneralSecurityException e) {
                throw new IOException("the certificates in " + file + " are of no use: " + e.getMessage(), e);
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Authorities that && certificates.equals(that.certificates);
        }

        @Override
        public int hashCode() {
            return certificates.hashCode();
        }
    }

    private final Renewed<Authorities> authorities;

    RenewedTrustManager(Renewed<Authorities> authorities) {
        this.authorities = authorities;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        authorities.get().manager().checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        authorities.get().manager().checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        authorities.get().manager().checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        throw notOfServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        throw notOfServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw notOfServers();
    }

    private static CertificateException notOfServers() {
        return new CertificateException("only the certificates of clients are judged here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.get().manager().getAcceptedIssuers();
    }
}
