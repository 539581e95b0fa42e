package io.tapetum.server.logging;

import java.net.InetAddress;

import io.tapetum.core.settings.PeerSettings;

/** By what operators know a peer. Cheap to make and to compare, as its settings are not. */
record PeerName(String name, InetAddress address, String group) {

    static PeerName of(PeerSettings peer) {
        return new PeerName(peer.name(), peer.address(), peer.template().group());
    }

    /** How a sentence about it begins. */
    @Override
    public String toString() {
        String literal = address.getHostAddress();
        return "peer " + (name.equals(literal) ? literal : name + " (" + literal + ")")
                + (group.isEmpty() ? "" : " of " + group);
    }
}
