package io.tapetum.interop.wire;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A BGP message seen on the wire.
 *
 * @param time when it was seen
 * @param source the address it came from
 * @param destination the address it went to
 * @param hex the whole message, header included, in hexadecimal
 */
public record CapturedMessage(Instant time, String source, String destination, String hex) {
    private static final int UPDATE = 2;
    private static final int NOTIFICATION = 3;

    /** The type code (RFC 4271 §4.1). */
    public int type() {
        return Integer.parseInt(hex.substring(36, 38), 16);
    }

    /** Its length in octets. */
    public int length() {
        return hex.length() / 2;
    }

    /** The attributes of an UPDATE, each without how its length was written; none for other messages. */
    public List<Attribute> attributes() {
        return type() == UPDATE
                ? Update.readAttributes(HexFormat.of().parseHex(hex)).stream().map(Attribute::withoutLengthForm)
                        .toList()
                : List.of();
    }

    /** What an UPDATE without path identifiers says. */
    public Optional<Update> update() {
        return type() == UPDATE ? Optional.of(Update.read(HexFormat.of().parseHex(hex))) : Optional.empty();
    }

    /** Error code and subcode of a NOTIFICATION, such as {@code 6/2}. */
    public Optional<String> notification() {
        return type() == NOTIFICATION
                ? Optional.of(Integer.parseInt(hex.substring(38, 40), 16) + "/"
                        + Integer.parseInt(hex.substring(40, 42), 16))
                : Optional.empty();
    }

    /** Whether it went from one host to another. */
    public boolean went(String from, String to) {
        return source.equals(from) && destination.equals(to);
    }
}
