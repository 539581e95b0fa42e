package io.tapetum.server.admin;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.reflector.SessionStatus;

/**
 * Sessions, as they are sent.
 *
 * @param next what to ask for as {@code after} to get the next page, or {@code null} after the last
 */
public record Sessions(List<SessionStatus> sessions, @Nullable String next) {

    public Sessions {
        sessions = List.copyOf(sessions);
    }
}
