package io.tapetum.core.fsm;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The connections of one peer: at most one that we opened, one that the peer opened, and the session. A connection that
 * becomes the session leaves its place to a later one.
 */
final class Connections {

    private int lastId;
    private @Nullable Connection outgoing;
    private @Nullable Connection incoming;
    private @Nullable Connection session;

    @Nullable
    Connection outgoing() {
        return outgoing;
    }

    @Nullable
    Connection incoming() {
        return incoming;
    }

    @Nullable
    Connection session() {
        return session;
    }

    boolean isEmpty() {
        return outgoing == null && incoming == null && session == null;
    }

    List<Connection> all() {
        return Stream.of(outgoing, incoming, session).filter(Objects::nonNull).toList();
    }

    Connection addOutgoing() {
        Connection added = new Connection(++lastId, true);
        outgoing = added;
        return added;
    }

    Connection addIncoming() {
        Connection added = new Connection(++lastId, false);
        incoming = added;
        return added;
    }

    void remove(Connection connection) {
        if (connection == outgoing) {
            outgoing = null;
        } else if (connection == incoming) {
            incoming = null;
        } else if (connection == session) {
            session = null;
        }
    }

    /** This connection becomes the session, in the place of none. */
    void promote(Connection connection) {
        remove(connection);
        session = connection;
    }

    /** The connection with this id, or {@code null} if it is gone. Free of allocation. */
    @Nullable
    Connection find(int connectionId) {
        if (session != null && session.id() == connectionId) {
            return session;
        }
        if (outgoing != null && outgoing.id() == connectionId) {
            return outgoing;
        }
        return incoming != null && incoming.id() == connectionId ? incoming : null;
    }

    /** The attempt of this id, or {@code null}. */
    @Nullable
    Connection findAttempt(int connectionId) {
        Connection attempt = attempt();
        return attempt != null && attempt.id() == connectionId ? attempt : null;
    }

    /** The connection that TCP has not opened yet, or {@code null}. */
    @Nullable
    Connection attempt() {
        return outgoing != null && outgoing.isAttempt() ? outgoing : null;
    }

    /** The connection of this id that messages may come on, or {@code null}. */
    @Nullable
    Connection findOpen(int connectionId) {
        Connection connection = find(connectionId);
        return connection == null || connection.isAttempt() ? null : connection;
    }

    /**
     * The other connection that wants to become the session, or {@code null}. There is none while there is a session:
     * nothing is connected to then, so a newcomer is alone.
     */
    @Nullable
    Connection rivalOf(Connection connection) {
        return connection == outgoing ? incoming : outgoing;
    }

    /** The state of the most advanced connection; {@code otherwise} if there is none. */
    SessionState mostAdvanced(SessionState otherwise) {
        if (session != null) {
            return SessionState.ESTABLISHED;
        }
        if (incoming == null) {
            return outgoing == null ? otherwise : outgoing.state();
        }
        return outgoing == null || outgoing.state().compareTo(incoming.state()) < 0
                ? incoming.state()
                : outgoing.state();
    }

    /** Time until the first timer of any connection is due, in nanoseconds. Free of allocation. */
    long untilNextDeadline(long nowNanos) {
        long nearest = PeerFsm.NEVER_NANOS;
        if (outgoing != null) {
            nearest = Math.min(nearest, outgoing.untilNextDeadline(nowNanos));
        }
        if (incoming != null) {
            nearest = Math.min(nearest, incoming.untilNextDeadline(nowNanos));
        }
        if (session != null) {
            nearest = Math.min(nearest, session.untilNextDeadline(nowNanos));
        }
        return nearest;
    }
}
