package io.tapetum.server.keys;

import java.nio.charset.StandardCharsets;

/** Keys and passphrases for tests. */
final class Samples {

    private Samples() {}

    static TcpKey key(String text) {
        return TcpKey.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static Passphrase passphrase(String text) {
        try {
            return Passphrase.of(text.toCharArray());
        } catch (KeysException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String text(TcpKey key) {
        byte[] octets = new byte[key.length()];
        key.copyTo(octets, 0);
        return new String(octets, StandardCharsets.UTF_8);
    }
}
