package io.tapetum.server.config;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.PeerTemplate;

/**
 * Where peers come from, beside those in the configuration.
 *
 * @param type which datastore
 * @param mode how Calico's resources are understood; of no matter to legacy keys
 * @param nodeName the Node that this reflector is, for {@link Mode#NODE}; else {@code null}
 * @param legacyKeys what is read of the keys that reflectors had before Calico's resources
 * @param template what peers from the datastore have in common, as far as the datastore says nothing else
 * @param clusterId the cluster id that the configuration names, network order, or {@code null} if that is left to the
 *            datastore and else the router id
 * @param as the AS number that the configuration names, or {@code null} if that is left to the datastore
 */
public record DatastoreSettings(Type type, Mode mode, @Nullable String nodeName, LegacyKeys legacyKeys,
        PeerTemplate template, @Nullable Integer clusterId, @Nullable Long as, KubernetesSettings kubernetes,
        EtcdSettings etcd) {

    /** What is read of the keys below {@code /calico/bgp/v1}. */
    public enum LegacyKeys {
        /** Nothing. */
        NONE,
        /** The reflectors' own mesh, beside Calico's resources. */
        REFLECTORS,
        /** Everything, and none of Calico's resources; always so with {@link Type#ETCD_V2}. */
        ALL
    }

    /** Which datastore. */
    public enum Type {
        NONE, KUBERNETES, ETCD_V3, ETCD_V2
    }

    /** How Calico's resources are understood. */
    public enum Mode {
        /** Nodes whose BGPPeers name one of our addresses are our peers. */
        PEER_IP,
        /** This reflector is a Node of the cluster, and has the peers that Calico would give it. */
        NODE
    }
}
