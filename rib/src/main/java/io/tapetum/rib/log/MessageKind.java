package io.tapetum.rib.log;

/** What a message of the log does, and what its source's own cursor does with it. Octets, as they stand in arrays. */
final class MessageKind {

    /** Announces; the source certainly holds none of the prefixes from this log, and skips it. */
    static final byte ANNOUNCE = 0;
    /** Announces; the source may hold another route of one of the prefixes, and is sent a withdrawal instead. */
    static final byte ANNOUNCE_UNCLEAN = 1;
    /** Withdraws; the source of the routes that were withdrawn certainly holds none, and skips it. */
    static final byte WITHDRAW = 2;
    /** Withdraws, for everybody. */
    static final byte WITHDRAW_UNCLEAN = 3;

    private MessageKind() {}

    static boolean withdraws(byte kind) {
        return kind >= WITHDRAW;
    }

    /** Whether the source holds none of the prefixes once it is past the message, without having read it. */
    static boolean isClean(byte kind) {
        return (kind & 1) == 0;
    }

    /** Whether a reader gets a withdrawal out of it whose only use may be to take back a shadow. */
    static boolean mayWithdraw(byte kind) {
        return kind != ANNOUNCE;
    }
}
