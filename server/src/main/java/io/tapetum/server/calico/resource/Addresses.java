package io.tapetum.server.calico.resource;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Addresses as Calico writes them. No text ever makes a name server be asked. */
final class Addresses {

    /** InetAddress understands 10.1 as 10.0.0.1, and numbers with leading zeros. */
    private static final Pattern DOTTED_QUAD = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})(?:\\.(?!$)|$)){4}");

    private static final Pattern PREFIX_LENGTH = Pattern.compile("\\d{1,3}");
    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]*:[^\\[\\]]*)](?::(\\d{1,5}))?");
    private static final Pattern IPV4_WITH_PORT = Pattern.compile("([^:]*):(\\d{1,5})");

    private static final int LARGEST_PORT = 0xFFFF;

    /**
     * A peer's address.
     *
     * @param port 1 to 65535, or {@code null} if none is written behind it
     */
    record WithPort(InetAddress address, @Nullable Integer port) {}

    private Addresses() {}

    /** The address of one host. {@code null} for anything else: names, zones, wildcards, multicast. */
    static @Nullable InetAddress host(String text) {
        if (text.indexOf('%') >= 0 || text.indexOf(':') < 0 && !DOTTED_QUAD.matcher(text).matches()) {
            return null;
        }
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            return address.isAnyLocalAddress() || address.isMulticastAddress() ? null : address;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** The address of {@code 10.0.0.2/24}, or of a bare address. {@code null} if it is neither. */
    static @Nullable InetAddress hostOfPrefix(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return host(text);
        }
        InetAddress address = host(text.substring(0, slash));
        String length = text.substring(slash + 1);
        if (address == null || !PREFIX_LENGTH.matcher(length).matches()) {
            return null;
        }
        return Integer.parseInt(length) <= address.getAddress().length * Byte.SIZE ? address : null;
    }

    /** {@code 10.0.0.2}, {@code 10.0.0.2:1790}, {@code fd00::2}, {@code [fd00::2]} or {@code [fd00::2]:1790}. */
    static @Nullable WithPort withPort(String text) {
        Matcher matcher = BRACKETED.matcher(text);
        if (!matcher.matches()) {
            matcher = IPV4_WITH_PORT.matcher(text);
            if (!matcher.matches()) {
                InetAddress address = host(text);
                return address == null ? null : new WithPort(address, null);
            }
        }
        InetAddress address = host(matcher.group(1));
        String digits = matcher.group(2);
        Integer port = digits == null ? null : Integer.valueOf(digits);
        return address == null || port != null && (port < 1 || port > LARGEST_PORT)
                ? null
                : new WithPort(address, port);
    }

    /** Four octets with dots, in network order; {@code null} if it is none. */
    static @Nullable Integer clusterId(String text) {
        if (!DOTTED_QUAD.matcher(text).matches()) {
            return null;
        }
        try {
            return ByteBuffer.wrap(Inet4Address.ofLiteral(text).getAddress()).getInt();
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
