package io.tapetum.server.admin.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.tapetum.server.admin.ReflectorState;
import io.tapetum.server.admin.ReflectorState.Totals;
import io.tapetum.server.admin.Request;
import io.tapetum.server.health.Verdict;
import io.tapetum.server.reflector.ReflectorStatus;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.reflector.TableStatus;

/** Tells of the reflector as a whole. */
final class StatusAnswer {

    private final Subject subject;

    StatusAnswer(Subject subject) {
        this.subject = subject;
    }

    void answer(Request request) throws IOException {
        ReflectorStatus status = subject.reflector().status();
        Verdict ready = subject.health().ready();
        request.answer(new ReflectorState(subject.version(), status.routerId(), status.started(), status.configured(),
                status.restart(), ready.passed(), ready.checks(), totals(subject.reflector())));
    }

    private static Totals totals(RunningReflector reflector) {
        List<SessionStatus> sessions = reflector.sessions();
        Map<String, Integer> states = new TreeMap<>();
        sessions.forEach(session -> states.merge(session.state(), 1, Integer::sum));
        TableStatus tables = reflector.tables();
        return new Totals(sessions.size(), (int) sessions.stream().filter(SessionStatus::isUp).count(), states,
                reflector.groups().size(), tables.families(), tables.attributeSets());
    }
}
