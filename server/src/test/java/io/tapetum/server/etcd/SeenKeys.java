package io.tapetum.server.etcd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a follower tells. */
final class SeenKeys implements KeyListener {

    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final List<String> losses = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean lost; // asked by the test's thread

    @Override
    public void replaced(Map<String, String> all) {
        keys.keySet().retainAll(all.keySet());
        keys.putAll(all);
        reads.incrementAndGet();
    }

    @Override
    public void put(String key, String value) {
        keys.put(key, value);
    }

    @Override
    public void deleted(String key) {
        keys.remove(key);
    }

    @Override
    public void lost(String reason) {
        losses.add(reason);
        lost = true;
    }

    @Override
    public void regained() {
        lost = false;
    }

    Map<String, String> keys() {
        return Map.copyOf(keys);
    }

    List<String> losses() {
        return new ArrayList<>(losses);
    }

    int reads() {
        return reads.get();
    }

    boolean isLost() {
        return lost;
    }
}
