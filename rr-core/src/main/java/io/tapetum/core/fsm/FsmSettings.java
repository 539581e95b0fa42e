package io.tapetum.core.fsm;

import java.util.Set;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.SessionTimers;
import io.tapetum.wire.Family;

/**
 * What the state machine has to know of the configuration.
 *
 * @param localAs 1 to 2^32 - 1
 * @param routerId our BGP Identifier, network order, non-zero
 * @param remoteAs the AS number the peer must have, 1 to 2^32 - 1
 * @param families what is offered, at least one
 * @param connect who opens the TCP connection
 * @param timers the session's clocks
 * @param extendedMessages whether messages of up to 65,535 octets are offered
 * @param addPathReceive whether path ids are taken from the peer, for every family
 * @param addPathSend whether several paths of a prefix are offered to the peer, for every family
 * @param extendedNextHop whether IPv4 routes with IPv6 next hops are offered
 * @param gracefulRestartSeconds the restart time that is announced, 1 to 4095, or 0 not to announce any
 * @param longLivedStaleSeconds the long-lived stale time that is announced, 1 to 16777215, or 0 not to announce any
 */
public record FsmSettings(long localAs, int routerId, long remoteAs, Set<Family> families, ConnectMode connect,
        SessionTimers timers, boolean extendedMessages, boolean addPathReceive, boolean addPathSend,
        boolean extendedNextHop,
        int gracefulRestartSeconds, int longLivedStaleSeconds) {

    public FsmSettings {
        families = Set.copyOf(families);
        if (families.isEmpty()) {
            throw new IllegalArgumentException("no address family is offered; at least one is needed");
        }
    }

    /** The settings of a peer of this kind. */
    public static FsmSettings of(int routerId, PeerTemplate template) {
        return new FsmSettings(template.localAs(), routerId, template.remoteAs(), template.families(),
                template.connect(),
                template.timers(), template.extendedMessages(), template.addPathReceive(), template.addPathSend() > 0,
                template.extendedNextHop(),
                template.gracefulRestartSeconds(), template.longLivedStaleSeconds());
    }

    /** The same for a peer that is never connected to: one from a dynamic range. */
    public FsmSettings passive() {
        return new FsmSettings(localAs, routerId, remoteAs, families, ConnectMode.PASSIVE, timers, extendedMessages,
                addPathReceive, addPathSend, extendedNextHop, gracefulRestartSeconds, longLivedStaleSeconds);
    }

    /** Whether both sides are in one AS. */
    public boolean internal() {
        return localAs == remoteAs;
    }
}
