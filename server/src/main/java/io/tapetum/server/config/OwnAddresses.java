package io.tapetum.server.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * The addresses by which the datastore knows this reflector, and from which it connects to the peers there.
 *
 * @param ipv4 or {@code null} if there are no IPv4 sessions with peers from the datastore
 * @param ipv6 or {@code null} if there are no IPv6 sessions with peers from the datastore
 */
public record OwnAddresses(@Nullable Inet4Address ipv4, @Nullable Inet6Address ipv6) {

    /** The one of the same family as a peer's address, or {@code null}. */
    public @Nullable InetAddress towards(InetAddress peer) {
        return peer instanceof Inet4Address ? ipv4 : ipv6;
    }

    /** Whether this is one of ours. */
    public boolean contains(InetAddress address) {
        return address.equals(ipv4) || address.equals(ipv6);
    }
}
