package io.tapetum.interop.wire;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Prefixes as text, such as {@code 10.1.0.0/24}, and as NLRI (RFC 4271 §4.3). */
public final class Prefixes {
    private Prefixes() {}

    /** Whether a prefix or an address is an IPv6 one. */
    public static boolean isIpv6(String prefix) {
        return prefix.indexOf(':') >= 0;
    }

    /** The octets of an address in text form. */
    public static byte[] address(String text) {
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Not an address: " + text, e);
        }
    }

    /** A prefix as NLRI, in hexadecimal. */
    public static String encoded(String prefix) {
        return HexFormat.of().formatHex(encode(List.of(prefix)));
    }

    static byte[] encode(List<String> prefixes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String prefix : prefixes) {
            int slash = prefix.indexOf('/');
            int length = Integer.parseInt(prefix.substring(slash + 1));
            out.write(length);
            out.write(address(prefix.substring(0, slash)), 0, (length + 7) / 8);
        }
        return out.toByteArray();
    }

    /** Every prefix between the buffer's position and its limit. */
    static List<String> decode(ByteBuffer octets, int addressLength) {
        List<String> prefixes = new ArrayList<>();
        while (octets.hasRemaining()) {
            int length = octets.get() & 0xFF;
            byte[] address = new byte[addressLength];
            octets.get(address, 0, (length + 7) / 8);
            prefixes.add(text(address) + "/" + length);
        }
        return prefixes;
    }

    /** An address in the form of RFC 5952, as the daemons print it. */
    public static String text(byte[] address) {
        try {
            String text = InetAddress.getByAddress(address).getHostAddress();
            return address.length == 4 ? text : text.replaceFirst("(^|:)(0(:0)+)(:|$)", "::");
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
