package io.tapetum.server.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads keys and passphrases that files and variables hold. The octets of a variable are its text in UTF-8; Java keeps
 * that text for as long as the process lives, and nobody can wipe it. Immutable.
 */
public final class SecretReader {

    /** Stands in a variable's text for octets that are no text in the locale of the process. */
    private static final char REPLACEMENT = '\uFFFD';

    /** No passphrase is longer, and nobody should load a disk image by mistake. */
    private static final int LONGEST_PASSPHRASE = 4096;

    private static final int LINE_BREAK = 2;

    /** In UTF-8, for one of Java's. */
    private static final int LONGEST_CHARACTER = 3;

    private final Map<String, String> variables;

    public SecretReader(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The key in a file or a variable. */
    public TcpKey key(KeyReference where) throws KeysException {
        return key(octets(where, TcpKey.MAX_OCTETS), where);
    }

    /** The key that somebody sends through a pipe, with a line break at its end or without. */
    public static TcpKey piped(InputStream in) throws KeysException {
        try {
            return key(withoutLineBreak(in.readNBytes(TcpKey.MAX_OCTETS + LINE_BREAK + 1), "standard input",
                    TcpKey.MAX_OCTETS), "standard input");
        } catch (KeysException e) {
            throw e;
        } catch (IOException e) {
            throw new KeysException("standard input cannot be read: " + e, e);
        }
    }

    /** The key that somebody has typed, in UTF-8. */
    public static TcpKey typed(char[] characters) throws KeysException {
        ByteBuffer encoded = ByteBuffer.allocate(characters.length * LONGEST_CHARACTER);
        boolean failed = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(characters), encoded, true)
                .isError();
        byte[] octets = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        if (failed) {
            Arrays.fill(octets, (byte) 0);
            throw new KeysException("what was typed has something that is no character: type it again");
        }
        return key(octets, "what was typed");
    }

    /** Wipes the octets. */
    private static TcpKey key(byte[] octets, Object where) throws KeysException {
        try {
            return TcpKey.of(octets);
        } catch (IllegalArgumentException e) {
            throw new KeysException(where + " cannot be used: " + e.getMessage(), e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** The passphrase in a file or a variable. */
    public Passphrase passphrase(KeyReference where) throws KeysException {
        byte[] octets = octets(where, LONGEST_PASSPHRASE);
        try {
            return Passphrase.decode(octets);
        } catch (CharacterCodingException _) {
            // Without the cause, which says where in the passphrase it stumbled.
            throw new KeysException("the passphrase in " + where + " is not text in UTF-8");
        } catch (KeysException e) {
            throw new KeysException("the passphrase in " + where + " is empty: put it there", e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private byte[] octets(KeyReference where, int most) throws KeysException {
        return switch (where) {
            case KeyReference.InFile inFile -> withoutLineBreak(file(inFile.file(), most), where, most);
            case KeyReference.Variable variable -> variable(variable, most);
            case KeyReference.Stored _,KeyReference.InSecret _ ->
                throw new IllegalArgumentException(where + " is no file and no variable");
        };
    }

    private byte[] variable(KeyReference.Variable variable, int most) throws KeysException {
        @Nullable
        String text = variables.get(variable.name());
        if (text == null) {
            throw new KeysException("the environment has no variable " + variable.name()
                    + ": set it where this process is started");
        }
        if (text.indexOf(REPLACEMENT) >= 0) {
            throw new KeysException("the variable " + variable.name() + " has octets that are no characters in this"
                    + " process's locale: put the key into a file");
        }
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (octets.length > most) {
            Arrays.fill(octets, (byte) 0);
            throw tooLong(variable, most);
        }
        return octets;
    }

    /** At most that many octets of a file and a line break, and one more if there are more. */
    private static byte[] file(Path file, int most) throws KeysException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most + LINE_BREAK + 1);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static byte[] withoutLineBreak(byte[] octets, Object where, int most) throws KeysException {
        int end = octets.length;
        if (end > 0 && octets[end - 1] == '\n') {
            end--;
            if (end > 0 && octets[end - 1] == '\r') {
                end--;
            }
        }
        byte[] rest = Arrays.copyOf(octets, end);
        Arrays.fill(octets, (byte) 0);
        if (end > most) {
            Arrays.fill(rest, (byte) 0);
            throw tooLong(where, most);
        }
        return rest;
    }

    private static KeysException tooLong(Object where, int most) {
        return new KeysException(where + " is too long: " + most + " octets at most can be used");
    }

    /** What an operator has to know of a file that is not there, or may not be read. */
    static KeysException unreadable(Path file, IOException e) {
        return new KeysException(switch (e) {
            case NoSuchFileException _ -> file + " does not exist: see whether it is mounted, and named right";
            case AccessDeniedException _ -> file + " may not be read by this process: check its owner and mode";
            default -> Files.isDirectory(file)
                    ? file + " is a folder; expected a file"
                    : file + " cannot be read: " + e;
        }, e);
    }
}
