package io.tapetum.server.control;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.util.NetUtil;

import io.tapetum.server.reflector.SessionStatus;

/**
 * What sessions are called where BIRD's rules hold: letters, digits and underscores, not beginning with a digit. Those
 * that a datastore wants are called as on a calico-node, from where {@code calicoctl} tells what kind they are of.
 */
public final class ProtocolNames {

    private static final int BGP_PORT = 179;

    private ProtocolNames() {}

    /** Sessions by their names, in the order of their addresses. */
    public static Map<String, SessionStatus> of(List<SessionStatus> sessions) {
        Map<String, SessionStatus> named = new LinkedHashMap<>();
        sessions.stream()
                .sorted(Comparator.comparing(session -> session.address().getAddress(), Arrays::compareUnsigned))
                .forEach(session -> {
                    String name = name(session);
                    String free = name;
                    for (int number = 2; named.containsKey(free); number++) {
                        free = name + "_" + number;
                    }
                    named.put(free, session);
                });
        return named;
    }

    private static String name(SessionStatus session) {
        String address = NetUtil.toAddressString(session.address());
        return switch (session.origin()) {
            case GLOBAL -> withAddress("Global_", address, session.port());
            case NODE_SPECIFIC -> withAddress("Node_", address, session.port());
            case MESH -> withAddress("Mesh_", address, session.port());
            case RANGE -> withAddress("Dynamic_", address, session.port());
            case CONFIGURED -> session.name().equals(session.address().getHostAddress())
                    ? withAddress("Peer_", address, session.port())
                    : legal(session.name());
        };
    }

    private static String withAddress(String kind, String address, int port) {
        return kind + legalCharacters(address) + (port == BGP_PORT ? "" : "_port_" + port);
    }

    private static String legal(String name) {
        String legal = legalCharacters(name);
        return legal.isEmpty() || Character.isDigit(legal.charAt(0)) ? "_" + legal : legal;
    }

    private static String legalCharacters(String name) {
        return name.replaceAll("[^A-Za-z0-9_]", "_");
    }
}
