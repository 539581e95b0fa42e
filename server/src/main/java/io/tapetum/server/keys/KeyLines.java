package io.tapetum.server.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Many keys as text: a line for each, its name, blanks, and its key up to the end of the line. Empty lines, and those that
 * begin with {@code #}, say nothing.
 */
public final class KeyLines {

    private KeyLines() {}

    /** The same in a file. */
    public static SequencedMap<String, TcpKey> read(Path file) throws KeysException {
        byte[] text = {};
        try {
            text = Files.readAllBytes(file);
            return parse(text);
        } catch (KeysException e) {
            throw new KeysException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw SecretReader.unreadable(file, e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /**
     * The keys by name, in the order of their lines.
     *
     * @throws KeysException if a line is wrong; only its number is told, because any part of it may be a key
     */
    static SequencedMap<String, TcpKey> parse(byte[] text) throws KeysException {
        SequencedMap<String, TcpKey> keys = new LinkedHashMap<>();
        int number = 0;
        for (int start = 0; start < text.length;) {
            number++;
            int end = endOfLine(text, start);
            int next = end + 1;
            if (end > start && text[end - 1] == '\r') {
                end--;
            }
            if (end > start && text[start] != '#') {
                parseLine(text, start, end, number, keys);
            }
            start = next;
        }
        if (keys.isEmpty()) {
            throw new KeysException("the file has no keys: expected a line \"NAME KEY\" for each");
        }
        return keys;
    }

    private static void parseLine(byte[] text, int start, int end, int number, SequencedMap<String, TcpKey> keys)
            throws KeysException {
        int endOfName = start;
        while (endOfName < end && !isBlank(text[endOfName])) {
            endOfName++;
        }
        int key = endOfName;
        while (key < end && isBlank(text[key])) {
            key++;
        }
        String name = new String(text, start, endOfName - start, StandardCharsets.ISO_8859_1);
        if (!KeyReference.Stored.NAME.matcher(name).matches()) {
            throw new KeysException(
                    "line " + number + ": expected a name of 1 to 64 small letters, digits, dots, dashes and"
                            + " underscores, a blank and a key");
        }
        byte[] octets = Arrays.copyOfRange(text, key, end);
        try {
            if (keys.put(name, TcpKey.of(octets)) != null) {
                throw new KeysException("line " + number + ": there was a line for this name before; expected one");
            }
        } catch (IllegalArgumentException e) {
            throw new KeysException("line " + number + ": " + e.getMessage(), e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static int endOfLine(byte[] text, int start) {
        int end = start;
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
