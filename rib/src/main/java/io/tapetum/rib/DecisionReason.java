package io.tapetum.rib;

/** Which rung of the decision process told two paths apart; in the order in which the rungs are tried. */
public enum DecisionReason {

    /** One is not marked LLGR_STALE (RFC 9494 §4.4). */
    NOT_STALE(1),
    /** Higher LOCAL_PREF (RFC 4271 §9.1.1). */
    LOCAL_PREF(2),
    /** Shorter AS_PATH (RFC 4271 §9.1.2.2 a). */
    AS_PATH_LENGTH(3),
    /** Lower ORIGIN (RFC 4271 §9.1.2.2 b). */
    ORIGIN(4),
    /** Lower MULTI_EXIT_DISC from the same neighbouring AS (RFC 4271 §9.1.2.2 c). */
    MED(5),
    /** Learned from another AS rather than from the own (RFC 4271 §9.1.2.2 d). */
    EXTERNAL(6),
    /** Lower ORIGINATOR_ID, or BGP Identifier where there is none (RFC 4271 §9.1.2.2 f, RFC 4456 §9). */
    IDENTIFIER(7),
    /** Shorter CLUSTER_LIST (RFC 4456 §9). */
    CLUSTER_LIST(8),
    /** Lower peer address (RFC 4271 §9.1.2.2 g). */
    PEER_ADDRESS(9),
    /** Lower path identifier: one peer sent both (RFC 7911). */
    PATH_ID(10),
    /** Lower peer number: two peers at one address, which only a configuration by mistake has. */
    PEER_ID(11),
    /** The two are the same path. */
    SAME(12);

    /** The place on the ladder, from 1. */
    final int rung;

    DecisionReason(int rung) {
        this.rung = rung;
    }
}
