package io.tapetum.server.calico.etcd;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tapetum.server.calico.CalicoDatastore;
import io.tapetum.server.calico.DatastoreListener;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.calico.resource.ResourceReader;
import io.tapetum.server.calico.resource.UnusableResource;
import io.tapetum.server.etcd.KeyFollower;
import io.tapetum.server.etcd.KeyListener;

/** Calico's resources in etcd v3. */
public final class EtcdDatastore implements CalicoDatastore {

    private static final String PREFIX = "/calico/resources/v3/projectcalico.org/";

    /** Two objects in one value are a value that somebody has damaged. */
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final KeyFollower keys;

    /** @param keys followed, and closed with this datastore */
    public EtcdDatastore(KeyFollower keys) {
        this.keys = keys;
    }

    @Override
    public void follow(DatastoreListener listener) {
        Kinds kinds = new Kinds(listener);
        for (ResourceKind kind : ResourceKind.values()) {
            keys.follow(PREFIX + kind.plural(), kinds.new OfKind(kind));
        }
    }

    @Override
    public String name() {
        return keys.name();
    }

    @Override
    public void close() {
        keys.close();
    }

    /** What the key says is the name; what is written inside may be a copy of another object. */
    static CalicoResource resource(ResourceKind kind, String key, String value) {
        String name = name(kind, key);
        JsonNode object;
        try {
            object = JSON.readTree(value);
        } catch (JsonProcessingException e) {
            return new UnusableResource(kind, name, "the value of " + key + " is no JSON (line "
                    + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr()
                    + "); expected is a whole " + kind.kind());
        }
        return object.isObject()
                ? ResourceReader.read(kind, name, object)
                : new UnusableResource(kind, name, "the value of " + key + " is no JSON object; expected is a whole "
                        + kind.kind());
    }

    private static String name(ResourceKind kind, String key) {
        return key.substring(PREFIX.length() + kind.plural().length() + 1);
    }

    /**
     * All kinds together towards one listener. Each is followed by a thread of its own; the monitor lets one at a time
     * through. Lost is the datastore with the first kind, regained with the last.
     */
    private static final class Kinds {

        private final DatastoreListener listener;
        private final Set<ResourceKind> lost = EnumSet.noneOf(ResourceKind.class); // guarded by this

        Kinds(DatastoreListener listener) {
            this.listener = listener;
        }

        private final class OfKind implements KeyListener {

            private final ResourceKind kind;

            OfKind(ResourceKind kind) {
                this.kind = kind;
            }

            @Override
            public void replaced(Map<String, String> all) {
                List<CalicoResource> resources = all.entrySet().stream()
                        .map(entry -> resource(kind, entry.getKey(), entry.getValue())).toList();
                synchronized (Kinds.this) {
                    listener.replaced(kind, resources);
                }
            }

            @Override
            public void put(String key, String value) {
                CalicoResource resource = resource(kind, key, value);
                synchronized (Kinds.this) {
                    listener.changed(resource);
                }
            }

            @Override
            public void deleted(String key) {
                synchronized (Kinds.this) {
                    listener.removed(kind, name(kind, key));
                }
            }

            @Override
            public void lost(String reason) {
                synchronized (Kinds.this) {
                    lost.add(kind);
                    listener.lost(reason);
                }
            }

            @Override
            public void regained() {
                synchronized (Kinds.this) {
                    lost.remove(kind);
                    if (lost.isEmpty()) {
                        listener.regained();
                    }
                }
            }
        }
    }
}
