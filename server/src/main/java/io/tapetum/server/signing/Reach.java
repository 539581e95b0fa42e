package io.tapetum.server.signing;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Whose connections a listening socket takes. */
public enum Reach {
    IPV4, IPV6,
    /** An IPv6 socket, to which IPv4 addresses are mapped ones. */
    BOTH;

    boolean includes(InetAddress address) {
        return switch (this) {
            case IPV4 -> address instanceof Inet4Address;
            case IPV6 -> !(address instanceof Inet4Address);
            case BOTH -> true;
        };
    }

    boolean isIpv6Socket() {
        return this != IPV4;
    }
}
