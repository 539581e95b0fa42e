package io.tapetum.server.calico;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.tapetum.server.calico.peering.ClusterState;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ClusterInformation;
import io.tapetum.server.calico.resource.ResourceKind;

/** All resources of a datastore, as it told them. Confined to the thread of its owner. */
final class KnownResources {

    private final Set<ResourceKind> kinds;

    /** A kind is absent until all of it was told once. */
    private final Map<ResourceKind, Map<String, CalicoResource>> byKind = new EnumMap<>(ResourceKind.class);

    /** Knows nothing yet of these kinds, and never anything of others. */
    KnownResources(Set<ResourceKind> kinds) {
        this.kinds = Set.copyOf(kinds);
    }

    /** Whether anything changed by that. */
    boolean replace(ResourceKind kind, List<CalicoResource> all) {
        Map<String, CalicoResource> byName = new HashMap<>();
        all.forEach(resource -> byName.put(resource.name(), resource));
        return !byName.equals(byKind.put(kind, byName));
    }

    /** Whether anything changed by that. A change before the kind was told as a whole is part of that whole. */
    boolean change(CalicoResource resource) {
        Map<String, CalicoResource> byName = byKind.get(resource.kind());
        return byName != null && !resource.equals(byName.put(resource.name(), resource));
    }

    /** Whether anything changed by that. */
    boolean remove(ResourceKind kind, String name) {
        Map<String, CalicoResource> byName = byKind.get(kind);
        return byName != null && byName.remove(name) != null;
    }

    /** Whether every kind was told. */
    boolean complete() {
        return byKind.keySet().containsAll(kinds);
    }

    /** Whether the datastore is locked for a migration. */
    boolean locked() {
        return byKind.getOrDefault(ResourceKind.CLUSTER_INFORMATION, Map.of())
                .get("default") instanceof ClusterInformation information && !information.datastoreReady();
    }

    ClusterState state() {
        List<CalicoResource> all = new ArrayList<>();
        byKind.values().forEach(byName -> all.addAll(byName.values()));
        return ClusterState.of(all);
    }
}
