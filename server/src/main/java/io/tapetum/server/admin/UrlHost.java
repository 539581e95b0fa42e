package io.tapetum.server.admin;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** The host of a URL, which clients send as HTTP's Host, too: a name, or an address (RFC 3986 §3.2.2). */
final class UrlHost {

    private static final Pattern ADDRESS = Pattern.compile("\\[[0-9A-Fa-f:.]+]|\\d{1,3}(\\.\\d{1,3}){3}");

    private UrlHost() {}

    /** Whether it is an address, which no server of names can make another. */
    static boolean isAddress(String host) {
        return address(host).isPresent();
    }

    /** Whether nobody but this host is meant by it. */
    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || address(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private static Optional<InetAddress> address(String host) {
        if (!ADDRESS.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
