package io.tapetum.core.fsm;

/** The states of RFC 4271 §8.2.2, in the order in which a session comes up. */
public enum SessionState {
    /** Nothing is tried and nothing accepted: stopped, or in the idle hold. */
    IDLE("Idle"),
    /** Waiting for TCP to open an outgoing connection; the peer's are accepted as well. */
    CONNECT("Connect"),
    /** Waiting for the peer to connect, or for the next attempt. */
    ACTIVE("Active"),
    /** The OPEN was sent; the peer's has not come. */
    OPEN_SENT("OpenSent"),
    /** OPENs were exchanged; the peer's KEEPALIVE has not come. */
    OPEN_CONFIRM("OpenConfirm"),
    /** Routes are exchanged. */
    ESTABLISHED("Established");

    private final String text;

    SessionState(String text) {
        this.text = text;
    }

    /** As the RFC spells it: {@code OpenSent}. */
    public String text() {
        return text;
    }
}
