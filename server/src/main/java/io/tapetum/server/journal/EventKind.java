package io.tapetum.server.journal;

import io.tapetum.core.event.ReflectorEvent;

/** What sort of thing happened. Whoever logs says so with the key {@link #KEY}, or leaves it to where the line comes from. */
public enum EventKind {

    /** A session is Established. */
    SESSION_UP("session-up"),
    /** A session that was Established has ended. */
    SESSION_DOWN("session-down"),
    /** A session ended before it was Established. */
    SESSION_FAILED("session-failed"),
    /** A peer's sessions come and go, too often for a line each. */
    SESSION_FLAPPING("session-flapping"),
    /** The state machine of a session moved. Logged at level debug, so never in the journal. */
    SESSION_STATE("session-state"),
    /** A peer has been sent every route of a family. */
    TABLE_SENT("table-sent"),
    /** An UPDATE had errors that end no session. */
    MALFORMED_UPDATE("malformed-update"),
    /** A family is ignored because its routes can no longer be told. */
    FAMILY_DISABLED("family-disabled"),
    /** A peer announces nearly as many prefixes as it may, or more. */
    MAXIMUM_PREFIXES("maximum-prefixes"),
    /** A connection was refused, or many were. */
    CONNECTION_REFUSED("connection-refused"),
    /** Something about connections of peers as such: there are no open files left, say. */
    CONNECTIONS("connections"),
    /** Something about where peers come from. */
    DATASTORE("datastore"),
    /** Something about the keys that sessions are signed with. */
    KEYS("keys"),
    /** Something about the admin endpoint. */
    ADMIN("admin"),
    /** Somebody has changed something over the admin endpoint. */
    OPERATOR("operator"),
    /** Something about the sockets that answer as BIRD does. */
    CONTROL("control"),
    /** The process begins or ends, and whatever is nothing of the above. */
    PROCESS("process");

    /** The key of the kind among the key-value pairs of a line in the log. */
    public static final String KEY = "event";

    private static final String ROOT = "io.tapetum.server.";

    private final String label;

    EventKind(String label) {
        this.label = label;
    }

    /** Its name for operators and programs. */
    public String label() {
        return label;
    }

    /** The label, so that it can be the value of a key-value pair. */
    @Override
    public String toString() {
        return label;
    }

    /** The kind of what the reflector reports. */
    public static EventKind of(ReflectorEvent event) {
        return switch (event) {
            case ReflectorEvent.StateChanged _ -> SESSION_STATE;
            case ReflectorEvent.PeerUp _ -> SESSION_UP;
            case ReflectorEvent.PeerDown _ -> SESSION_DOWN;
            case ReflectorEvent.ConnectionFailed _ -> SESSION_FAILED;
            case ReflectorEvent.TableSent _ -> TABLE_SENT;
            case ReflectorEvent.MalformedUpdate _ -> MALFORMED_UPDATE;
            case ReflectorEvent.FamilyDisabled _ -> FAMILY_DISABLED;
            case ReflectorEvent.MaximumPrefixesReached _ -> MAXIMUM_PREFIXES;
            case ReflectorEvent.ConnectionRefused _ -> CONNECTION_REFUSED;
        };
    }

    /** The kind of a line that does not say: by the package of who wrote it, the first one below the server's. */
    public static EventKind ofLogger(String name) {
        if (!name.startsWith(ROOT)) {
            return PROCESS;
        }
        int end = name.indexOf('.', ROOT.length());
        return switch (name.substring(ROOT.length(), end < 0 ? name.length() : end)) {
            case "transport", "admission" -> CONNECTIONS;
            case "calico", "etcd", "datastore", "source" -> DATASTORE;
            case "keys", "signing" -> KEYS;
            case "admin" -> ADMIN;
            case "control" -> CONTROL;
            default -> PROCESS;
        };
    }
}
