package io.tapetum.core.session;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.Family;

/**
 * What is counted and measured of a peer. Each number is right by itself, but a moment may lie between two of them.
 *
 * @param received since the peer exists
 * @param sent since the peer exists
 * @param ups how often a session has come up
 * @param downs how often a session that was up has ended, by cause; a cause that never was is not there
 * @param holdLeft until the hold timer ends the session, if it runs
 * @param sendHoldLeft until the send hold timer does, if output waits
 * @param families of the session that is up
 * @param held paths of a session that was lost, by family
 */
public record SessionFigures(Traffic received, Traffic sent, long ups, Map<DownCause, Long> downs,
        @Nullable Duration holdLeft, @Nullable Duration sendHoldLeft, Map<Family, FamilyFigures> families,
        Map<Family, HeldPaths> held) {

    /** Of a peer that nothing is known of. */
    public static final SessionFigures NONE = new SessionFigures(Traffic.NONE, Traffic.NONE, 0, Map.of(), null, null,
            Map.of(), Map.of());

    public SessionFigures {
        downs = Map.copyOf(downs);
        families = Map.copyOf(families);
        held = Map.copyOf(held);
    }
}
