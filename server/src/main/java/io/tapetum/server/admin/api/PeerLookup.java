package io.tapetum.server.admin.api;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.inquiry.UnknownPeerException;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.reflector.SessionStatus;

/** Finds the session that somebody means. */
final class PeerLookup {

    private PeerLookup() {}

    /** @param peer its name, or its address in any notation */
    static SessionStatus find(RunningReflector reflector, String peer) throws UnknownPeerException {
        InetAddress address = address(peer);
        return reflector.sessions().stream()
                .filter(session -> session.name().equals(peer) || session.address().equals(address))
                .findFirst().orElseThrow(() -> new UnknownPeerException(peer));
    }

    /** No name server is asked. */
    private static @Nullable InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
