package io.tapetum.server.admin.api;

import java.io.IOException;
import java.util.List;

import io.tapetum.server.admin.RefusedException;
import io.tapetum.server.admin.Request;
import io.tapetum.server.inquiry.UnknownPeerException;
import io.tapetum.server.reflector.RunningReflector;
import io.tapetum.server.reflector.SessionStatus;

/** Tells of sessions. */
final class SessionAnswers {

    private final RunningReflector reflector;

    SessionAnswers(RunningReflector reflector) {
        this.reflector = reflector;
    }

    /** One session. */
    void one(Request request) throws IOException, UnknownPeerException {
        request.answer(PeerLookup.find(reflector, request.variable("peer")));
    }

    /** Sessions, by address. */
    void list(Request request) throws IOException, RefusedException {
        String state = request.get(Parameters.STATE).orElse("");
        var role = request.get(Parameters.ROLE);
        List<SessionStatus> wanted = reflector.sessions().stream()
                .filter(session -> state.isEmpty() || session.state().equals(state))
                .filter(session -> role.isEmpty() || session.role() == role.get())
                .toList();
        SessionOrder.Page page = SessionOrder.page(wanted, request.get(Parameters.AFTER_PAGE),
                request.get(Parameters.LIMIT));
        request.stream(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("sessions");
            for (SessionStatus session : page.sessions()) {
                out.writePOJO(session);
            }
            out.writeEndArray();
            Pages.writeNext(page.next(), out);
            out.writeEndObject();
        });
    }
}
