package io.tapetum.server.source;

/** What made a peer exist; Calico's operators know the last three by these names. */
public enum PeerOrigin {
    /** It is in the configuration file. */
    CONFIGURED("configured"),
    /** It connected from a dynamic range. */
    RANGE("dynamic"),
    /** A BGPPeer, or a legacy key, for all nodes. */
    GLOBAL("global"),
    /** A BGPPeer, or a legacy key, for certain nodes. */
    NODE_SPECIFIC("node specific"),
    /** The node-to-node mesh, or the mesh of reflectors. */
    MESH("node-to-node mesh");

    private final String text;

    PeerOrigin(String text) {
        this.text = text;
    }

    /** For operators; calicoctl's words where it has any. */
    public String text() {
        return text;
    }
}
