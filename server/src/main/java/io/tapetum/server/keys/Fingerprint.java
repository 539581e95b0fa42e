package io.tapetum.server.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import org.bouncycastle.crypto.generators.SCrypt;

/**
 * By which two people see whether they have the same key, without telling it: 40 bits, as {@code 4f1a-09c2-7e}. The same key
 * has the same fingerprint everywhere.
 *
 * <p>
 * Keys that people make up are weak, and whoever has a fingerprint could try all words of a dictionary. So each takes scrypt
 * with a cost of 2^14, block size 8: a twentieth of a second and 16 MiB for every word; and of a strong key, 40 bits say
 * nothing.
 */
public final class Fingerprint {

    /** Makes it another than that of the same key in any other program. */
    private static final byte[] SALT = "tapetum tcp-md5 key fingerprint".getBytes(StandardCharsets.US_ASCII);

    private static final int COST = 1 << 14;
    private static final int BLOCK_SIZE = 8;
    private static final int OCTETS = 5;

    private Fingerprint() {}

    public static String of(TcpKey key) {
        byte[] octets = new byte[key.length()];
        key.copyTo(octets, 0);
        String hex = HexFormat.of().formatHex(SCrypt.generate(octets, SALT, COST, BLOCK_SIZE, 1, OCTETS));
        Arrays.fill(octets, (byte) 0);
        return hex.substring(0, 4) + "-" + hex.substring(4, 8) + "-" + hex.substring(8);
    }
}
