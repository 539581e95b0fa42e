package io.tapetum.server.etcd;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;

import javax.net.ssl.SSLException;

/** What to tell operators when a connection comes to nothing. The exceptions of Java and Netty bury that in their causes. */
public final class ConnectionFailure {

    private ConnectionFailure() {}

    /** One sentence, from the innermost cause that says anything. */
    public static EtcdException of(URI endpoint, Throwable failure) {
        return new EtcdException("etcd at " + endpoint + " " + sentence(endpoint, failure), failure);
    }

    private static String sentence(URI endpoint, Throwable failure) {
        String other = "failed: " + innermostMessage(failure);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CertificateExpiredException _ -> {
                    return "shows a certificate that has expired: renew it";
                }
                case CertPathBuilderException _ -> {
                    return "shows a certificate that is not trusted: name the file with the CA that signed it";
                }
                case CertificateException refused when refused.getCause() == null -> {
                    return "shows a certificate that does not fit: " + refused.getMessage();
                }
                case UnknownHostException _ -> {
                    return "cannot be found: DNS does not know the host " + endpoint.getHost();
                }
                case UnresolvedAddressException _ -> {
                    return "cannot be found: DNS does not know the host " + endpoint.getHost();
                }
                case NoRouteToHostException _ -> {
                    return "cannot be reached: there is no route to it";
                }
                case ConnectException refused -> other = refused(refused);
                case SSLException tls -> other = tls(endpoint, String.valueOf(tls.getMessage()));
                default -> {
                    // Wrapped: what matters is further inside.
                }
            }
        }
        return other;
    }

    private static String refused(ConnectException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("timed out") || message.contains("timeout")
                ? "cannot be reached: no answer to the connection; look for a firewall in between"
                : "refuses connections: see whether it runs, and listens for clients there";
    }

    private static String tls(URI endpoint, String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("not an ssl/tls record") || text.contains("unsupported or unrecognized ssl message")) {
            return "does not speak TLS: write http, or let etcd listen with TLS";
        }
        if (text.contains("bad_certificate") || text.contains("certificate_required")
                || text.contains("certificate_unknown") || text.contains("unknown_ca")) {
            return "does not accept our certificate (" + message
                    + "): name the files with a client certificate that its CA signed, and its key";
        }
        return "failed in TLS with " + endpoint.getHost() + ": " + message;
    }

    private static String innermostMessage(Throwable failure) {
        String message = failure.toString();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null) {
                message = cause.getMessage();
            }
        }
        return message;
    }
}
