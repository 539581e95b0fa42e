package io.tapetum.server.calico.kubernetes;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import io.tapetum.server.calico.DatastoreListener;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ResourceKind;

/**
 * Tells the listener what all kinds have to say, one call at a time, and only what is new to it: a Node of Kubernetes
 * changes every few seconds, what Calico has in it hardly ever.
 */
final class Announcer {

    private final DatastoreListener listener;

    /** Guards everything below, and is held while the listener is called, so that calls are not overtaken. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<ResourceKind, Map<String, CalicoResource>> known = new EnumMap<>(ResourceKind.class);
    private final Set<ResourceKind> followed = EnumSet.noneOf(ResourceKind.class);
    private boolean lost;

    /** Volatile so that closing need not wait for a call that is under way. */
    private volatile boolean closed;

    Announcer(DatastoreListener listener) {
        this.listener = listener;
    }

    /** What one kind has to say. */
    Told<CalicoResource> of(ResourceKind kind) {
        return new OfKind(kind);
    }

    /** The listener is told nothing more; a call that is under way may still go on. */
    void close() {
        closed = true;
    }

    private void tell(Runnable call) {
        lock.lock();
        try {
            if (!closed) {
                call.run();
            }
        } finally {
            lock.unlock();
        }
    }

    private final class OfKind implements Told<CalicoResource> {

        private final ResourceKind kind;

        OfKind(ResourceKind kind) {
            this.kind = kind;
        }

        @Override
        public void replaced(List<CalicoResource> all) {
            tell(() -> {
                Map<String, CalicoResource> byName = new HashMap<>();
                all.forEach(resource -> byName.put(resource.name(), resource));
                known.put(kind, byName);
                listener.replaced(kind, all);
            });
        }

        /** If there once was such a kind in this cluster, what is known of it stays. */
        @Override
        public void absent() {
            tell(() -> {
                if (!known.containsKey(kind)) {
                    known.put(kind, new HashMap<>());
                    listener.replaced(kind, List.of());
                }
            });
        }

        @Override
        public void changed(CalicoResource resource) {
            tell(() -> {
                if (!resource.equals(byName().put(resource.name(), resource))) {
                    listener.changed(resource);
                }
            });
        }

        @Override
        public void removed(String name) {
            tell(() -> {
                if (byName().remove(name) != null) {
                    listener.removed(kind, name);
                }
            });
        }

        @Override
        public void lost(String reason, boolean refused) {
            tell(() -> {
                followed.remove(kind);
                lost = true;
                listener.lost(reason);
            });
        }

        @Override
        public void followed() {
            tell(() -> {
                followed.add(kind);
                if (lost && followed.size() == ResourceKind.RESOURCES.size()) {
                    lost = false;
                    listener.regained();
                }
            });
        }

        private Map<String, CalicoResource> byName() {
            return known.computeIfAbsent(kind, first -> new HashMap<>());
        }
    }
}
