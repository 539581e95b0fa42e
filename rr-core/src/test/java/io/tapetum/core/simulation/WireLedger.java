package io.tapetum.core.simulation;

import io.tapetum.core.session.WireTally;

/**
 * What went over all connections of one peer of a reflector.
 *
 * @param peerId of a peer from a dynamic range, of which others may follow; {@link #GIVEN} for one given by its address,
 *            who is the same as long as the reflector runs
 * @param received by the reflector
 * @param sent by the reflector
 */
record WireLedger(int peerId, WireTally received, WireTally sent) {

    static final int GIVEN = -1;

    WireLedger(int peerId) {
        this(peerId, new WireTally(), new WireTally());
    }
}
