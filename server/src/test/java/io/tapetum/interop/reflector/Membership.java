package io.tapetum.interop.reflector;

import io.tapetum.interop.wire.Prefixes;

/**
 * Whom a reflector has a session with, and as what.
 *
 * @param address one address, or a prefix from where everybody is welcome
 * @param as the AS number of the other side
 * @param role its part in reflection
 * @param connects whether the reflector connects at once; otherwise it waits for the other side to
 */
public record Membership(String address, long as, Role role, boolean connects) {

    /** The part of a peer in reflection (RFC 4456 §6). */
    public enum Role {
        CLIENT, NON_CLIENT, EXTERNAL
    }

    /** Everybody in a prefix, as clients that connect by themselves. */
    public static Membership clientsIn(String prefix, long as) {
        return new Membership(prefix, as, Role.CLIENT, false);
    }

    /** One client that connects by itself. */
    public static Membership client(String address, long as) {
        return new Membership(address, as, Role.CLIENT, false);
    }

    /** A reflector of the same AS; either side may connect. */
    public static Membership nonClient(String address, long as) {
        return new Membership(address, as, Role.NON_CLIENT, true);
    }

    /** A router of another AS, connected to. Next hops are kept. */
    public static Membership external(String address, long as) {
        return new Membership(address, as, Role.EXTERNAL, true);
    }

    boolean isRange() {
        return address.indexOf('/') >= 0;
    }

    boolean isIpv6() {
        return Prefixes.isIpv6(address);
    }
}
