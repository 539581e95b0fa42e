package io.tapetum.core.simulation;

import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefixes;

/** A prefix as {@link io.tapetum.wire.nlri.PrefixReader} describes it. */
record Prefix(Family family, long high, long low, int length) {

    static Prefix ipv4(int address, int length) {
        return new Prefix(Family.IPV4_UNICAST, Prefixes.mask((long) address << 32, length), 0, length);
    }

    static Prefix ipv6(long high, long low, int length) {
        return new Prefix(Family.IPV6_UNICAST, Prefixes.mask(high, length), Prefixes.mask(low, length - 64), length);
    }

    @Override
    public String toString() {
        return Prefixes.toString(family, high, low, length);
    }
}
