package io.tapetum.core.session;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.Family;

/** What is counted of a peer for as long as it exists. Written on its event loop, read by any thread. */
final class PeerFigures {

    private final TrafficCounters received = new TrafficCounters();
    private final TrafficCounters sent = new TrafficCounters();
    private final UpsAndDowns sessions = new UpsAndDowns();

    TrafficCounters received() {
        return received;
    }

    TrafficCounters sent() {
        return sent;
    }

    UpsAndDowns sessions() {
        return sessions;
    }

    /**
     * All figures of the peer as they are now. Callable by any thread.
     *
     * @param session the Established one, if there is one
     * @param held paths of a session that was lost
     */
    SessionFigures at(long nowNanos, @Nullable Session session, Map<Family, HeldPaths> held) {
        return new SessionFigures(received.traffic(), sent.traffic(), sessions.ups(), sessions.downs(),
                session == null ? null : session.holdLeft(nowNanos),
                session == null ? null : session.sendHoldLeft(nowNanos),
                session == null ? Map.of() : session.figures(nowNanos), held);
    }
}
