package io.tapetum.server.calico;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.calico.peering.ClusterState;
import io.tapetum.server.calico.resource.BgpConfiguration;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ClusterInformation;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.calico.resource.UnusableResource;

/** All resources of a datastore, as it told them. Confined to the thread of its owner. */
final class KnownResources {

    /** The one ClusterInformation that counts. */
    private static final String DEFAULT = "default";

    /**
     * In the place of one that was there before: nobody deletes it, so the resources are being moved elsewhere, and what
     * else vanishes now does so for the same reason.
     */
    private static final ClusterInformation GONE = new ClusterInformation(DEFAULT, false);

    private final Set<ResourceKind> kinds;

    /** A kind is absent until all of it was told once. */
    private final Map<ResourceKind, Map<String, CalicoResource>> byKind = new EnumMap<>(ResourceKind.class);

    /**
     * The settings of all nodes, as they were when they could be used last; {@code null} if that was never. They stay in the
     * place of unusable ones: every session depends on them, and one bad field must not undo the others.
     */
    private @Nullable BgpConfiguration usableDefaults;

    /** Knows nothing yet of these kinds, and never anything of others. */
    KnownResources(Set<ResourceKind> kinds) {
        this.kinds = Set.copyOf(kinds);
    }

    /** Whether anything changed by that. */
    boolean replace(ResourceKind kind, List<CalicoResource> all) {
        Map<String, CalicoResource> byName = new HashMap<>();
        all.forEach(resource -> byName.put(resource.name(), resource));
        if (kind == ResourceKind.CLUSTER_INFORMATION && vanishes(byName)) {
            byName.put(DEFAULT, GONE);
        }
        boolean changes = !byName.equals(byKind.put(kind, byName));
        rememberDefaults();
        return changes;
    }

    /** Whether anything changed by that. A change before the kind was told as a whole is part of that whole. */
    boolean change(CalicoResource resource) {
        Map<String, CalicoResource> byName = byKind.get(resource.kind());
        boolean changes = byName != null && !resource.equals(byName.put(resource.name(), resource));
        rememberDefaults();
        return changes;
    }

    /** Whether anything changed by that. */
    boolean remove(ResourceKind kind, String name) {
        Map<String, CalicoResource> byName = byKind.get(kind);
        if (byName == null) {
            return false;
        }
        if (kind == ResourceKind.CLUSTER_INFORMATION && name.equals(DEFAULT) && byName.containsKey(name)) {
            return !GONE.equals(byName.put(name, GONE));
        }
        boolean changes = byName.remove(name) != null;
        rememberDefaults();
        return changes;
    }

    private void rememberDefaults() {
        Map<String, CalicoResource> byName = byKind.get(ResourceKind.BGP_CONFIGURATION);
        if (byName == null) {
            return;
        }
        CalicoResource now = byName.getOrDefault(BgpConfiguration.DEFAULT, BgpConfiguration.NONE);
        if (now instanceof BgpConfiguration usable) {
            usableDefaults = usable;
        }
    }

    /** Whether there was a ClusterInformation, and is none any more. */
    private boolean vanishes(Map<String, CalicoResource> all) {
        return !all.containsKey(DEFAULT)
                && byKind.getOrDefault(ResourceKind.CLUSTER_INFORMATION, Map.of()).containsKey(DEFAULT);
    }

    /** Whether every kind was told. */
    boolean complete() {
        return byKind.keySet().containsAll(kinds);
    }

    /** Whether the datastore is locked for a migration. */
    boolean locked() {
        return byKind.getOrDefault(ResourceKind.CLUSTER_INFORMATION, Map.of())
                .get(DEFAULT) instanceof ClusterInformation information && !information.datastoreReady();
    }

    ClusterState state() {
        List<CalicoResource> all = new ArrayList<>();
        byKind.values().forEach(byName -> all.addAll(byName.values()));
        CalicoResource defaults = byKind.getOrDefault(ResourceKind.BGP_CONFIGURATION, Map.of())
                .get(BgpConfiguration.DEFAULT);
        if (defaults instanceof UnusableResource && usableDefaults != null) {
            all.add(usableDefaults);
        }
        return ClusterState.of(all);
    }
}
