package io.tapetum.server.calico.legacy;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.calico.etcd.Json;
import io.tapetum.server.calico.etcd.KeySpace;
import io.tapetum.server.calico.resource.BgpConfiguration;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.calico.resource.ResourceReader;
import io.tapetum.server.calico.resource.UnusableResource;

/**
 * The flat keys as the resources that they later became: a host is a Node, a peer of all hosts or of one is a BGPPeer, and
 * what else is said of all hosts or of one is a BGPConfiguration. So everything that holds for those holds for these: a
 * host without an address costs nobody else a session, a peer that is named twice has one session, and IPv6 is like IPv4.
 */
public final class LegacyKeys implements KeySpace {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Pattern REFLECTOR = Pattern.compile("(rr_v[46]/.+)");
    private static final Pattern GLOBAL = Pattern.compile("global/(?:as_num|listen_port)");
    private static final Pattern GLOBAL_PEER = Pattern.compile("(global/peer_v[46]/.+)");
    private static final Pattern HOST = Pattern.compile("host/([^/]+)/(?:ip_addr_v4|ip_addr_v6|as_num|rr_cluster_id)");
    private static final Pattern HOST_PORT = Pattern.compile("host/([^/]+)/listen_port");
    private static final Pattern HOST_PEER = Pattern.compile("(host/[^/]+/peer_v[46]/.+)");

    /** Newer writers append the port to a peer's key if it is not 179. */
    private static final Pattern PORT_OF_KEY = Pattern.compile(".*/[^/]+-(\\d{1,5})");

    private final Set<ResourceKind> kinds;

    private LegacyKeys(Set<ResourceKind> kinds) {
        this.kinds = kinds;
    }

    /** All of them: hosts, peers and reflectors. */
    public static LegacyKeys all() {
        return new LegacyKeys(EnumSet.of(ResourceKind.NODE, ResourceKind.BGP_PEER, ResourceKind.BGP_CONFIGURATION,
                ResourceKind.ROUTE_REFLECTOR));
    }

    /** Those of the reflectors' own mesh, to be read beside Calico's resources. */
    public static LegacyKeys ofReflectors() {
        return new LegacyKeys(EnumSet.of(ResourceKind.ROUTE_REFLECTOR));
    }

    @Override
    public String prefix() {
        return "/calico/bgp/v1";
    }

    @Override
    public Set<ResourceKind> kinds() {
        return Set.copyOf(kinds);
    }

    @Override
    public @Nullable ResourceName resourceOf(String key) {
        ResourceName name = anyResourceOf(key);
        return name != null && kinds.contains(name.kind()) ? name : null;
    }

    private static @Nullable ResourceName anyResourceOf(String key) {
        if (GLOBAL.matcher(key).matches()) {
            return new ResourceName(ResourceKind.BGP_CONFIGURATION, BgpConfiguration.DEFAULT);
        }
        ResourceName name = named(HOST, key, ResourceKind.NODE, "");
        name = name != null
                ? name
                : named(HOST_PORT, key, ResourceKind.BGP_CONFIGURATION, BgpConfiguration.NODE_PREFIX);
        name = name != null ? name : named(GLOBAL_PEER, key, ResourceKind.BGP_PEER, "");
        name = name != null ? name : named(HOST_PEER, key, ResourceKind.BGP_PEER, "");
        return name != null ? name : named(REFLECTOR, key, ResourceKind.ROUTE_REFLECTOR, "");
    }

    private static @Nullable ResourceName named(Pattern pattern, String key, ResourceKind kind, String before) {
        Matcher matcher = pattern.matcher(key);
        return matcher.matches() ? new ResourceName(kind, before + matcher.group(1)) : null;
    }

    @Override
    public CalicoResource read(ResourceName resource, Map<String, String> values) {
        return switch (resource.kind()) {
            case NODE -> node(resource.name(), values);
            case BGP_CONFIGURATION -> configuration(resource.name(), values);
            case BGP_PEER -> ofObject(resource, values, old -> peer(resource.name(), old));
            case ROUTE_REFLECTOR -> ofObject(resource, values, UnaryOperator.identity());
            case CLUSTER_INFORMATION -> throw new IllegalArgumentException("no key is of this kind");
        };
    }

    private static CalicoResource node(String name, Map<String, String> values) {
        ObjectNode bgp = JSON.objectNode();
        values.forEach((key, value) -> {
            String field = switch (key.substring(key.lastIndexOf('/') + 1)) {
                case "ip_addr_v4" -> "ipv4Address";
                case "ip_addr_v6" -> "ipv6Address";
                case "as_num" -> "asNumber";
                default -> "routeReflectorClusterID";
            };
            bgp.put(field, value);
        });
        return ResourceReader.read(ResourceKind.NODE, name, withSpec(JSON.objectNode().set("bgp", bgp)));
    }

    private static CalicoResource configuration(String name, Map<String, String> values) {
        ObjectNode spec = JSON.objectNode();
        values.forEach((key, value) -> spec.put(key.endsWith("as_num") ? "asNumber" : "listenPort", value));
        return ResourceReader.read(ResourceKind.BGP_CONFIGURATION, name, withSpec(spec));
    }

    /** A BGPPeer's specification, from {@code {"ip": "10.0.0.2", "as_num": "64512"}}. */
    private static JsonNode peer(String name, JsonNode old) {
        String address = old.path("ip").asText("");
        Matcher port = PORT_OF_KEY.matcher(name);
        ObjectNode spec = JSON.objectNode();
        spec.put("peerIP", port.matches()
                ? (address.contains(":") ? "[" + address + "]" : address) + ":" + port.group(1)
                : address);
        spec.set("asNumber", old.path("as_num"));
        if (name.startsWith("host/")) {
            spec.put("node", name.split("/", -1)[1]);
        }
        return spec;
    }

    private static CalicoResource ofObject(ResourceName resource, Map<String, String> values,
            UnaryOperator<JsonNode> specification) {
        JsonNode object = Json.parse(values.values().iterator().next());
        if (!object.isObject()) {
            return new UnusableResource(resource.kind(), resource.name(), "its value is not a JSON object");
        }
        return ResourceReader.read(resource.kind(), resource.name(), withSpec(specification.apply(object)));
    }

    private static ObjectNode withSpec(JsonNode spec) {
        return JSON.objectNode().set("spec", spec);
    }
}
