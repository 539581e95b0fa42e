package io.tapetum.server.cli;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.tapetum.server.config.OwnAddresses;

/**
 * Addresses by which peers are told to know this reflector, and that no interface of this host has. Nobody refuses them: a
 * virtual address that moves between hosts is away at times. More often they are a mistake, and the peers are elsewhere.
 */
final class ForeignAddresses {

    private ForeignAddresses() {}

    /** A sentence for operators about each that is foreign at present. */
    static List<String> of(OwnAddresses addresses) {
        return Stream.of(addresses.ipv4(), addresses.ipv6()).filter(Objects::nonNull)
                .filter(ForeignAddresses::isForeign)
                .map(address -> "no interface of this host has " + address.getHostAddress() + ", by which peers of the"
                        + " datastore know this reflector: they connect elsewhere, and it cannot connect to them; see"
                        + " tapetum.addresses, or IP and IP6, and `ip address`")
                .toList();
    }

    private static boolean isForeign(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) == null;
        } catch (SocketException e) {
            return false; // Nobody knows, so nobody is worried.
        }
    }
}
