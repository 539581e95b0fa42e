package io.tapetum.wire.message;

import java.util.HexFormat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import io.tapetum.wire.BgpHeader;

/** Messages as tests write them down: hexadecimal octets, with spaces where they help the eye. */
public final class Frames {

    private static final String MARKER = "ff".repeat(BgpHeader.MARKER_LENGTH);

    private Frames() {}

    /** The octets, on the heap: nothing to release. */
    public static ByteBuf octets(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    /** Marker, length and type in front of the body. */
    public static ByteBuf frame(int type, String bodyHex) {
        String body = bodyHex.replaceAll("\\s", "");
        return octets(MARKER + "%04x%02x".formatted(BgpHeader.HEADER_LENGTH + body.length() / 2, type) + body);
    }

    /** An OPEN that is right up to its optional parameters: AS 64512, hold time 240, identifier 10.192.0.3. */
    public static ByteBuf open(String parametersFromTheirLengthHex) {
        return frame(BgpHeader.OPEN, "04 fc00 00f0 0ac00003" + parametersFromTheirLengthHex);
    }

    /** An OPEN with these octets as the value of its only parameter, the capabilities. */
    public static ByteBuf openWithCapabilities(String capabilitiesHex) {
        String value = capabilitiesHex.replaceAll("\\s", "");
        int length = value.length() / 2;
        return open("%02x02%02x".formatted(length + 2, length) + value);
    }

    /** What the encoder makes of the message, in hexadecimal. */
    public static String encoded(Message message) {
        ByteBuf out = Unpooled.buffer();
        MessageEncoder.write(message, out);
        return hex(out);
    }

    /** The readable octets in hexadecimal. */
    public static String hex(ByteBuf buffer) {
        return ByteBufUtil.hexDump(buffer);
    }
}
