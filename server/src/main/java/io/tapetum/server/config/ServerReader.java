package io.tapetum.server.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

import org.slf4j.event.Level;

import io.tapetum.core.settings.ReflectorSettings;

/** Reads the whole configuration, to its end whatever is wrong with it. */
final class ServerReader {

    private static final Kind<Integer> EVENT_LOOPS = Kinds.integer(0, 1024);
    private static final Kind<Duration> RESTART_DEFERRAL = Kinds.duration(Duration.ZERO, Duration.ofMinutes(4));
    private static final Kind<Level> LEVEL = Kinds.choice(byName(Level.values()));
    private static final Kind<LogSettings.Format> FORMAT = Kinds.choice(byName(LogSettings.Format.values()));

    private ServerReader() {}

    /** Of use only if no problems were recorded. */
    static ServerSettings read(Section root, Problems problems) {
        root.refuseKeysOtherThan(Schema.ROOT);
        long as = root.get("as", Kinds.AS_NUMBER);
        int routerId = root.get("router-id", Kinds.IDENTIFIER);
        int clusterId = root.get("cluster-id", Kinds.IDENTIFIER.or("router-id", routerId));

        PeersReader peers = new PeersReader(root, new TemplateReader(as, clusterId, problems), problems);
        ReflectorSettings reflector = new ReflectorSettings(as, routerId, clusterId, peers.peers(root),
                peers.ranges(root), root.get("allow-loopback-next-hop", Kinds.BOOLEAN),
                root.get("restart-deferral", RESTART_DEFERRAL));

        ListenReader addresses = new ListenReader(problems);
        List<ListenAddress> listen = addresses.peers(root);
        Section admin = root.section("admin");
        admin.refuseKeysOtherThan(Schema.ADMIN);
        Section log = root.section("log");
        log.refuseKeysOtherThan(Schema.LOG);
        return new ServerSettings(reflector, listen, root.get("event-loops", EVENT_LOOPS),
                new AdminSettings(addresses.admin(admin, listen)),
                new LogSettings(log.get("level", LEVEL), log.get("format", FORMAT)));
    }

    private static <E extends Enum<E>> SequencedMap<String, E> byName(E[] values) {
        SequencedMap<String, E> names = new LinkedHashMap<>();
        Arrays.stream(values).forEach(value -> names.put(value.name().toLowerCase(Locale.ROOT), value));
        return names;
    }
}
