package io.tapetum.server.admin;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import org.jspecify.annotations.Nullable;

import io.tapetum.core.session.RouteCounts;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.reflector.Agreement;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.PeerOrigin;
import io.tapetum.wire.Family;

/**
 * Sessions as they are sent: {@code {"sessions": [{"name": …, "address": …, "as": …, "role": "client", "state":
 * "Established", "uptime-seconds": …, "families": ["ipv4"], "prefixes-received": …, "routes": {"ipv4": {"imported": …,
 * …}}}]}}. What is not known is left out.
 */
final class SessionJson {

    private static final ConfigParseOptions JSON = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);

    private SessionJson() {}

    static String write(List<SessionStatus> sessions) {
        return render(Map.of("sessions", sessions.stream().map(SessionJson::fields).toList()));
    }

    /** Throws {@link IllegalArgumentException} if this is not what {@link #write} writes. */
    static List<SessionStatus> read(String json) {
        try {
            List<SessionStatus> sessions = new ArrayList<>();
            for (Config session : parse(json).getConfigList("sessions")) {
                sessions.add(session(session));
            }
            return sessions;
        } catch (ConfigException e) {
            throw new IllegalArgumentException("not a list of sessions: " + e.getMessage(), e);
        }
    }

    /** Any object. */
    static String render(Map<String, ?> object) {
        return ConfigValueFactory.fromMap(object).render(ConfigRenderOptions.concise());
    }

    /** Any object; throws {@link ConfigException} if it is none. */
    static Config parse(String json) {
        return ConfigFactory.parseString(json, JSON);
    }

    private static Map<String, Object> fields(SessionStatus session) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", session.name());
        fields.put("origin", word(session.origin()));
        fields.put("address", session.address().getHostAddress());
        fields.put("port", session.port());
        fields.put("as", session.as());
        fields.put("role", word(session.role()));
        if (session.protection().isSigned()) {
            fields.put("tcp-md5-key", session.protection().key());
        }
        if (session.protection().checksTtl()) {
            fields.put("ttl-security", session.protection().ttlSecurityHops());
        }
        fields.put("state", session.state());
        fields.put("stopped", session.stopped());
        fields.put("uptime-seconds", session.uptime().toSeconds());
        fields.put("since", session.since().truncatedTo(ChronoUnit.SECONDS).toString());
        if (session.lastError() != null) {
            fields.put("last-error", session.lastError());
        }
        fields.put("families", families(session.families()));
        fields.put("prefixes-received", session.prefixesReceived());
        Agreement agreement = session.agreement();
        if (agreement != null) {
            fields.put("local-address", agreement.localAddress().getHostAddress());
            fields.put("peer-identifier", agreement.peerIdentifier());
            fields.put("hold-time-seconds", agreement.holdTimeSeconds());
            fields.put("keepalive-seconds", agreement.keepaliveSeconds());
            fields.put("peer-capabilities", agreement.peerCapabilities());
            fields.put("traits", agreement.traits());
        }
        Map<String, Object> routes = new LinkedHashMap<>();
        session.routes().forEach((family, counts) -> routes.put(family(family), counts(counts)));
        fields.put("routes", routes);
        return fields;
    }

    private static Map<String, Object> counts(RouteCounts counts) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("imported", counts.imported());
        fields.put("exported", counts.exported());
        fields.put("announced", counts.announced());
        fields.put("refused", counts.refused());
        fields.put("repeated", counts.repeated());
        fields.put("withdrawn", counts.withdrawn());
        fields.put("unknown", counts.unknown());
        return fields;
    }

    private static SessionStatus session(Config fields) {
        Map<Family, RouteCounts> routes = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            String path = "routes." + family(family);
            if (fields.hasPath(path)) {
                routes.put(family, counts(fields.getConfig(path)));
            }
        }
        return new SessionStatus(fields.getString("name"), PeerOrigin.valueOf(constant(fields.getString("origin"))),
                InetAddress.ofLiteral(fields.getString("address")), fields.getInt("port"), fields.getLong("as"),
                PeerRole.valueOf(constant(fields.getString("role"))), protection(fields), fields.getString("state"),
                fields.getBoolean("stopped"), Duration.ofSeconds(fields.getLong("uptime-seconds")),
                Instant.parse(fields.getString("since")),
                fields.hasPath("last-error") ? fields.getString("last-error") : null, agreement(fields), routes);
    }

    private static Protection protection(Config fields) {
        return new Protection(fields.hasPath("tcp-md5-key") ? fields.getString("tcp-md5-key") : "",
                fields.hasPath("ttl-security") ? fields.getInt("ttl-security") : 0);
    }

    private static @Nullable Agreement agreement(Config fields) {
        if (!fields.hasPath("local-address")) {
            return null;
        }
        Set<Family> families = EnumSet.noneOf(Family.class);
        for (Family family : Family.values()) {
            if (fields.getStringList("families").contains(family(family))) {
                families.add(family);
            }
        }
        return new Agreement(InetAddress.ofLiteral(fields.getString("local-address")),
                fields.getString("peer-identifier"), fields.getInt("hold-time-seconds"),
                fields.getInt("keepalive-seconds"), families, fields.getStringList("peer-capabilities"),
                fields.getStringList("traits"));
    }

    private static RouteCounts counts(Config fields) {
        return new RouteCounts(fields.getInt("imported"), fields.getInt("exported"), fields.getLong("announced"),
                fields.getLong("refused"), fields.getLong("repeated"), fields.getLong("withdrawn"),
                fields.getLong("unknown"));
    }

    /** {@code node-specific} for {@code NODE_SPECIFIC}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code NODE_SPECIFIC} for {@code node-specific}. */
    static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static List<String> families(Set<Family> families) {
        return families.stream().sorted().map(SessionJson::family).toList();
    }

    private static String family(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> "ipv4";
            case IPV6_UNICAST -> "ipv6";
        };
    }
}
