package io.tapetum.server.transport;

import java.time.Duration;
import java.util.Collection;

import io.tapetum.core.Supervision;
import io.tapetum.core.session.Peer;
import io.tapetum.server.inquiry.ReflectorInquiry;
import io.tapetum.server.inquiry.UnknownPeerException;
import io.tapetum.server.reflector.Interventions;

/** What operators do to the sessions of a reflector. Thread-safe. */
final class PeerInterventions implements Interventions {

    /** How long event loops may take: to send all routes again to all peers is much to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supervision supervision;

    PeerInterventions(Supervision supervision) {
        this.supervision = supervision;
    }

    @Override
    public int clear(String peer, Clear what, String message) throws UnknownPeerException {
        return ReflectorInquiry.await(supervision.onTheirLoops(named(peer), one -> switch (what) {
            case SOFT_IN -> one.requestRefresh();
            case SOFT_OUT -> one.resend();
            case HARD -> one.reset(message);
        }), PATIENCE);
    }

    @Override
    public int shutdown(String peer, String message) throws UnknownPeerException {
        return ReflectorInquiry.await(supervision.shutDown(named(peer), message), PATIENCE);
    }

    @Override
    public int start(String peer) throws UnknownPeerException {
        return ReflectorInquiry.await(supervision.release(named(peer)), PATIENCE);
    }

    private Collection<Peer> named(String peer) throws UnknownPeerException {
        return peer.equals(ALL) ? supervision.peers() : ReflectorInquiry.known(supervision, peer);
    }
}
