package io.tapetum.server.config;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.ExternalPolicy;
import io.tapetum.core.settings.ExternalPolicy.NextHopMode;
import io.tapetum.core.settings.MaximumPrefixes;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.Protection;
import io.tapetum.core.settings.SessionTimers;
import io.tapetum.server.config.Section.Entry;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.wire.Family;

/** Reads what peers have in common. */
final class TemplateReader {

    private static final SequencedMap<String, Family> FAMILIES = ordered(List.of("ipv4", "ipv6"),
            List.of(Family.IPV4_UNICAST, Family.IPV6_UNICAST));
    private static final Kind<Family> FAMILY = Kinds.choice(FAMILIES);
    private static final Kind<ConnectMode> CONNECT = Kinds.choice(ordered(List.of("passive", "active", "fallback"),
            List.of(ConnectMode.PASSIVE, ConnectMode.ACTIVE, ConnectMode.FALLBACK)));
    private static final Kind<NextHopMode> NEXT_HOP = Kinds
            .choice(ordered(List.of("self", "keep"), List.of(NextHopMode.SELF, NextHopMode.KEEP)));
    private static final Kind<MaximumPrefixes.Action> ACTION = Kinds
            .choice(ordered(List.of("warn", "restart", "shutdown"), List.of(MaximumPrefixes.Action.WARN,
                    MaximumPrefixes.Action.RESTART, MaximumPrefixes.Action.SHUTDOWN)));

    /** Empty for the role that follows from the AS number. */
    private static final Kind<Optional<PeerRole>> ROLE = Kinds
            .choice(ordered(List.of("auto", "client", "non-client", "external"), List.of(Optional.empty(),
                    Optional.of(PeerRole.CLIENT), Optional.of(PeerRole.NON_CLIENT), Optional.of(PeerRole.EXTERNAL))));

