package io.tapetum.server.cli.view;

import io.tapetum.server.reflector.NotificationCode;
import io.tapetum.wire.message.ErrorCode;

/** What a NOTIFICATION says, in other words than its own. */
final class NotificationMeaning {

    private NotificationMeaning() {}

    /** Its registered name. */
    static String name(NotificationCode code) {
        ErrorCode error = ErrorCode.of(code.code(), code.subcode());
        return error == null ? "not a known one" : error.description();
    }

    /** What it means, and what is to be done. */
    static String of(NotificationCode code) {
        return switch (code.code()) {
            case 1 -> "what came was no BGP message; see whether something between the two changes the stream";
            case 2 -> ofOpen(code.subcode());
            case 3 -> "an UPDATE could not be understood and RFC 7606 allows nothing milder; the log of whoever"
                    + " sent this says what was wrong with it";
            case 4 -> "nothing was heard for the hold time: the other end hangs, or the network loses packets";
            case 5 -> "a message came at a time at which it must not; this is a fault of an implementation";
            case 6 -> ofCease(code.subcode());
            case 7 -> "a ROUTE-REFRESH could not be understood; this is a fault of an implementation";
            case 8 -> "the other end did not take what it was sent for the send hold time; it hangs, or is overloaded";
            default -> "this code is not known here; see the documentation of the peer";
        };
    }

    private static String ofOpen(int subcode) {
        return switch (subcode) {
            case 1 -> "the two do not speak the same version of BGP";
            case 2 -> "the AS number is not the expected one; compare it on both sides";
            case 3 -> "the BGP identifier (router id) is not usable, or both sides have the same";
            case 6 -> "the proposed hold time is not acceptable; 0 and 3 seconds or more are";
            case 7 -> "a capability is missing that the other end insists on; compare the families on both sides";
            default -> "the two could not agree on the parameters of the session; compare both configurations";
        };
    }

    private static String ofCease(int subcode) {
        return switch (subcode) {
            case 1 -> "too many prefixes were announced; raise the limit, or find out what is announced and why";
            case 2 -> "an operator has shut the session down, and has to start it again";
            case 3 -> "the peer was removed from the configuration of whoever sent this";
            case 4 -> "an operator has reset the session; it comes back by itself";
            case 5 -> "whoever sent this does not want the connection: it does not know this peer, or is not ready yet";
            case 6 -> "the configuration has changed, and the session comes back by itself";
            case 7 -> "both ends connected at the same time and one connection was given up, which is normal";
            case 8 -> "whoever sent this has run out of memory or another resource";
            case 9 -> "the session was reset, and routes are not to be kept meanwhile (RFC 8538)";
            case 10 -> "BFD says that the path between the two is down";
            default -> "whoever sent this ended the session, for no reason that has a number";
        };
    }
}
