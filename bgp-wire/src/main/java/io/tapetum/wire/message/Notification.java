package io.tapetum.wire.message;

import java.util.Arrays;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * NOTIFICATION (RFC 4271 §4.5). Codes and subcodes are kept as numbers, because a peer may send any;
 * {@link ErrorCode} names the known ones.
 *
 * @param code 1 to 255
 * @param subcode 0 to 255
 * @param data never shared: copied in and out
 */
public record Notification(int code, int subcode, byte[] data) implements Message {

    private static final byte[] NO_DATA = new byte[0];

    public Notification {
        data = data.clone();
    }

    public static Notification of(ErrorCode error) {
        return new Notification(error.code(), error.subcode(), NO_DATA);
    }

    public static Notification of(ErrorCode error, byte[] data) {
        return new Notification(error.code(), error.subcode(), data);
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    /** The error this NOTIFICATION names, or {@code null} for one that is not known here. */
    public @Nullable ErrorCode error() {
        return ErrorCode.of(code, subcode);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Notification that && code == that.code && subcode == that.subcode
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * code + subcode) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        ErrorCode error = error();
        String name = error == null ? "unknown error" : error.description();
        String octets = data.length == 0 ? "" : " data " + HexFormat.of().formatHex(data);
        return code + "/" + subcode + " " + name + octets;
    }
}
