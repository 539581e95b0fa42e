package io.tapetum.server.admin;

import java.util.List;

import io.tapetum.server.reflector.SessionStatus;

/** Sessions, as they are sent. */
record Sessions(List<SessionStatus> sessions) {

    Sessions {
        sessions = List.copyOf(sessions);
    }
}
