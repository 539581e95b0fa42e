package io.tapetum.server.calico.kubernetes;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.tapetum.server.calico.DatastoreListener;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ResourceKind;

/** Remembers every call, what it left behind, and whether two calls ever overlapped. Thread-safe. */
final class RecordedListener implements DatastoreListener {

    /** One call: {@code replaced NODE}, {@code changed NODE a}, {@code removed NODE a}, {@code lost ...}, {@code regained}. */
    private final List<String> calls = new ArrayList<>();
    private final Map<ResourceKind, Map<String, CalicoResource>> state = new EnumMap<>(ResourceKind.class);
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean overlapped;

    @Override
    public void replaced(ResourceKind kind, List<CalicoResource> all) {
        call("replaced " + kind, () -> {
            Map<String, CalicoResource> byName = new HashMap<>();
            all.forEach(resource -> byName.put(resource.name(), resource));
            state.put(kind, byName);
        });
    }

    @Override
    public void changed(CalicoResource resource) {
        call("changed " + resource.kind() + " " + resource.name(),
                () -> state.computeIfAbsent(resource.kind(), first -> new HashMap<>()).put(resource.name(), resource));
    }

    @Override
    public void removed(ResourceKind kind, String name) {
        call("removed " + kind + " " + name, () -> state.getOrDefault(kind, new HashMap<>()).remove(name));
    }

    @Override
    public void lost(String reason) {
        call("lost " + reason, () -> {
        });
    }

    @Override
    public void regained() {
        call("regained", () -> {
        });
    }

    private void call(String text, Runnable effect) {
        overlapped |= inside.incrementAndGet() > 1;
        // Long enough for another thread to get in, if nothing keeps it out.
        LockSupport.parkNanos(1);
        synchronized (this) {
            calls.add(text);
            effect.run();
        }
        inside.decrementAndGet();
    }

    boolean overlapped() {
        return overlapped;
    }

    /** All kinds were told of. */
    synchronized boolean isComplete() {
        return state.size() == ResourceKind.RESOURCES.size();
    }

    synchronized Map<String, CalicoResource> of(ResourceKind kind) {
        return Map.copyOf(state.getOrDefault(kind, Map.of()));
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** @throws IllegalStateException if it is not there */
    CalicoResource of(ResourceKind kind, String name) {
        CalicoResource resource = of(kind).get(name);
        if (resource == null) {
            throw new IllegalStateException("there is no " + kind + " " + name);
        }
        return resource;
    }

    /** The calls that begin like this. */
    List<String> calls(String beginning) {
        return calls().stream().filter(call -> call.startsWith(beginning)).toList();
    }

    /** What happened so far is of no interest any more. */
    synchronized void forgetCalls() {
        calls.clear();
    }
}
