package io.tapetum.server.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A TCP address of this host.
 *
 * @param address one address; {@code 0.0.0.0} for every IPv4 address; {@code ::} for every IPv6 address, and for every
 *            IPv4 address too unless {@code 0.0.0.0} is listed with the same port
 * @param port 1 to 65535
 */
public record ListenAddress(InetAddress address, int port) {

    /** What {@link #toString} writes; the port is not optional here. Empty if the text is something else. */
    public static Optional<ListenAddress> parse(String text) {
        return Optional.ofNullable(ListenReader.parse(text, 0)).filter(address -> address.port() != 0);
    }

    /** Whether they would take the same connections. */
    public boolean overlaps(ListenAddress other) {
        return port == other.port
                && (address.equals(other.address) || covers(other.address) || other.covers(address));
    }

    /** {@code ::} leaves IPv4 to {@code 0.0.0.0} where that is listed too, but not to a single IPv4 address. */
    private boolean covers(InetAddress other) {
        return address.isAnyLocalAddress()
                && (isIpv6() ? !other.isAnyLocalAddress() : other instanceof Inet4Address);
    }

    /** Which family the address is of. */
    public boolean isIpv6() {
        return address instanceof Inet6Address;
    }

    /** For sockets. */
    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(address, port);
    }

    /** As it is written in a configuration: {@code 10.0.0.1:179}, {@code [2001:db8:0:0:0:0:0:1]:179}, {@code 0.0.0.0:179}. */
    @Override
    public String toString() {
        if (isIpv6()) {
            return (address.isAnyLocalAddress() ? "*" : "[" + address.getHostAddress() + "]") + ":" + port;
        }
        return address.getHostAddress() + ":" + port;
    }
}
