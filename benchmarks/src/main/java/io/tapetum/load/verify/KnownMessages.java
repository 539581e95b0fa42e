package io.tapetum.load.verify;

import java.util.Arrays;

import io.tapetum.load.route.RouteBook;

/**
 * UPDATEs that were read and found right, by the first route in them: whoever is sent the same octets need not be read
 * again. Only those whose routes are of one profile and have consecutive numbers are kept; reflectors send hardly any
 * others. What octets say never changes, but whether it is up to date does: that is left to the caller.
 */
final class KnownMessages {

    private static final byte[] NOTHING = {};

    private final byte[][] messages;
    private final int[] counts;
    private final int[] meds;

    KnownMessages(RouteBook book) {
        messages = new byte[book.size()][];
        Arrays.fill(messages, NOTHING);
        counts = new int[book.size()];
        meds = new int[book.size()];
    }

    /**
     * How many routes there are in this message, or 0 if it is not known.
     *
     * @param first the first of them
     */
    int routes(int first, byte[] octets, int from, int to) {
        byte[] known = messages[first];
        return Arrays.equals(known, 0, known.length, octets, from, to) ? counts[first] : 0;
    }

    /** The MED in the message that is known for this first route. */
    int med(int first) {
        return meds[first];
    }

    /** Keeps a message, in the place of another one with the same first route. Allocates if it is of another length. */
    void add(int first, int count, int med, byte[] octets, int from, int to) {
        if (messages[first].length != to - from) {
            messages[first] = new byte[to - from];
        }
        System.arraycopy(octets, from, messages[first], 0, to - from);
        counts[first] = count;
        meds[first] = med;
    }
}
