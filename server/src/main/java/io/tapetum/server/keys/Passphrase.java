package io.tapetum.server.keys;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a keystore is encrypted with. Closing it overwrites its characters. For one thread at a time. */
public final class Passphrase implements AutoCloseable {

    /** Shorter ones are guessed, however slow each try is. */
    public static final int SHORTEST_NEW = 8;

    private final char[] characters;

    private Passphrase(char[] characters) {
        this.characters = characters;
    }

    /**
     * A passphrase with a copy of these characters.
     *
     * @throws KeysException if there are none; an empty passphrase protects nothing
     */
    public static Passphrase of(char[] characters) throws KeysException {
        if (characters.length == 0) {
            throw new KeysException("the passphrase is empty; a keystore needs one");
        }
        return new Passphrase(characters.clone());
    }

    /** The passphrase that is encoded so in UTF-8. */
    static Passphrase decode(byte[] octets) throws CharacterCodingException, KeysException {
        CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
        char[] characters = Arrays.copyOf(decoded.array(), decoded.remaining());
        Arrays.fill(decoded.array(), '\0');
        try {
            return of(characters);
        } finally {
            Arrays.fill(characters, '\0');
        }
    }

    /** Whether it is good enough for a new keystore. */
    public boolean isLongEnough() {
        return characters.length >= SHORTEST_NEW;
    }

    /** The characters themselves, for whoever keeps no copy. */
    char[] characters() {
        return characters;
    }

    @Override
    public void close() {
        Arrays.fill(characters, '\0');
    }

    /** Nothing about the characters. */
    @Override
    public String toString() {
        return "(secret)";
    }
}
