package io.tapetum.server.reflector;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.tapetum.core.delay.Delays;
import io.tapetum.core.reflection.GroupStatus;
import io.tapetum.server.inquiry.Inquiry;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.SourceStatus;

/** A reflector between its start and its end. All methods may be called by any thread. */
public interface RunningReflector extends Inquiry, Interventions, AutoCloseable {

    /**
     * Ends every session with Cease/Administrative Shutdown (RFC 4486), so that peers drop the routes at once and go
     * elsewhere, and accepts no new ones. Returns when the peers have been told, or after a few seconds if some do not
     * listen.
     *
     * @param message the shutdown communication (RFC 9003), at most 255 octets in UTF-8; empty for none
     */
    void drain(String message);

    /**
     * Makes these the peers beside those in the settings. Only sessions of peers that are gone, or that changed in a way
     * that needs another session, end.
     */
    void reconcile(DesiredPeers desired);

    /** Every session, including those that are not up; each is looked at when its turn comes. */
    Stream<SessionStatus> eachSession();

    /** The same at once. */
    default List<SessionStatus> sessions() {
        return eachSession().toList();
    }

    /** The reflector as a whole. */
    ReflectorStatus status();

    /** Every update group. */
    List<GroupStatus> groups();

    /** The routing tables. */
    TableStatus tables();

    /** How long things have taken since the reflector started. */
    Delays delays();

    /** For how long the event loop that was heard of least recently has not been heard of. */
    Duration silence();

    /** How the sources of peers are doing, other than the configuration file; empty if there are none. */
    default List<SourceStatus> sources() {
        return List.of();
    }

    /**
     * Closes every connection without a NOTIFICATION, so that peers keep the routes for the restart time (RFC 4724) and
     * forwarding goes on while the process restarts. Idempotent; does nothing more after a drain.
     */
    @Override
    void close();
}
