package io.tapetum.core.event;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

import io.tapetum.core.fsm.DownReason;
import io.tapetum.core.fsm.Negotiated;
import io.tapetum.core.fsm.SessionState;
import io.tapetum.core.settings.MaximumPrefixes;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeError;

/** Something an operator may want to hear of. */
public sealed interface ReflectorEvent {

    /** An event of one peer. */
    sealed interface OfPeer extends ReflectorEvent {

        PeerSettings peer();
    }

    /** The state machine moved; interesting when a session does not come up. */
    record StateChanged(PeerSettings peer, SessionState from, SessionState to) implements OfPeer {}

    /** A session is Established. */
    record PeerUp(PeerSettings peer, Negotiated negotiated) implements OfPeer {}

    /** A session that was Established is not any more. */
    record PeerDown(PeerSettings peer, DownReason reason, Duration uptime) implements OfPeer {}

    /** A session ended before it was Established. */
    record ConnectionFailed(PeerSettings peer, String reason) implements OfPeer {}

    /** The peer has been sent every route of the family and the End-of-RIB (RFC 4724 §2). */
    record TableSent(PeerSettings peer, Family family) implements OfPeer {}

    /** An UPDATE had attributes that RFC 7606 handles without ending the session. */
    record MalformedUpdate(PeerSettings peer, List<AttributeError> errors) implements OfPeer {

        public MalformedUpdate {
            errors = List.copyOf(errors);
        }
    }

    /** RFC 7606 §2: a family is ignored from here on because its routes can no longer be told. */
    record FamilyDisabled(PeerSettings peer, Family family, List<AttributeError> errors) implements OfPeer {

        public FamilyDisabled {
            errors = List.copyOf(errors);
        }
    }

    /** The peer announces nearly as many prefixes as it may, or more. */
    record MaximumPrefixesReached(PeerSettings peer, Family family, int accepted, MaximumPrefixes limit)
            implements
                OfPeer {}

    /** A connection from this address was closed at once, or after it was told why. */
    record ConnectionRefused(InetAddress from, Refusal why) implements ReflectorEvent {}
}
