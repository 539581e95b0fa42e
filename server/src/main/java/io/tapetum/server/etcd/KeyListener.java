package io.tapetum.server.etcd;

import java.util.Map;

/** Is told what is below a prefix. One call at a time, in the order in which it changed. Keys are whole keys. */
public interface KeyListener {

    /** Everything there is, in place of what was known; empty if the prefix does not exist. */
    void replaced(Map<String, String> all);

    void put(String key, String value);

    /** One key is gone; it may have been unknown. */
    void deleted(String key);

    /** etcd does not answer, or refuses; {@code reason} says why and what to do about it. Called at every failed try. */
    void lost(String reason);

    /** etcd answers again, and everything that was missed meanwhile has been told. */
    void regained();
}
