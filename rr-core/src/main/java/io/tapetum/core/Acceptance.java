package io.tapetum.core;

import io.tapetum.core.event.Refusal;
import io.tapetum.core.session.Peer;

/** What becomes of a connection that was accepted from some address. */
public sealed interface Acceptance {

    /** It is this peer's: {@link Peer#incoming} takes it, on the peer's loop. */
    record Welcome(Peer peer) implements Acceptance {}

    /** It is not taken: close it. Operators have been told. */
    record Refused(Refusal why) implements Acceptance {}
}
