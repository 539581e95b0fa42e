package io.tapetum.wire.update;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses from literals. */
final class Addresses {

    private Addresses() {}

    static InetAddress of(String literal) {
        try {
            return InetAddress.getByAddress(UpdateBuilder.address(literal));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
