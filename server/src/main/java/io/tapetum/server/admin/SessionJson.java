package io.tapetum.server.admin;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

import io.tapetum.core.settings.PeerRole;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.wire.Family;

/**
 * Sessions as they are sent: {@code {"sessions": [{"name": …, "address": …, "as": …, "role": "client", "state":
 * "Established", "uptime-seconds": …, "families": ["ipv4"], "prefixes-received": …}]}}.
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
        fields.put("address", session.address().getHostAddress());
        fields.put("as", session.as());
        fields.put("role", session.role().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        fields.put("state", session.state());
        fields.put("uptime-seconds", session.uptime().toSeconds());
        fields.put("families", session.families().stream().sorted().map(SessionJson::family).toList());
        fields.put("prefixes-received", session.prefixesReceived());
        return fields;
    }

    private static SessionStatus session(Config fields) {
        Set<Family> families = new LinkedHashSet<>();
        for (String name : fields.getStringList("families")) {
            for (Family family : Family.values()) {
                if (family(family).equals(name)) {
                    families.add(family);
                }
            }
        }
        return new SessionStatus(fields.getString("name"), InetAddress.ofLiteral(fields.getString("address")),
                fields.getLong("as"),
                PeerRole.valueOf(fields.getString("role").toUpperCase(Locale.ROOT).replace('-', '_')),
                fields.getString("state"), Duration.ofSeconds(fields.getLong("uptime-seconds")), families,
                fields.getLong("prefixes-received"));
    }

    private static String family(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> "ipv4";
            case IPV6_UNICAST -> "ipv6";
        };
    }
}