    private static final Kind<Integer> TTL = Kinds.integer(1, 255);
    private static final Kind<Integer> TTL_SECURITY = Kinds.integer(1, 255).or("off", 0);
    /** Where a key is, never the key itself. */
    private static final Kind<String> TCP_MD5_KEY = new Kind<>(
            "where the key is: keystore:NAME, file:PATH or env:VARIABLE; the key itself has no place here", "",
            text -> KeyReference.parse(text).map(KeyReference::toString).orElse(null)).or("none", "");
    private static final Kind<Integer> ADD_PATH_SEND = Kinds.integer(2, 255).or("all", PeerTemplate.ALL_PATHS)
            .or("off", 0);
    private static final Kind<Integer> HOLD_TIME = Kinds.zeroOrSeconds("no keepalives", 3, 65535);
    private static final Kind<Integer> RESTART_TIME = Kinds.zeroOrSeconds("not announced", 1, 4095);
    /** 24 bits of seconds (RFC 9494 §3.1); nobody wants routes that are older than a week. */
    private static final Kind<Integer> STALE_TIME = Kinds.zeroOrSeconds("not announced", 1, 604_800);
    private static final Kind<Duration> UP_TO_AN_HOUR = Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(1));
    private static final Kind<Duration> DELAY = Kinds.duration(Duration.ZERO, Duration.ofHours(1));
    private static final Kind<Duration> SEND_HOLD = Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(36))
            .or("auto", Duration.ZERO);

    /** 0 stands for no limit. */
    private static final Kind<Integer> LIMIT = Kinds.integer(1, Integer.MAX_VALUE).or("none", 0);
    private static final Kind<Integer> PERCENT = Kinds.integer(1, 100);
    private static final Kind<Duration> RESTART_AFTER = Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(24));

    private final long localAs;
    private final Kind<Long> asNumber;
    private final Kind<Integer> clusterId;
    private final boolean hasKeystore;
    private final Problems problems;

    TemplateReader(long localAs, int defaultClusterId, boolean hasKeystore, Problems problems) {
        this.localAs = localAs;
        this.hasKeystore = hasKeystore;
        this.asNumber = Kinds.AS_NUMBER.or("local", localAs);
        this.clusterId = Kinds.IDENTIFIER.or("default", defaultClusterId);
        this.problems = problems;
    }

    /** Checks what can be checked of peer-defaults or a group, which a peer may still complete. */
    void check(Section section) {
        readValues(section, "", PeerRole.CLIENT);
    }

    /** The template of one peer or range. */
    PeerTemplate read(Section section, String group) {
        PeerTemplate template = readValues(section, group, role(section));
        checkTimers(section);
        return template;
    }

    /** What peers have in common whose AS numbers and roles are known elsewhere. */
    PeerTemplate readWithoutRole(Section section, String group) {
        return readValues(section, group, PeerRole.CLIENT);
    }

    /** Whether times that are fine by themselves go together. */
    void checkTimers(Section section) {
        Duration retry = section.read("connect-retry", UP_TO_AN_HOUR);
        Duration retryMax = section.read("connect-retry-max", UP_TO_AN_HOUR);
        if (retry != null && retryMax != null && retryMax.compareTo(retry) < 0) {
            contradiction(section, "connect-retry-max",
                    "expected at least connect-retry, which is " + shown(section, "connect-retry"));
        }
        Integer hold = section.read("hold-time", HOLD_TIME);
        Duration sendHold = section.read("send-hold-time", SEND_HOLD);
        // RFC 9687: a peer that is merely slow must run into its own hold timer first.
        if (hold != null && sendHold != null && sendHold.isPositive() && sendHold.toSeconds() <= hold) {
            contradiction(section, "send-hold-time",
                    "expected auto, or more than hold-time, which is " + shown(section, "hold-time"));
        }
    }

    private PeerTemplate readValues(Section section, String group, PeerRole role) {
        SessionTimers timers = new SessionTimers(section.get("hold-time", HOLD_TIME),
                section.get("open-hold-time", UP_TO_AN_HOUR), section.get("connect-retry", UP_TO_AN_HOUR),
                section.get("connect-retry-max", UP_TO_AN_HOUR), section.get("fallback-delay", DELAY),
                section.get("send-hold-time", SEND_HOLD));
        ExternalPolicy external = new ExternalPolicy(section.get("next-hop", NEXT_HOP),
                section.get("next-hop-to-internal", NEXT_HOP), section.get("send-med", Kinds.BOOLEAN),
                section.get("local-pref", Kinds.UNSIGNED_INT), section.get("enforce-first-as", Kinds.BOOLEAN));
        section.get("role", ROLE);
        section.get("port", Kinds.PORT);
        return new PeerTemplate(group, localAs, section.get("as", asNumber), role, section.get("cluster-id", clusterId),
                section.get("client-to-client", Kinds.BOOLEAN), families(section), section.get("connect", CONNECT),
                section.get("ttl", TTL), section.get("extended-messages", Kinds.BOOLEAN),
                section.get("add-path-receive", Kinds.BOOLEAN), section.get("add-path-send", ADD_PATH_SEND),
                section.get("extended-next-hop", Kinds.BOOLEAN),
                section.get("graceful-restart-time", RESTART_TIME),
                section.get("long-lived-stale-time", STALE_TIME), timers, maximumPrefixes(section), external,
                new Protection(key(section), section.get("ttl-security", TTL_SECURITY)));
    }

    private String key(Section section) {
        String key = section.get("tcp-md5-key", TCP_MD5_KEY);
        Entry entry = section.find("tcp-md5-key");
        if (entry != null && !hasKeystore && key.startsWith(KeyReference.Stored.PREFIX)) {
            problems.add(entry.value().origin(), entry.path() + " = " + Problems.shown(entry.value())
                    + ": expected tapetum.keys.store to be set too: that is the keystore");
        }
        return key;
    }

    /** RFC 4456 §6: clients and non-clients are internal peers. */
    private PeerRole role(Section section) {
        Long as = section.read("as", asNumber);
        Optional<PeerRole> written = section.read("role", ROLE);
        if (as == null || written == null) {
            return PeerRole.CLIENT;
        }
        boolean internal = as == localAs;
        if (written.isEmpty()) {
            return internal ? PeerRole.CLIENT : PeerRole.EXTERNAL;
        }
        PeerRole role = written.get();
        if (internal && role == PeerRole.EXTERNAL) {
            contradiction(section, "role", "expected client or non-client, because as is the local AS " + localAs);
        } else if (!internal && role != PeerRole.EXTERNAL) {
            contradiction(section, "role",
                    "expected external, because as is " + as + " and the local AS is " + localAs);
        }
        return role;
    }

    private Set<Family> families(Section section) {
        Set<Family> families = EnumSet.noneOf(Family.class);
        Entry entry = section.find("families");
        for (Entry element : section.list("families")) {
            Family family = Section.read(element, FAMILY, problems);
            if (family != null && !families.add(family)) {
                problems.badValue(element.path(), element.value(), "every family once");
            }
        }
        if (entry != null && entry.value().unwrapped() instanceof List<?> list && list.isEmpty()) {
            problems.badValue(entry.path(), entry.value(), "at least one of ipv4, ipv6");
        }
        return families;
    }

    private Map<Family, MaximumPrefixes> maximumPrefixes(Section section) {
        Map<Family, MaximumPrefixes> limits = new EnumMap<>(Family.class);
        Section both = section.section("maximum-prefixes");
        both.refuseKeysOtherThan(Schema.MAXIMUM_PREFIXES);
        FAMILIES.forEach((key, family) -> {
            Section one = both.section(key);
            one.refuseKeysOtherThan(Schema.PREFIX_LIMIT);
            int limit = one.get("limit", LIMIT);
            MaximumPrefixes maximum = new MaximumPrefixes(limit, one.get("warn-percent", PERCENT),
                    one.get("action", ACTION), one.get("restart-after", RESTART_AFTER));
            if (limit > 0) {
                limits.put(family, maximum);
            }
        });
        return limits;
    }

    /**
     * Two values that are fine by themselves do not go together. Both were read, so the entry exists; the place is the
     * one of the key, or of the peer when the peer only inherits it.
     */
    private void contradiction(Section section, String key, String expected) {
        Entry entry = section.find(key);
        if (entry == null) {
            return;
        }
        boolean inherited = !section.says(key);
        problems.add(inherited ? section.origin() : entry.value().origin(),
                section.path() + "." + key + " = " + Problems.shown(entry.value())
                        + (inherited ? " (inherited from " + entry.path() + ")" : "") + ": " + expected);
    }

    private static String shown(Section section, String key) {
        @Nullable
        Entry entry = section.find(key);
        return entry == null ? "unknown" : Problems.shown(entry.value());
    }

    private static <T> SequencedMap<String, T> ordered(List<String> words, List<T> meanings) {
        SequencedMap<String, T> map = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            map.put(words.get(i), meanings.get(i));
        }
        return map;
    }
}
