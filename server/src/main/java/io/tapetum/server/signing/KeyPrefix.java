package io.tapetum.server.signing;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses whose segments are signed with one key.
 *
 * @param network its first address: no bit behind the prefix is set
 * @param length of the prefix, 0 to 32 or 0 to 128
 */
record KeyPrefix(InetAddress network, int length) {

    /** The longest prefix that two addresses of one family have in common, but none longer than this. */
    static KeyPrefix common(byte[] one, byte[] other, int atMost) {
        int length = 0;
        while (length < atMost && bit(one, length) == bit(other, length)) {
            length++;
        }
        byte[] network = one.clone();
        for (int i = length; i < network.length * Byte.SIZE; i++) {
            network[i / Byte.SIZE] &= (byte) ~(0x80 >>> i % Byte.SIZE);
        }
        return new KeyPrefix(address(network), length);
    }

    /** Just this address. */
    static KeyPrefix of(InetAddress address) {
        return new KeyPrefix(address, address.getAddress().length * Byte.SIZE);
    }

    boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        byte[] own = network.getAddress();
        return octets.length == own.length && common(octets, own, length).length == length;
    }

    /** A bit of an address, counted from the first. */
    static int bit(byte[] octets, int index) {
        return octets[index / Byte.SIZE] >>> Byte.SIZE - 1 - index % Byte.SIZE & 1;
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 octets", e);
        }
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + length;
    }
}
