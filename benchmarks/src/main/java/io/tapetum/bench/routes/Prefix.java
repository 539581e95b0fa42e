package io.tapetum.bench.routes;

/** A prefix as the triple that {@link io.tapetum.wire.nlri.PrefixReader} describes. */
public record Prefix(long high, long low, int length) {

    /** An IPv4 prefix; its address as 32 bits in network order. */
    static Prefix ipv4(int address, int length) {
        return new Prefix((long) address << 32, 0, length);
    }
}
