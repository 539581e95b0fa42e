package io.tapetum.server.calico.kubernetes;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/** What kind of key a client has. The client library knows it only of keys in forms that say so in their first line. */
final class PrivateKeys {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private PrivateKeys() {}

    /**
     * {@code EC} or {@code RSA}, the latter also if there is no key, or none that can be read.
     *
     * @param data a PEM file in base64, or {@code null} if there is no key
     */
    static String algorithm(@Nullable String data) {
        if (data == null) {
            return "RSA";
        }
        try {
            String pem = new String(Base64.getMimeDecoder().decode(data), StandardCharsets.US_ASCII);
            int begin = pem.indexOf(BEGIN);
            int end = pem.indexOf(END);
            if (begin < 0 || end < begin) {
                return pem.contains("BEGIN EC PRIVATE KEY") ? "EC" : "RSA";
            }
            byte[] encoded = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
            KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return "EC";
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return "RSA";
        }
    }
}
