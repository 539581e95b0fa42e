package io.tapetum.server.keys;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Makes keys that nobody guesses and every configuration file can hold: 32 letters and digits, 190 bits, without any sign
 * that one daemon or another takes for the end of a text, a comment or a number.
 */
public final class RandomKey {

    private static final byte[] ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
            .getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = 32;
    private static final int LETTERS = 52;

    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomKey() {}

    public static TcpKey make() {
        byte[] octets = new byte[LENGTH];
        octets[0] = ALPHABET[RANDOM.nextInt(LETTERS)];
        for (int i = 1; i < LENGTH; i++) {
            octets[i] = ALPHABET[RANDOM.nextInt(ALPHABET.length)];
        }
        try {
            return TcpKey.of(octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }
}
