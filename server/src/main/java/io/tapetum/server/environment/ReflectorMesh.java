package io.tapetum.server.environment;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import io.tapetum.server.config.EnvironmentLayer;
import io.tapetum.server.environment.Variables.Variable;

/**
 * The other reflectors, from lists that are the same on all of them and contain each. They are meshed: no reflector is a
 * client of another. A family in which this host has no address has no mesh.
 */
final class ReflectorMesh {

    private final Variables variables;
    private final LayerBuilder layer;

    ReflectorMesh(Variables variables, LayerBuilder layer) {
        this.variables = variables;
        this.layer = layer;
    }

    void read() {
        List<Object> peers = new ArrayList<>();
        Variable last = null;
        for (Map.Entry<String, String> family : List.of(Map.entry("RR_IP_ADDRS", "IP"),
                Map.entry("RR_IP6_ADDRS", "IP6"))) {
            Variable reflectors = variables.plain(family.getKey());
            Variable own = variables.prefixed(family.getValue());
            if (reflectors != null && own != null) {
                peers.addAll(others(reflectors, own.value()));
                last = reflectors;
            }
        }
        if (last != null) {
            layer.set("peers", peers, last);
        }
    }

    /** Each remembers the list in which it stands. */
    private static List<Object> others(Variable reflectors, String own) {
        List<Object> others = new ArrayList<>();
        for (String address : new LinkedHashSet<>(CalicoEnvironment.list(reflectors))) {
            if (!same(address, own)) {
                others.add(EnvironmentLayer.value(Map.of("address", address, "role", "non-client", "connect", "active",
                        "local-address", own), reflectors.name()));
            }
        }
        return others;
    }

    /** Whether two texts are the same address; what is no address is refused where the peers are read. */
    private static boolean same(String address, String own) {
        try {
            return InetAddress.ofLiteral(address).equals(InetAddress.ofLiteral(own));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
