package io.tapetum.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** What Java's TLS asks during a handshake. */
public final class TlsManagers {

    /** The stores live in memory only, for as long as it takes to make managers of them. */
    private static final char[] NO_PASSWORD = {};

    private TlsManagers() {}

    /** Decide whether somebody's certificate is trusted: if one of these has signed it. */
    public static TrustManager[] trusting(List<X509Certificate> authorities) throws GeneralSecurityException {
        KeyStore trusted = emptyStore();
        for (int i = 0; i < authorities.size(); i++) {
            trusted.setCertificateEntry("ca" + i, authorities.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    /** Show this certificate. */
    public static KeyManager[] showing(TlsIdentity identity) throws GeneralSecurityException {
        KeyStore ours = emptyStore();
        ours.setKeyEntry("own", identity.key(), NO_PASSWORD, identity.chain().toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(ours, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("an empty store is read from nowhere", e);
        }
    }
}
