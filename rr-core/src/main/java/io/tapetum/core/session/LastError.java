package io.tapetum.core.session;

import io.tapetum.core.fsm.DownReason;
import io.tapetum.wire.message.ShutdownCommunication;

/**
 * Why the last session of a peer ended, or the last attempt at one.
 *
 * @param kind who found fault with what
 * @param code of the NOTIFICATION that was sent or received (RFC 4271 §4.5); 0 if there was none
 * @param subcode of that NOTIFICATION; 0 if there was none
 * @param text for operators; of a NOTIFICATION, what it says
 */
public record LastError(Kind kind, int code, int subcode, String text) {

    /** Without a NOTIFICATION. */
    public LastError(Kind kind, String text) {
        this(kind, 0, 0, text);
    }

    /** Who found fault with what. */
    public enum Kind {
        /** TCP could not connect, or was lost. */
        SOCKET,
        /** The peer sent a NOTIFICATION. */
        RECEIVED,
        /** The peer was sent a NOTIFICATION for what it sent. */
        SENT,
        /** The session was ended here, for another reason. */
        LOCAL
    }

    static LastError of(DownReason reason) {
        return switch (reason) {
            case DownReason.NotificationSent sent ->
                new LastError(Kind.SENT, sent.notification().code(), sent.notification().subcode(),
                        sent.notification() + ": " + sent.detail());
            case DownReason.NotificationReceived received ->
                new LastError(Kind.RECEIVED, received.notification().code(),
                        received.notification().subcode(),
                        received.notification()
                                + ShutdownCommunication.textOf(received.notification()).map(text -> ": \"" + text + '"')
                                        .orElse(""));
            case DownReason.ConnectionLost _ -> new LastError(Kind.SOCKET, reason.text());
            case DownReason.HoldTimerExpired _,DownReason.NotEstablishedInTime _,DownReason.SendHoldTimerExpired _,DownReason.AdministrativeStop _,DownReason.AdministrativeReset _,DownReason.CollisionLost _,DownReason.ReplacedByNewConnection _,DownReason.MaximumPrefixesExceeded _ ->
                new LastError(Kind.LOCAL, reason.text());
        };
    }
}
