package io.tapetum.server.config;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

import com.typesafe.config.ConfigList;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

import io.tapetum.core.settings.ReflectorSettings;
import io.tapetum.server.config.Section.Entry;

/** Reads the whole configuration, to its end whatever is wrong with it. */
final class ServerReader {

    private static final Kind<Integer> EVENT_LOOPS = Kinds.integer(0, 1024);
    private static final Kind<Duration> RESTART_DEFERRAL = Kinds.duration(Duration.ZERO, Duration.ofMinutes(4));
    private static final Kind<Level> LEVEL = Kinds.choice(byName(Level.values()));
    private static final Kind<LogSettings.Format> FORMAT = Kinds.choice(byName(LogSettings.Format.values()));

    /** The word by which router-id is the IPv4 address of this host. */
    private static final String BY_ADDRESS = "addresses.ipv4";

    /** Empty for none. */
    private static final Kind<Optional<Path>> DIRECTORY = new Kind<>("off, or a folder", Optional.empty(),
            text -> text.isEmpty()
                    ? null
                    : text.equals("off")
                            ? Optional.empty()
                            : Optional.ofNullable(Kinds.PATH.parse().apply(text)));

    private ServerReader() {}

    /** Of use only if no problems were recorded. */
    static ServerSettings read(Section root, Problems problems) {
        root.refuseKeysOtherThan(Schema.ROOT);
        long as = root.get("as", Kinds.AS_NUMBER);
        Section own = root.section("addresses");
        own.refuseKeysOtherThan(Schema.ADDRESSES);
        OwnAddresses addresses = new OwnAddresses(own.optional("ipv4", Kinds.IPV4_ADDRESS),
                own.optional("ipv6", Kinds.IPV6_ADDRESS));
        int routerId = routerId(root, own, addresses, problems);
        int clusterId = root.get("cluster-id", Kinds.IDENTIFIER.or("router-id", routerId));

        KeysSettings keys = new KeysReader(root, problems).read();
        TemplateReader templates = new TemplateReader(as, clusterId, keys.store() != null, problems);
        PeersReader peers = new PeersReader(root, templates, problems);
        ReflectorSettings reflector = new ReflectorSettings(as, routerId, clusterId, peers.peers(root),
                peers.ranges(root), root.get("allow-loopback-next-hop", Kinds.BOOLEAN),
                root.get("restart-deferral", RESTART_DEFERRAL));

        peers.refuseUnsignedInsideOfSigned();

        List<ListenAddress> listen = new ListenReader(problems).peers(root);
        DatastoreSettings datastore = new DatastoreReader(root, problems).read(peers,
                said(root, "cluster-id", clusterId), said(root, "as", as));
        refuseSolitude(root, reflector, datastore, problems);
        Section log = root.section("log");
        log.refuseKeysOtherThan(Schema.LOG);
        return new ServerSettings(reflector, listen, root.get("event-loops", EVENT_LOOPS),
                new AdminReader(root.section("admin"), keys, problems).read(listen),
                new LogSettings(log.get("level", LEVEL), log.get("format", FORMAT)),
                addresses, datastore, control(root), keys, ConnectionsReader.read(root), EventsReader.read(root));
    }

    /** Required, unless there is an IPv4 address to take it from. */
    private static int routerId(Section root, Section own, OwnAddresses addresses, Problems problems) {
        Entry entry = root.find("router-id");
        boolean byAddress = entry != null && BY_ADDRESS.equals(entry.value().unwrapped());
        if (addresses.ipv4() != null) {
            int identifier = ByteBuffer.wrap(addresses.ipv4().getAddress()).getInt();
            return root.get("router-id", Kinds.IDENTIFIER.or(BY_ADDRESS, identifier));
        }
        if (entry == null || !byAddress) {
            return root.get("router-id", Kinds.IDENTIFIER);
        }
        if (!own.isSet("ipv4")) {
            problems.add(entry.value().origin(), "tapetum.router-id is missing: expected "
                    + Kinds.IDENTIFIER.expected() + (addresses.ipv6() != null
                            ? "; addresses.ipv6 cannot stand in for it, as addresses.ipv4 could"
                            : ", or addresses.ipv4 (in the environment IP) to take it from"));
        }
        return Kinds.IDENTIFIER.standIn();
    }

    private static ControlSettings control(Section root) {
        Section control = root.section("control");
        control.refuseKeysOtherThan(Schema.CONTROL);
        return new ControlSettings(control.get("directory", DIRECTORY).orElse(null));
    }

    /** What an operator says about a key; {@code null} if it has its default. */
    private static <T> @Nullable T said(Section root, String key, T value) {
        Entry entry = root.find(key);
        return entry == null || Provenance.of(entry.value().origin()).isDefault() ? null : value;
    }

    /** Nobody could ever become a peer. */
    private static void refuseSolitude(Section root, ReflectorSettings reflector,
            DatastoreSettings datastore, Problems problems) {
        Entry entry = root.find("listen");
        if (entry != null && entry.value() instanceof ConfigList written && written.isEmpty()
                && reflector.peers().isEmpty()
                && datastore.type() == DatastoreSettings.Type.NONE) {
            problems.badValue(entry.path(), entry.value(),
                    "an address to listen on, or peers, or a datastore.type that has some: nobody could become a peer");
        }
    }

    private static <E extends Enum<E>> SequencedMap<String, E> byName(E[] values) {
        SequencedMap<String, E> names = new LinkedHashMap<>();
        Arrays.stream(values).forEach(value -> names.put(value.name().toLowerCase(Locale.ROOT), value));
        return names;
    }
}
