package io.tapetum.server.reflector;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

import io.tapetum.wire.Family;

/**
 * What an Established session agreed on, in the words of operators.
 *
 * @param localAddress the address of our end
 * @param peerIdentifier the peer's BGP Identifier, dotted
 * @param holdTimeSeconds 0 for none
 * @param keepaliveSeconds 0 for none
 * @param families whose routes are exchanged
 * @param peerCapabilities what the peer can do, as BIRD names it: {@code restart-able}
 * @param traits what the session is, as BIRD names it: {@code route-reflector} for a client
 */
public record Agreement(InetAddress localAddress, String peerIdentifier, int holdTimeSeconds, int keepaliveSeconds,
        Set<Family> families, List<String> peerCapabilities, List<String> traits) {

    public Agreement {
        families = Set.copyOf(families);
        peerCapabilities = List.copyOf(peerCapabilities);
        traits = List.copyOf(traits);
    }
}
