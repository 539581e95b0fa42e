package io.tapetum.rib.log;

/** Counts the buffers a log has not let go of yet. Guarded by the lock of the log. */
final class HeldMemory {

    private int segments;
    private long octets;

    void add(int capacity) {
        segments++;
        octets += capacity;
    }

    void remove(int capacity) {
        segments--;
        octets -= capacity;
    }

    int segments() {
        return segments;
    }

    long octets() {
        return octets;
    }
}
