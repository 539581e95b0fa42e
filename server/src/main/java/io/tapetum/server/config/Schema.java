package io.tapetum.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Which keys exist where, and what an operator may have meant by one that does not. */
final class Schema {

    /** Whatever many peers may have in common. */
    static final Set<String> TEMPLATE = Set.of("as", "role", "cluster-id", "client-to-client", "families", "connect",
            "port", "ttl", "extended-messages", "add-path-receive", "add-path-send", "extended-next-hop",
            "graceful-restart-time",
            "long-lived-stale-time",
            "hold-time", "open-hold-time", "connect-retry", "connect-retry-max", "fallback-delay", "send-hold-time",
            "maximum-prefixes", "next-hop", "next-hop-to-internal", "send-med", "local-pref", "enforce-first-as",
            "tcp-md5-key", "ttl-security");

    static final Set<String> PEER = with(TEMPLATE, "address", "group", "name", "local-address");

    /** Peers of a range are never connected to, so they have no port. */
    static final Set<String> RANGE = without(with(TEMPLATE, "range", "group", "name", "limit"), "port");

    static final Set<String> MAXIMUM_PREFIXES = Set.of("ipv4", "ipv6");

    static final Set<String> PREFIX_LIMIT = Set.of("limit", "warn-percent", "action", "restart-after");

    static final Set<String> LISTEN = Set.of("address", "port");

    static final Set<String> ADMIN = Set.of("listen", "host-names", "tls", "tokens", "metrics");

    static final Set<String> ADMIN_METRICS = Set.of("sessions", "bird-names");

    static final Set<String> ADMIN_TLS = Set.of("cert-file", "key-file", "from-keystore", "client-ca-file");

    static final Set<String> ADMIN_TOKEN = Set.of("name", "scope", "token");

    static final Set<String> ADDRESSES = Set.of("ipv4", "ipv6");

    static final Set<String> DATASTORE = Set.of("type", "mode", "node-name", "legacy-keys", "group", "kubernetes",
            "etcd");

    static final Set<String> KUBERNETES = Set.of("kubeconfig", "context", "endpoint", "cert-file", "key-file",
            "ca-file", "token", "insecure-skip-tls-verify", "api-group", "secrets-namespace");

    static final Set<String> ETCD = Set.of("endpoints", "discovery-srv", "ca-file", "cert-file", "key-file",
            "username", "password");

    static final Set<String> CONNECTIONS = Set.of("maximum", "half-open", "per-source", "rate", "open-time");

    static final Set<String> CONTROL = Set.of("directory");

    static final Set<String> KEYS = Set.of("store", "passphrase", "overlap");

    /** Keys whose values nobody may see, wherever they stand. */
    static final Set<String> SECRETS = Set.of("password", "token");

    /** Keys whose values say where a secret is. Somebody may have written the secret itself there. */
    static final Set<String> WHERE_SECRETS_ARE = Set.of("tcp-md5-key", "passphrase", "tokens");

    static final Set<String> LOG = Set.of("level", "format");

    static final Set<String> EVENTS = Set.of("keep");

    static final Set<String> ROOT = Set.of("as", "router-id", "cluster-id", "listen", "event-loops",
            "allow-loopback-next-hop", "restart-deferral", "peer-defaults", "peer-groups", "peers", "dynamic-peers",
            "admin", "log", "addresses", "datastore",
            "control", "keys", "connections", "events");

    private Schema() {}

    /** The rest of the sentence "unknown key"; empty if nothing comes to mind. */
    static String advice(String key, Set<String> known) {
        if (known.equals(ROOT) && TEMPLATE.contains(key)) {
            return "; it belongs into peer-defaults, a group of peer-groups, peers or dynamic-peers";
        }
        if (!known.equals(ROOT) && ROOT.contains(key)) {
            return "; did you mean tapetum." + key + ", outside of this block?";
        }
        return Optional.ofNullable(similar(key, known)).or(() -> shorter(key, known))
                .map(word -> "; did you mean " + word + "?")
                .orElseGet(() -> "; known here are " + String.join(", ", known.stream().sorted().toList()));
    }

    /** Who knows remote-as and peer-group from other daemons looks for as and group here. */
    private static Optional<String> shorter(String key, Set<String> known) {
        return known.stream().filter(one -> key.endsWith("-" + one)).max(Comparator.comparingInt(String::length));
    }

    /** The candidate that this word may be a misspelling of, or {@code null}. */
    static @Nullable String similar(String word, Collection<String> candidates) {
        String wanted = plain(word);
        String best = null;
        // One slip in three letters is the most that is still recognisable.
        int bestDistance = wanted.length() / 3 + 1;
        for (String candidate : candidates.stream().sorted().toList()) {
            int distance = distance(wanted, plain(candidate));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** hold_time, holdTime and hold-time are the same word. */
    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** Levenshtein's: how many letters have to be added, removed or replaced. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }

    private static Set<String> with(Set<String> keys, String... more) {
        Set<String> all = new LinkedHashSet<>(keys);
        all.addAll(Set.of(more));
        return Set.copyOf(all);
    }

    private static Set<String> without(Set<String> keys, String key) {
        Set<String> rest = new LinkedHashSet<>(keys);
        rest.remove(key);
        return Set.copyOf(rest);
    }
}
