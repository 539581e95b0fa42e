package io.tapetum.core.reflection;

/** A session that sends what a group's outbound log holds. Called on its own event loop only. */
@FunctionalInterface
public interface Subscriber {

    /** There may be more in the log than was sent. */
    void flush();
}
