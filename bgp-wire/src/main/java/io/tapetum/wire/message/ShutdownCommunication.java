package io.tapetum.wire.message;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The sentence that an operator sends along with a shutdown or a reset (RFC 9003).
 *
 * <pre>
 *   data of Cease 6/2 and 6/4:  | length 1 | UTF-8 text of that many octets |
 * </pre>
 */
public final class ShutdownCommunication {

    /** Most octets of UTF-8 that are sent. */
    public static final int MAX_OCTETS = 255;

    /** Unicode's replacement character: shown where the peer's octets cannot be. */
    private static final int UNPRINTABLE = 0xFFFD;

    private ShutdownCommunication() {}

    /**
     * A NOTIFICATION that carries the text, or none if the text is empty.
     *
     * @param text cut before the code point that would pass 255 octets
     * @throws IllegalArgumentException if the error is neither an administrative shutdown nor an administrative reset
     */
    public static Notification notification(ErrorCode error, String text) {
        if (!carriesText(error.code(), error.subcode())) {
            throw new IllegalArgumentException(error + " carries no shutdown communication");
        }
        return text.isEmpty() ? Notification.of(error) : Notification.of(error, encode(text));
    }

    /** The length octet and the text, cut before the code point that would pass 255 octets. */
    public static byte[] encode(String text) {
        ByteBuffer octets = ByteBuffer.allocate(1 + MAX_OCTETS);
        octets.position(1);
        // An encoder that runs out of room has written whole code points only.
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        encoder.encode(CharBuffer.wrap(text), octets, true);
        octets.put(0, (byte) (octets.position() - 1));
        return Arrays.copyOf(octets.array(), octets.position());
    }

    /**
     * The text that came with a NOTIFICATION, safe to log.
     *
     * <p>Whatever is not valid UTF-8, and whatever could move a cursor, break a line or turn its direction around, is
     * shown as U+FFFD. A length that points past the data takes what is there; octets behind the text are ignored.
     *
     * @return empty if the NOTIFICATION is of another kind, or says nothing
     */
    public static Optional<String> textOf(Notification notification) {
        byte[] data = notification.data();
        if (!carriesText(notification.code(), notification.subcode()) || data.length == 0) {
            return Optional.empty();
        }
        int length = Math.min(Byte.toUnsignedInt(data[0]), data.length - 1);
        String text = new String(data, 1, length, StandardCharsets.UTF_8);
        return text.isEmpty() ? Optional.empty() : Optional.of(printable(text));
    }

    private static boolean carriesText(int code, int subcode) {
        return ErrorCode.of(code, subcode) == ErrorCode.CEASE_ADMINISTRATIVE_SHUTDOWN
                || ErrorCode.of(code, subcode) == ErrorCode.CEASE_ADMINISTRATIVE_RESET;
    }

    private static String printable(String text) {
        return text.codePoints().map(point -> isPrintable(point) ? point : UNPRINTABLE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }
}
