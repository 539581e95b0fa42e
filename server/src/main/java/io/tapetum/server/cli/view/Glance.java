package io.tapetum.server.cli.view;

import java.util.List;

import io.tapetum.core.delay.Delays;
import io.tapetum.server.journal.JournalEntry;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.reflector.TableStatus;

/**
 * What somebody who watches wants to see of one moment.
 *
 * @param reflector its identifier
 * @param ready whether peers can rely on it
 * @param events the last ones, the latest first
 */
public record Glance(String reflector, boolean ready, List<SessionStatus> sessions, TableStatus tables, Delays delays,
        List<JournalEntry> events) {

    public Glance {
        sessions = List.copyOf(sessions);
        events = List.copyOf(events);
    }
}
