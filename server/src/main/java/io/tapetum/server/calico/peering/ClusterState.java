package io.tapetum.server.calico.peering;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.tapetum.server.calico.resource.BgpConfiguration;
import io.tapetum.server.calico.resource.BgpPeer;
import io.tapetum.server.calico.resource.CalicoNode;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ClusterInformation;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.calico.resource.RouteReflector;
import io.tapetum.server.calico.resource.UnusableResource;

/**
 * All that a datastore says about who peers with whom, at one moment. Immutable; lists are in the order of names, so that
 * whatever is chosen first is always the same.
 *
 * @param configurations by name
 * @param reflectors the reflectors' own mesh, where there is one
 * @param unusable what counts as absent, or as what is in {@code configurations} in its place
 */
public record ClusterState(List<CalicoNode> nodes, List<BgpPeer> bgpPeers,
        Map<String, BgpConfiguration> configurations, List<RouteReflector> reflectors,
        List<UnusableResource> unusable) {

    private static final Comparator<CalicoResource> BY_NAME = Comparator.comparing(CalicoResource::name);

    public ClusterState {
        nodes = nodes.stream().sorted(BY_NAME).toList();
        bgpPeers = bgpPeers.stream().sorted(BY_NAME).toList();
        configurations = Map.copyOf(configurations);
        reflectors = reflectors.stream().sorted(BY_NAME).toList();
        unusable = unusable.stream().sorted(BY_NAME).toList();
    }

    /** From resources of any kind in any order, no two of the same kind and name. */
    public static ClusterState of(Collection<? extends CalicoResource> resources) {
        List<CalicoNode> nodes = new ArrayList<>();
        List<BgpPeer> bgpPeers = new ArrayList<>();
        Map<String, BgpConfiguration> configurations = new HashMap<>();
        List<RouteReflector> reflectors = new ArrayList<>();
        List<UnusableResource> unusable = new ArrayList<>();
        for (CalicoResource resource : resources) {
            switch (resource) {
                case CalicoNode node -> nodes.add(node);
                case BgpPeer peer -> bgpPeers.add(peer);
                case BgpConfiguration configuration -> configurations.put(configuration.name(), configuration);
                case RouteReflector reflector -> reflectors.add(reflector);
                case UnusableResource one -> unusable.add(one);
                // Says whether the datastore can be relied on, and nothing about peers.
                case ClusterInformation _ -> {
                }
            }
        }
        return new ClusterState(nodes, bgpPeers, configurations, reflectors, unusable);
    }

    /** The settings that all nodes share. */
    BgpConfiguration defaults() {
        return configurations.getOrDefault(BgpConfiguration.DEFAULT, BgpConfiguration.NONE);
    }

    /** Whether there are such settings, but nobody knows what they say. */
    boolean lacksDefaults() {
        return unusable.stream().anyMatch(
                one -> one.kind() == ResourceKind.BGP_CONFIGURATION && one.name().equals(BgpConfiguration.DEFAULT)
                        && !hasFormer(one));
    }

    /** Whether what was known before counts in the place of an object. */
    boolean hasFormer(UnusableResource resource) {
        return resource.kind() == ResourceKind.BGP_CONFIGURATION && configurations.containsKey(resource.name());
    }
}
