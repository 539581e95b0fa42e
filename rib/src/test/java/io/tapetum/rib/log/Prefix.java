package io.tapetum.rib.log;

/** A prefix as a value, for the maps of tests. */
record Prefix(long high, long low, int length) {

    static Prefix ipv4(int address, int length) {
        return new Prefix((long) address << 32, 0, length);
    }
}
