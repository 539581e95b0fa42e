package io.tapetum.server.admin;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.config.AdminSettings;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.keys.KeystoreFile;
import io.tapetum.server.keys.KeystoreIdentity;
import io.tapetum.server.keys.SecretReader;
import io.tapetum.server.tls.TlsIdentity;

/** How connections to the endpoint are encrypted: TLS 1.3 or 1.2, with the newest certificate. */
final class EndpointTls extends HttpsConfigurator {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** For how long a client may come back without showing its certificate again, in seconds. */
    private static final int SESSION_SECONDS = 300;

    private final boolean clientsShowCertificates;

    private EndpointTls(SSLContext context, boolean clientsShowCertificates) {
        super(context);
        this.clientsShowCertificates = clientsShowCertificates;
    }

    /**
     * Reads certificates and keys.
     *
     * @param environment variables, of which one may have the passphrase of the keystore
     * @throws IOException if they are of no use; the message says why
     */
    static EndpointTls open(AdminSettings.Tls settings, Map<String, String> environment) throws IOException {
        // A certificate that cannot be renewed is better than none.
        Renewed<TlsIdentity> identity = Renewed.open("the admin endpoint's certificate",
                source(settings.certificate(), environment), UnaryOperator.identity());
        KeyManager[] keys = {new RenewedKeyManager(identity)};
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, clients(settings), null);
            context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
            return new EndpointTls(context, settings.clientCaFile() != null);
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no TLS: " + e.getMessage(), e);
        }
    }

    private static Renewed.Source<TlsIdentity> source(AdminSettings.Certificate certificate,
            Map<String, String> environment) {
        return switch (certificate) {
            case AdminSettings.Certificate.Files(Path cert, Path key) -> () -> TlsIdentity.read(cert, key);
            case AdminSettings.Certificate.InKeystore(Path store, KeyReference passphrase) ->
                new KeystoreIdentity(new KeystoreFile(store), passphrase, new SecretReader(environment))::read;
        };
    }

    private static TrustManager @Nullable [] clients(AdminSettings.Tls settings) throws IOException {
        Path file = settings.clientCaFile();
        return file == null
                ? null
                : new TrustManager[]{new RenewedTrustManager(Renewed.open("the authorities of admin clients",
                        () -> RenewedTrustManager.Authorities.read(file), UnaryOperator.identity()))};
    }

    @Override
    public void configure(HttpsParameters connection) {
        SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setNeedClientAuth(clientsShowCertificates);
        connection.setSSLParameters(parameters);
    }
}
