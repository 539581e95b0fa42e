package io.tapetum.server.etcd;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.EtcdSettings;
import io.tapetum.server.tls.PemException;
import io.tapetum.server.tls.PemFile;
import io.tapetum.server.tls.TlsIdentity;
import io.tapetum.server.tls.TlsManagers;

/**
 * What the PEM files of the settings hold. They are read for every connection, so that renewed certificates are used
 * without a restart.
 *
 * @param authorities who may have signed etcd's certificate; empty for those that Java knows
 * @param chain our certificate first; empty if we have none
 * @param key of our certificate
 */
public record TlsFiles(List<X509Certificate> authorities, List<X509Certificate> chain, @Nullable PrivateKey key) {

    public TlsFiles {
        authorities = List.copyOf(authorities);
        chain = List.copyOf(chain);
    }

    public static TlsFiles read(EtcdSettings settings) throws EtcdException {
        if ((settings.certFile() == null) != (settings.keyFile() == null)) {
            throw new EtcdException("a client certificate for etcd needs both its file and that of its key");
        }
        try {
            return new TlsFiles(settings.caFile() == null ? List.of() : PemFile.certificates(settings.caFile()),
                    settings.certFile() == null ? List.of() : PemFile.certificates(settings.certFile()),
                    settings.keyFile() == null ? null : PemFile.privateKey(settings.keyFile()));
        } catch (PemException e) {
            throw new EtcdException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What decides whether etcd's certificate is trusted; {@code null} for what Java has by itself. */
    public TrustManager @Nullable [] trustManagers() throws EtcdException {
        if (authorities.isEmpty()) {
            return null;
        }
        try {
            return TlsManagers.trusting(authorities);
        } catch (GeneralSecurityException e) {
            throw new EtcdException("the CA certificates for etcd are of no use: " + e.getMessage(), e);
        }
    }

    /** What shows our certificate; {@code null} if we have none. */
    public KeyManager @Nullable [] keyManagers() throws EtcdException {
        if (key == null) {
            return null;
        }
        try {
            return TlsManagers.showing(new TlsIdentity(chain, key));
        } catch (GeneralSecurityException e) {
            throw new EtcdException("the client certificate for etcd and its key are of no use: " + e.getMessage(), e);
        }
    }
}
