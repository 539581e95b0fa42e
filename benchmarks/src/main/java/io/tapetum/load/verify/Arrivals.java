package io.tapetum.load.verify;

/** Is told of every route that became right in a view. Called on the event loop, millions of times. */
@FunctionalInterface
public interface Arrivals {

    /**
     * A route is right now.
     *
     * @param nowNanos when the octets were read
     */
    void arrived(int route, long nowNanos);
}
