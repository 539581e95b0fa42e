package io.tapetum.server.datastore;

import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.calico.CalicoDatastore;
import io.tapetum.server.calico.CalicoPeerSource;
import io.tapetum.server.calico.etcd.EtcdDatastore;
import io.tapetum.server.calico.etcd.KeySpace;
import io.tapetum.server.calico.etcd.ResourceKeys;
import io.tapetum.server.calico.kubernetes.KubernetesDatastore;
import io.tapetum.server.calico.kubernetes.KubernetesSecrets;
import io.tapetum.server.calico.legacy.LegacyKeys;
import io.tapetum.server.calico.peering.Identity;
import io.tapetum.server.calico.peering.NodeMode;
import io.tapetum.server.calico.peering.PeerIpMode;
import io.tapetum.server.calico.secret.SecretKeyring;
import io.tapetum.server.config.DatastoreSettings;
import io.tapetum.server.config.ListenAddress;
import io.tapetum.server.config.ServerSettings;
import io.tapetum.server.etcd.v2.EtcdV2Follower;
import io.tapetum.server.etcd.v3.EtcdV3Follower;
import io.tapetum.server.source.PeerSource;

/** Makes peer sources. */
public final class PeerSources {

    private PeerSources() {}

    /** The source that the configuration asks for, which follows nothing yet, or {@code null} if it asks for none. */
    public static @Nullable PeerSource of(ServerSettings settings) {
        DatastoreSettings datastore = settings.datastore();
        return switch (datastore.type()) {
            case NONE -> null;
            case KUBERNETES -> calico(new KubernetesDatastore(datastore.kubernetes()), settings);
            case ETCD_V2 -> calico(new EtcdDatastore(new EtcdV2Follower(datastore.etcd()), LegacyKeys.all()), settings);
            case ETCD_V3 ->
                calico(new EtcdDatastore(new EtcdV3Follower(datastore.etcd()), spaces(datastore)), settings);
        };
    }

    private static PeerSource calico(CalicoDatastore datastore, ServerSettings settings) {
        KubernetesSecrets secrets = new KubernetesSecrets(settings.datastore().kubernetes());
        Identity identity = identity(settings, secrets.namespace());
        return new CalicoPeerSource(datastore, new SecretKeyring(secrets, settings.keys().overlap()),
                settings.datastore().mode() == DatastoreSettings.Mode.NODE
                        ? new NodeMode(identity)
                        : new PeerIpMode(identity));
    }

    private static KeySpace[] spaces(DatastoreSettings datastore) {
        return switch (datastore.legacyKeys()) {
            case NONE -> new KeySpace[]{new ResourceKeys()};
            case REFLECTORS -> new KeySpace[]{new ResourceKeys(), LegacyKeys.ofReflectors()};
            case ALL -> new KeySpace[]{LegacyKeys.all()};
        };
    }

    private static Identity identity(ServerSettings settings, String secretsNamespace) {
        DatastoreSettings datastore = settings.datastore();
        return new Identity(settings.addresses(), listenPorts(settings), datastore.nodeName(), datastore.clusterId(),
                datastore.as(), secretsNamespace);
    }

    private static Set<Integer> listenPorts(ServerSettings settings) {
        return settings.listen().stream().map(ListenAddress::port).collect(Collectors.toSet());
    }
}
