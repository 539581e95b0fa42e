package io.tapetum.server.metrics;

import java.util.Comparator;
import java.util.List;

import io.tapetum.server.reflector.SessionStatus;

/** Which sessions have series of their own, where not all may have them. */
final class SessionChoice {

    private static final Comparator<SessionStatus> TROUBLE_FIRST = Comparator
            .comparing((SessionStatus session) -> session.isUp() && !SessionTotals.isBehind(session))
            .thenComparing(SessionStatus::name);

    private SessionChoice() {}

    /** At most so many: those that are down or behind before the others, and then in the order of their names. */
    static List<SessionStatus> of(List<SessionStatus> sessions, int limit) {
        return sessions.size() <= limit ? sessions : sessions.stream().sorted(TROUBLE_FIRST).limit(limit).toList();
    }
}
