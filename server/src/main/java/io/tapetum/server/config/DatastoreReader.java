package io.tapetum.server.config;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.server.config.DatastoreSettings.LegacyKeys;
import io.tapetum.server.config.DatastoreSettings.Mode;
import io.tapetum.server.config.Section.Entry;

/** Reads where peers come from, beside those in the configuration, and whether that goes together. */
final class DatastoreReader {

    private static final Kind<DatastoreSettings.Type> TYPE = Kinds.choice(types());
    private static final Kind<Mode> MODE = Kinds.choice(modes());
    private static final Kind<LegacyKeys> LEGACY_KEYS = Kinds.choice(legacyKeys());

    private final Section datastore;
    private final Section etcd;
    private final Section own;
    private final Problems problems;

    DatastoreReader(Section root, Problems problems) {
        this.datastore = root.section("datastore");
        this.etcd = datastore.section("etcd");
        this.own = root.section("addresses");
        this.problems = problems;
    }

    /**
     * @param clusterId the one that the configuration names, or {@code null}
     * @param as the one that the configuration names, or {@code null}
     */
    DatastoreSettings read(PeersReader peers, @Nullable Integer clusterId, @Nullable Long as) {
        datastore.refuseKeysOtherThan(Schema.DATASTORE);
        DatastoreSettings.Type type = datastore.get("type", TYPE);
        Mode mode = datastore.get("mode", MODE);
        String nodeName = datastore.optional("node-name", Kinds.NAME);
        LegacyKeys legacyKeys = datastore.get("legacy-keys", LEGACY_KEYS);
        PeerTemplate template = peers.template(datastore, type != DatastoreSettings.Type.NONE);
        KubernetesSettings kubernetes = new KubernetesReader(datastore.section("kubernetes"),
                type == DatastoreSettings.Type.KUBERNETES, problems).read();
        EtcdSettings access = new EtcdReader(etcd, problems).read();

        if (type != DatastoreSettings.Type.NONE && !own.isSet("ipv4") && !own.isSet("ipv6")) {
            contradiction(datastore, "type", "addresses.ipv4 or addresses.ipv6 (in the environment IP or IP6) to be set"
                    + " too: the datastore knows this reflector by its address");
        }
        if (type != DatastoreSettings.Type.NONE && mode == Mode.NODE && nodeName == null) {
            contradiction(datastore, "mode", "node-name (in the environment NODENAME) to be set too, or peer-ip");
        }
        if (legacyKeys != LegacyKeys.NONE
                && (type == DatastoreSettings.Type.KUBERNETES || type == DatastoreSettings.Type.NONE)) {
            contradiction(datastore, "legacy-keys", "false, or type etcd-v3 or etcd-v2: only etcd has such keys");
        }
        if (type == DatastoreSettings.Type.ETCD_V2 || type == DatastoreSettings.Type.ETCD_V3) {
            checkEndpoints(access);
        }
        return new DatastoreSettings(type, mode, mode == Mode.NODE ? nodeName : null,
                type == DatastoreSettings.Type.ETCD_V2 ? LegacyKeys.ALL : legacyKeys, template, clusterId, as,
                kubernetes, access);
    }

    private void checkEndpoints(EtcdSettings access) {
        boolean endpoints = !etcd.list("endpoints").isEmpty();
        if (!endpoints && access.discoverySrv() == null) {
            contradiction(datastore, "type", "etcd.endpoints or etcd.discovery-srv (in the environment ETCD_ENDPOINTS,"
                    + " ETCD_AUTHORITY or ETCD_DISCOVERY_SRV) to be set too: that is where etcd is");
        }
        if (endpoints && access.discoverySrv() != null) {
            contradiction(etcd, "discovery-srv", "either etcd.endpoints or this, not both");
        }
    }

    /** Two values that are fine by themselves do not go together. */
    private void contradiction(Section section, String key, String expected) {
        Entry entry = section.find(key);
        if (entry != null) {
            problems.badValue(entry.path(), entry.value(), expected);
        }
    }

    private static SequencedMap<String, DatastoreSettings.Type> types() {
        SequencedMap<String, DatastoreSettings.Type> words = new LinkedHashMap<>();
        words.put("none", DatastoreSettings.Type.NONE);
        words.put("kubernetes", DatastoreSettings.Type.KUBERNETES);
        words.put("etcd-v3", DatastoreSettings.Type.ETCD_V3);
        words.put("etcd-v2", DatastoreSettings.Type.ETCD_V2);
        return words;
    }

    private static SequencedMap<String, LegacyKeys> legacyKeys() {
        SequencedMap<String, LegacyKeys> words = new LinkedHashMap<>();
        words.put("false", LegacyKeys.NONE);
        words.put("reflectors", LegacyKeys.REFLECTORS);
        words.put("true", LegacyKeys.ALL);
        return words;
    }

    private static SequencedMap<String, Mode> modes() {
        SequencedMap<String, Mode> words = new LinkedHashMap<>();
        words.put("peer-ip", Mode.PEER_IP);
        words.put("node", Mode.NODE);
        return words;
    }
}
