package io.tapetum.server.calico.etcd;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.tapetum.server.calico.CalicoDatastore;
import io.tapetum.server.calico.DatastoreListener;
import io.tapetum.server.calico.etcd.KeySpace.ResourceName;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.etcd.KeyFollower;
import io.tapetum.server.etcd.KeyListener;

/** Resources in etcd, in one or more key spaces that have no kind in common. Any thread may call. */
public final class EtcdDatastore implements CalicoDatastore {

    private final KeyFollower etcd;
    private final List<KeySpace> spaces;

    /** Key spaces of which it is not known at the moment what is there. Guarded by the monitor of this object. */
    private final Set<KeySpace> lost = new HashSet<>();

    /** Follows nothing yet; {@code etcd} is closed with this. */
    public EtcdDatastore(KeyFollower etcd, KeySpace... spaces) {
        this.etcd = etcd;
        this.spaces = List.of(spaces);
    }

    @Override
    public void follow(DatastoreListener listener) {
        for (KeySpace space : spaces) {
            etcd.follow(space.prefix(), new Translation(space, listener));
        }
    }

    @Override
    public Set<ResourceKind> kinds() {
        Set<ResourceKind> kinds = EnumSet.noneOf(ResourceKind.class);
        spaces.forEach(space -> kinds.addAll(space.kinds()));
        return kinds;
    }

    @Override
    public String name() {
        return etcd.name();
    }

    @Override
    public void close() {
        etcd.close();
    }

    /**
     * From keys to resources. Each space is told on a thread of its own, but the listener is called by one at a time: under
     * the monitor of the datastore, which also guards what is known.
     */
    private final class Translation implements KeyListener {

        private final KeySpace space;
        private final DatastoreListener listener;

        /** The values of every resource's keys. */
        private final Map<ResourceName, Map<String, String>> known = new HashMap<>();

        Translation(KeySpace space, DatastoreListener listener) {
            this.space = space;
            this.listener = listener;
        }

        @Override
        public void replaced(Map<String, String> all) {
            synchronized (EtcdDatastore.this) {
                known.clear();
                all.forEach((key, value) -> {
                    ResourceName name = space.resourceOf(relative(key));
                    if (name != null) {
                        values(name).put(relative(key), value);
                    }
                });
                Map<ResourceKind, List<CalicoResource>> byKind = new EnumMap<>(ResourceKind.class);
                space.kinds().forEach(kind -> byKind.put(kind, new ArrayList<>()));
                known.forEach((name, values) -> byKind.computeIfAbsent(name.kind(), _ -> new ArrayList<>())
                        .add(space.read(name, values)));
                byKind.forEach(listener::replaced);
            }
        }

        @Override
        public void put(String key, String value) {
            ResourceName name = space.resourceOf(relative(key));
            if (name != null) {
                synchronized (EtcdDatastore.this) {
                    values(name).put(relative(key), value);
                    listener.changed(space.read(name, values(name)));
                }
            }
        }

        @Override
        public void deleted(String key) {
            ResourceName name = space.resourceOf(relative(key));
            if (name == null) {
                return;
            }
            synchronized (EtcdDatastore.this) {
                Map<String, String> values = values(name);
                values.remove(relative(key));
                if (values.isEmpty()) {
                    known.remove(name);
                    listener.removed(name.kind(), name.name());
                } else {
                    listener.changed(space.read(name, values));
                }
            }
        }

        @Override
        public void lost(String reason) {
            synchronized (EtcdDatastore.this) {
                lost.add(space);
                listener.lost(reason);
            }
        }

        @Override
        public void regained() {
            synchronized (EtcdDatastore.this) {
                if (lost.remove(space) && lost.isEmpty()) {
                    listener.regained();
                }
            }
        }

        private Map<String, String> values(ResourceName name) {
            return known.computeIfAbsent(name, _ -> new TreeMap<>());
        }

        private String relative(String key) {
            return key.substring(space.prefix().length() + 1);
        }
    }
}
