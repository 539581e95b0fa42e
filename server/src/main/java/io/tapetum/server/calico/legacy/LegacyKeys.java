package io.tapetum.server.calico.legacy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** The keys at one moment, read in the order of their names. What cannot be used counts as absent and is a problem. */
final class LegacyKeys {

    static final String PREFIX = "/calico/bgp/v1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DOTTED_QUAD = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern DOTTED_AS = Pattern.compile("(\\d{1,5})\\.(\\d{1,5})");
    private static final Pattern PORT_SUFFIX = Pattern.compile(".*-(\\d{1,5})");
    private static final long LARGEST_AS = 0xFFFF_FFFFL;
    private static final int LARGEST_HALF = 0xFFFF;

    private final SortedMap<String, String> keys;
    private final Set<String> problems = new LinkedHashSet<>();

    LegacyKeys(Map<String, String> keys) {
        this.keys = new TreeMap<>(keys);
    }

    /** Each found so far, once. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    /**
     * An entry that names a peer or a reflector.
     *
     * @param ip the peer's address
     * @param as {@code as_num}, or {@code null}
     * @param clusterId {@code cluster_id}, network order, or {@code null}
     * @param port behind the address in the key's name, or {@code null}
     */
    record Entry(String key, InetAddress ip, @Nullable Long as, @Nullable Integer clusterId, @Nullable Integer port) {}

    /** All that can be used in a folder below the prefix, such as {@code rr_v4}. */
    List<Entry> entries(String folder) {
        String start = PREFIX + '/' + folder + '/';
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, String> at : keys.tailMap(start).entrySet()) {
            if (!at.getKey().startsWith(start)) {
                break;
            }
            Entry entry = entry(at.getKey(), at.getValue());
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private @Nullable Entry entry(String key, String value) {
        JsonNode object;
        try {
            object = JSON.readTree(value);
        } catch (JsonProcessingException _) {
            return unusable(key, "its value is no JSON");
        }
        if (!object.isObject()) {
            return unusable(key, "its value is no JSON object");
        }
        String ip = object.path("ip").asText("");
        if (ip.isEmpty()) {
            return unusable(key, "it has no ip");
        }
        InetAddress address = address(ip);
        if (address == null) {
            return unusable(key, "its ip is \"" + ip + "\"; expected is the address of a host");
        }
        String asText = object.path("as_num").asText("");
        Long as = asText.isEmpty() ? null : as(asText);
        if (!asText.isEmpty() && as == null) {
            return unusable(key, "its as_num is \"" + asText + "\"; expected is an AS number from 1 to 4294967295");
        }
        String clusterText = object.path("cluster_id").asText("");
        InetAddress cluster = clusterText.isEmpty() ? null : quad(clusterText);
        if (!clusterText.isEmpty() && cluster == null) {
            return unusable(key, "its cluster_id is \"" + clusterText + "\"; expected are four octets, as 10.0.0.1");
        }
        Matcher suffix = PORT_SUFFIX.matcher(key);
        return new Entry(key, address, as, cluster == null ? null : ByteBuffer.wrap(cluster.getAddress()).getInt(),
                suffix.matches() ? Integer.valueOf(suffix.group(1)) : null);
    }

    private @Nullable Entry unusable(String key, String reason) {
        problem("the key " + key + " is left out: " + reason);
        return null;
    }

    /** The names of all nodes that have any key, in order. */
    List<String> hosts() {
        String start = PREFIX + "/host/";
        Set<String> hosts = new LinkedHashSet<>();
        for (String key : keys.tailMap(start).keySet()) {
            if (!key.startsWith(start)) {
                break;
            }
            int slash = key.indexOf('/', start.length());
            if (slash > start.length()) {
                hosts.add(key.substring(start.length(), slash));
            }
        }
        return List.copyOf(hosts);
    }

    /** The value of a key below the prefix, without white space around it; {@code null} if there is no such key. */
    @Nullable
    String text(String key) {
        String value = keys.get(PREFIX + '/' + key);
        return value == null ? null : value.trim();
    }

    @Nullable
    Long asNumber(String key) {
        String text = text(key);
        if (text == null || text.isEmpty()) {
            return null;
        }
        Long as = as(text);
        if (as == null) {
            unusable(PREFIX + '/' + key,
                    "its value is \"" + text + "\"; expected is an AS number from 1 to 4294967295");
        }
        return as;
    }

    @Nullable
    Integer port(String key) {
        String text = text(key);
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.matches("\\d{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 0xFFFF) {
                return port;
            }
        }
        unusable(PREFIX + '/' + key, "its value is \"" + text + "\"; expected is a port from 1 to 65535");
        return null;
    }

    /** Never asks DNS: what is no address is {@code null}. */
    static @Nullable InetAddress address(String text) {
        if (text.indexOf(':') < 0) {
            return quad(text);
        }
        return text.indexOf('%') >= 0 ? null : literal(text);
    }

    private static @Nullable InetAddress quad(String text) {
        return DOTTED_QUAD.matcher(text).matches() ? literal(text) : null;
    }

    private static @Nullable InetAddress literal(String text) {
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            return address.isAnyLocalAddress() || address.isMulticastAddress() ? null : address;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static @Nullable Long as(String text) {
        Matcher dotted = DOTTED_AS.matcher(text);
        long as = 0;
        if (dotted.matches()) {
            int high = Integer.parseInt(dotted.group(1));
            int low = Integer.parseInt(dotted.group(2));
            as = high > LARGEST_HALF || low > LARGEST_HALF ? 0 : (long) high << 16 | low;
        } else if (text.matches("\\d{1,10}")) {
            as = Long.parseLong(text);
        }
        return as < 1 || as > LARGEST_AS ? null : Long.valueOf(as);
    }
}
