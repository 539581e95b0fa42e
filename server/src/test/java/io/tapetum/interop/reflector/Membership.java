package io.tapetum.interop.reflector;

import io.tapetum.interop.wire.Prefixes;
import io.tapetum.interop.wire.Protection;

/**
 * Whom a reflector has a session with, and as what.
 *
 * @param address one address, or a prefix from where everybody is welcome
 * @param as the AS number of the other side
 * @param role its part in reflection
 * @param allPaths whether it is told of all paths of a prefix, if it wants them (RFC 7911)
 * @param connects whether the reflector connects at once; otherwise it waits for the other side to
 * @param protection of the packets in its sessions
 */
public record Membership(String address, long as, Role role, boolean allPaths, boolean connects,
        Protection protection) {

    public Membership(String address, long as, Role role, boolean allPaths, boolean connects) {
        this(address, as, role, allPaths, connects, Protection.NONE);
    }

    /** The part of a peer in reflection (RFC 4456 §6). */
    public enum Role {
        CLIENT, NON_CLIENT, EXTERNAL
    }

    /** Everybody in a prefix, as clients that connect by themselves. */
    public static Membership clientsIn(String prefix, long as) {
        return new Membership(prefix, as, Role.CLIENT, false, false);
    }

    /** One client that connects by itself. */
    public static Membership client(String address, long as) {
        return new Membership(address, as, Role.CLIENT, false, false);
    }

    /** A reflector of the same AS; either side may connect. */
    public static Membership nonClient(String address, long as) {
        return new Membership(address, as, Role.NON_CLIENT, false, true);
    }

    /** A router of another AS, connected to. Next hops are kept. */
    public static Membership external(String address, long as) {
        return new Membership(address, as, Role.EXTERNAL, false, true);
    }

    /** The same, told of all paths. */
    public Membership withAllPaths() {
        return new Membership(address, as, role, true, connects, protection);
    }

    /** The same, protected. */
    public Membership with(Protection other) {
        return new Membership(address, as, role, allPaths, connects, other);
    }

    boolean isRange() {
        return address.indexOf('/') >= 0;
    }

    boolean isIpv6() {
        return Prefixes.isIpv6(address);
    }
}
