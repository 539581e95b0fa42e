package io.tapetum.core.session;

import io.tapetum.core.fsm.DownReason;

/** The kinds of ends of an Established session: as few as can be told apart in a graph. */
public enum DownCause {
    /** The peer ended it with a NOTIFICATION. */
    NOTIFICATION_RECEIVED,
    /** The peer broke the protocol and was told so. */
    NOTIFICATION_SENT,
    /** Nothing was heard for the hold time. */
    HOLD_TIMER,
    /** The peer took no output for the send hold time (RFC 9687). */
    SEND_HOLD_TIMER,
    /** TCP is gone, or the peer opened a new connection in its place. */
    CONNECTION_LOST,
    /** An operator or the configuration ended it. */
    ADMINISTRATIVE,
    /** The peer announced more than it may. */
    MAXIMUM_PREFIXES;

    /** The kind of a reason. */
    public static DownCause of(DownReason reason) {
        return switch (reason) {
            case DownReason.NotificationReceived _ -> NOTIFICATION_RECEIVED;
            case DownReason.NotificationSent _ -> NOTIFICATION_SENT;
            case DownReason.HoldTimerExpired _,DownReason.NotEstablishedInTime _ -> HOLD_TIMER;
            case DownReason.SendHoldTimerExpired _ -> SEND_HOLD_TIMER;
            case DownReason.ConnectionLost _,DownReason.CollisionLost _,DownReason.ReplacedByNewConnection _ ->
                CONNECTION_LOST;
            case DownReason.AdministrativeStop _,DownReason.AdministrativeReset _ -> ADMINISTRATIVE;
            case DownReason.MaximumPrefixesExceeded _ -> MAXIMUM_PREFIXES;
        };
    }
}
