package io.tapetum.server.keys;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Many keys as one secret: a version, and for every key its name, its dates and its octets.
 *
 * <p>
 * A keystore could have an entry for each. But Bouncy Castle encrypts every entry once more inside of the keystore, with a
 * slow derivation of its own, so that a keystore with two hundred keys would take 15 s to open; and it remembers only one
 * date. The format is {@code version(1)}, then {@code length(1) name created(8) changed(8) length(1) octets} until the end,
 * dates in seconds since 1970.
 */
final class KeyPack {

    private static final byte VERSION = 1;
    private static final int FIXED = 1 + Long.BYTES + Long.BYTES + 1;

    private KeyPack() {}

    /** A secret that the caller wipes. */
    static byte[] pack(SequencedMap<String, StoredKey> keys) {
        int size = 1;
        for (var entry : keys.entrySet()) {
            size += FIXED + entry.getKey().length() + entry.getValue().key().length();
        }
        ByteBuffer packed = ByteBuffer.allocate(size).put(VERSION);
        keys.forEach((name, stored) -> {
            packed.put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII));
            packed.putLong(stored.created().getEpochSecond()).putLong(stored.changed().getEpochSecond());
            packed.put((byte) stored.key().length());
            stored.key().copyTo(packed.array(), packed.position());
            packed.position(packed.position() + stored.key().length());
        });
        return packed.array();
    }

    /** @throws KeysException if this is of a newer version, or no pack */
    static SortedMap<String, StoredKey> unpack(byte[] octets) throws KeysException {
        ByteBuffer packed = ByteBuffer.wrap(octets);
        SortedMap<String, StoredKey> keys = new TreeMap<>();
        try {
            byte version = packed.get();
            if (version != VERSION) {
                throw new KeysException("its keys are kept in form " + version + ", and this Tapetum knows form "
                        + VERSION + ": use a newer one");
            }
            while (packed.hasRemaining()) {
                String name = new String(octets(packed), StandardCharsets.US_ASCII);
                if (!KeyReference.Stored.NAME.matcher(name).matches()) {
                    throw new KeysException("it has a key with a name that no key can have");
                }
                Instant created = Instant.ofEpochSecond(packed.getLong());
                Instant changed = Instant.ofEpochSecond(packed.getLong());
                byte[] key = octets(packed);
                keys.put(name, new StoredKey(TcpKey.of(key), created, changed));
                Arrays.fill(key, (byte) 0);
            }
            return keys;
        } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException e) {
            throw new KeysException("its keys cannot be read", e);
        }
    }

    private static byte[] octets(ByteBuffer packed) {
        byte[] octets = new byte[Byte.toUnsignedInt(packed.get())];
        packed.get(octets);
        return octets;
    }
}
