package io.tapetum.interop.calico;

import java.util.OptionalInt;

import io.tapetum.interop.lab.Host;

/**
 * What makes a node peer with somebody.
 *
 * @param reason where Calico has the session from
 * @param peer the other side, in both families
 * @param restartTime how long routes of the node are to be kept after its session broke, in seconds; empty for BIRD's 120
 */
record NodeSession(Reason reason, Host peer, OptionalInt restartTime) {

    /** The first word of a session's name. */
    enum Reason {
        /** The full mesh of the nodes. */
        MESH("Mesh"),
        /** A BGPPeer for all nodes. */
        GLOBAL("Global"),
        /** A BGPPeer for some nodes. */
        NODE("Node");

        private final String word;

        Reason(String word) {
            this.word = word;
        }
    }

    static NodeSession mesh(Host peer) {
        return new NodeSession(Reason.MESH, peer, OptionalInt.empty());
    }

    static NodeSession global(Host peer) {
        return new NodeSession(Reason.GLOBAL, peer, OptionalInt.empty());
    }

    static NodeSession node(Host peer) {
        return new NodeSession(Reason.NODE, peer, OptionalInt.empty());
    }

    NodeSession withRestartTime(int seconds) {
        return new NodeSession(reason, peer, OptionalInt.of(seconds));
    }

    /** BIRD's name for it, made of the address as Calico does. */
    String name(NodeFamily family) {
        return reason.word + "_" + family.address(peer).replace('.', '_').replace(':', '_');
    }
}
