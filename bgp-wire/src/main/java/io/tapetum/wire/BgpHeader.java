package io.tapetum.wire;

import io.netty.buffer.ByteBuf;

/**
 * The header that every message starts with (RFC 4271 §4.1).
 *
 * <pre>
 *   0                16        18     19
 *   +----------------+---------+------+----
 *   | marker         | length  | type | body
 *   | 16 times 0xFF  | 2 octets|      |
 *   +----------------+---------+------+----
 * </pre>
 *
 * The length counts the whole message, header included.
 */
public final class BgpHeader {

    /** Octets of the marker. */
    public static final int MARKER_LENGTH = 16;
    /** Where the two-octet length stands. */
    public static final int LENGTH_OFFSET = 16;
    /** Where the type stands. */
    public static final int TYPE_OFFSET = 18;
    /** Octets of the header; also the smallest message. */
    public static final int HEADER_LENGTH = 19;
    /** Largest message in octets unless RFC 8654 was negotiated. */
    public static final int MAX_LENGTH = 4096;
    /** Largest message in octets, OPEN and KEEPALIVE apart, once RFC 8654 was negotiated. */
    public static final int MAX_EXTENDED_LENGTH = 65535;

    public static final int OPEN = 1;
    public static final int UPDATE = 2;
    public static final int NOTIFICATION = 3;
    public static final int KEEPALIVE = 4;
    /** RFC 2918 §3. */
    public static final int ROUTE_REFRESH = 5;

    private BgpHeader() {}

    /**
     * Appends a header whose length is still open.
     *
     * @return where the message starts, for {@link #finish}
     */
    public static int start(ByteBuf out, int type) {
        int start = out.writerIndex();
        out.writeLong(-1L);
        out.writeLong(-1L);
        out.writeShort(0);
        out.writeByte(type);
        return start;
    }

    /**
     * Sets the length of the message that started at {@code start} and ends at the writer index.
     *
     * @return octets of the whole message; the caller must not let it pass the negotiated maximum
     */
    public static int finish(ByteBuf out, int start) {
        int length = out.writerIndex() - start;
        out.setShort(start + LENGTH_OFFSET, length);
        return length;
    }
}
