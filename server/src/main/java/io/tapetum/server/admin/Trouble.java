package io.tapetum.server.admin;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

/** What an operator does about an exchange that failed on its way. */
final class Trouble {

    private Trouble() {}

    /** In one sentence. */
    static String explain(IOException e, boolean encrypted) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(e.getMessage());
        return switch (root) {
            case CertificateExpiredException _ -> "its certificate has expired; renew it";
            case CertificateNotYetValidException _ -> "its certificate is not valid yet; compare the clocks";
            case CertPathBuilderException _ -> untrusted();
            case CertPathValidatorException _ -> untrusted();
            case CertificateException _ -> "its certificate is for somebody else (" + root.getMessage()
                    + "); ask it by a name or address that the certificate has";
            default -> encrypted ? ofTls(message) : ofPlainHttp(message);
        };
    }

    private static String untrusted() {
        return "its certificate is not trusted; name the file with the certificate of whoever signed it with"
                + " --admin-ca";
    }

    private static String ofTls(String message) {
        if (message.contains("SSL message")) {
            return "it does not speak TLS; if that is right, leave out https://";
        }
        if (message.contains("timed out")) {
            // A server without TLS waits for the end of what it takes for a line.
            return message + "; if it does not speak TLS, leave out https://";
        }
        // These are alerts of TLS (RFC 8446 §6.2), as Java spells them.
        if (message.contains("certificate_required") || message.contains("bad_certificate")
                || message.contains("certificate_unknown")) {
            return "it trusts no certificate that was shown to it; give one with --admin-cert and --admin-key";
        }
        return message;
    }

    private static String ofPlainHttp(String message) {
        // An alert of TLS in the place of an answer, or none at all.
        return message.contains("status line") || message.contains("header parser received no bytes")
                || message.contains("Connection reset")
                        ? message + "; if it speaks TLS, say --admin https://HOST:PORT"
                        : message;
    }
}
