package io.tapetum.core.fsm;

import java.util.List;

import io.tapetum.wire.message.Notification;

/** What becomes of a connection that the peer opened (RFC 4271 §8.2.1). */
public sealed interface Admission {

    /** It goes on under this id; the actions are carried out as ever, and may concern other connections too. */
    record Accepted(int connectionId, List<Action> actions) implements Admission {

        public Accepted {
            actions = List.copyOf(actions);
        }
    }

    /** It is told the NOTIFICATION and closed; nothing else changes. */
    record Refused(Refusal refusal, Notification notification) implements Admission {}

    /** Why a connection was not wanted. */
    enum Refusal {
        /** The peer is stopped. */
        STOPPED("the peer is administratively down"),
        /** A protocol error, or too many prefixes, and the wait after it is not over. */
        IDLE_HOLD("the peer is held down after an error"),
        /** There is a session that works. */
        ESTABLISHED("the peer has an established session");

        private final String text;

        Refusal(String text) {
            this.text = text;
        }

        /** For operators. */
        public String text() {
            return text;
        }
    }
}
