package io.tapetum.core;

import java.net.InetAddress;

import io.tapetum.core.settings.DynamicRange;

/** A dynamic range and how many of its peers exist. Guarded by the lock of {@link PeerRegistry}. */
final class AddressRange {

    private final DynamicRange settings;
    private final byte[] network;
    private int peers;

    AddressRange(DynamicRange settings) {
        this.settings = settings;
        this.network = settings.network().getAddress();
    }

    DynamicRange settings() {
        return settings;
    }

    boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != network.length) {
            return false;
        }
        int whole = settings.prefixLength() / 8;
        for (int i = 0; i < whole; i++) {
            if (octets[i] != network[i]) {
                return false;
            }
        }
        int bits = settings.prefixLength() % 8;
        return bits == 0 || ((octets[whole] ^ network[whole]) & (0xFF00 >> bits) & 0xFF) == 0;
    }

    boolean isFull() {
        return peers >= settings.limit();
    }

    void peerAdded() {
        peers++;
    }

    void peerRemoved() {
        peers--;
    }
}
