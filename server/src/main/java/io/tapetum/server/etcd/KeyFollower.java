package io.tapetum.server.etcd;

/** Follows the keys below one prefix. Thread-safe. */
public interface KeyFollower extends AutoCloseable {

    /**
     * Begins to follow, and returns at once. Whatever goes wrong later (an endpoint gone, history compacted, a watch
     * cancelled) is mended, with growing pauses of a few seconds at most, until {@link #close}.
     *
     * @param prefix such as {@code /calico/bgp/v1}; a key below it begins with the prefix and a slash
     * @param listener told what is there; one call at a time
     */
    void follow(String prefix, KeyListener listener);

    /** Where it is, for operators. No secrets. */
    String name();

    @Override
    void close();
}
