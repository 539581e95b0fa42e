package io.tapetum.server.admin.api;

import java.io.IOException;

import io.tapetum.server.admin.Request;
import io.tapetum.server.journal.EventJournal;
import io.tapetum.server.journal.JournalQuery;
import io.tapetum.server.journal.JournalQuery.Order;
import io.tapetum.server.journal.Severity;

/** Tells what happened lately. */
final class EventAnswer {

    private static final long USUAL_LIMIT = 100;

    private final EventJournal journal;

    EventAnswer(EventJournal journal) {
        this.journal = journal;
    }

    /** Who says after what goes on from there; who does not wants the latest. */
    void answer(Request request) throws IOException {
        var after = request.get(Parameters.AFTER_EVENT);
        request.answer(journal.entries(new JournalQuery(after.orElse(0L),
                request.get(Parameters.BEFORE_EVENT).orElse(Long.MAX_VALUE),
                request.get(Parameters.EVENTS).orElse(USUAL_LIMIT).intValue(),
                request.get(Parameters.PEER).orElse(null), request.get(Parameters.SEVERITY).orElse(Severity.INFO),
                request.get(Parameters.KIND).orElse(null), request.get(Parameters.ORDER)
                        .orElse(after.isPresent() ? Order.OLDEST_FIRST : Order.NEWEST_FIRST))));
    }
}
