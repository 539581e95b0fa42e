package io.tapetum.core.session;

/**
 * For how long something has been so, if it is: a number that its owner keeps in a volatile field, writes when that changes,
 * and shows to any thread. It is no object, for every session has several, and looks at them whenever it sends.
 */
final class Lapse {

    /** It is not so. Times are odd, at the cost of a nanosecond. */
    static final long NONE = 0;

    private Lapse() {}

    /** It is so from now on. */
    static long since(long nowNanos) {
        return nowNanos | 1;
    }

    /** For how long it has been so, at least a nanosecond; 0 if it is not. */
    static long nanos(long since, long nowNanos) {
        return since == NONE ? 0 : Math.max(1, nowNanos - since);
    }
}
