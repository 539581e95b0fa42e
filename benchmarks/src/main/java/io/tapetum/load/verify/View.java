package io.tapetum.load.verify;

import java.util.Arrays;

import io.tapetum.load.route.RouteBook;

/** What one client has been told. Belongs to the event loop. */
public final class View {

    private final RouteBook book;
    private final int client;
    private final Tally tally;
    private final long[] right;
    private int missing;

    /**
     * A view of nothing.
     *
     * @param tally counts what is missing here too, from now on
     */
    public View(RouteBook book, int client, Tally tally) {
        this.book = book;
        this.client = client;
        this.tally = tally;
        right = new long[(book.size() + Long.SIZE - 1) / Long.SIZE];
        missing = expected();
        tally.add(missing);
    }

    /** Number of the client. */
    public int client() {
        return client;
    }

    /** How many routes are not right. */
    public int missing() {
        return missing;
    }

    /** Whether no route is right. */
    public boolean knowsNothing() {
        return missing == expected();
    }

    /** The first route that is not right, or -1. */
    public int firstMissing() {
        for (int route = 0; route < book.size(); route++) {
            if (!isRight(route) && book.ownerOf(route) != client) {
                return route;
            }
        }
        return -1;
    }

    /** Nothing is right: the session is a new one, or every owner says something new. */
    public void forgetAll() {
        Arrays.fill(right, 0);
        tally.add(expected() - missing);
        missing = expected();
    }

    /** A route is not right: it was withdrawn, or its owner says something new. */
    public void forget(int route) {
        if (isRight(route)) {
            right[route / Long.SIZE] &= ~(1L << route);
            missing++;
            tally.add(1);
        }
    }

    /** So many routes from the first are right now. */
    void told(int first, int count, long nowNanos) {
        int end = first + count;
        int route = first;
        while (route < end) {
            int word = route / Long.SIZE;
            int next = Math.min(end, (word + 1) * Long.SIZE);
            long bits = -1L << route & -1L >>> -next;
            long arrived = bits & ~right[word];
            if (arrived != 0) {
                right[word] |= bits;
                missing -= Long.bitCount(arrived);
                tally.arrived(word * Long.SIZE, arrived, nowNanos);
            }
            route = next;
        }
    }

    private boolean isRight(int route) {
        return (right[route / Long.SIZE] & 1L << route) != 0;
    }

    private int expected() {
        return book.size() - book.ownedBy(client);
    }
}
