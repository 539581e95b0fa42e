package io.tapetum.core.fsm;

import io.tapetum.core.settings.MaximumPrefixes;
import io.tapetum.wire.Family;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.message.ShutdownCommunication;

/** Why a connection ended: one case for every way there is. */
public sealed interface DownReason {

    /** The peer broke the protocol and was told so; {@code detail} names the offending value. */
    record NotificationSent(Notification notification, String detail) implements DownReason {}

    /** The peer ended it. */
    record NotificationReceived(Notification notification) implements DownReason {}

    /**
     * Nothing was heard for the hold time; the peer was told (RFC 4271 §6.5).
     *
     * @param state OPEN_SENT if its OPEN never came
     */
    record HoldTimerExpired(SessionState state, long seconds) implements DownReason {}

    /**
     * The peer opened the connection and did not do its part for a session in time; it was told as if the hold timer had
     * expired.
     *
     * @param state how far it came: OPEN_SENT if its OPEN never came, else OPEN_CONFIRM
     */
    record NotEstablishedInTime(SessionState state, long seconds) implements DownReason {}

    /** The peer took no output for this long (RFC 9687); it cannot be told. */
    record SendHoldTimerExpired(long seconds) implements DownReason {}

    /** TCP is gone: closed by the peer, reset or timed out. */
    record ConnectionLost() implements DownReason {}

    /** An operator or the configuration ended it. */
    record AdministrativeStop(StopReason reason) implements DownReason {}

    /** An operator reset it, and it may come back at once; {@code message} may be empty. */
    record AdministrativeReset(String message) implements DownReason {}

    /** The other connection of the same peer was kept (RFC 4271 §6.8). */
    record CollisionLost() implements DownReason {}

    /** The peer opened a new connection, which shows that it has given up this one (RFC 4724 §5). */
    record ReplacedByNewConnection() implements DownReason {}

    /** More paths than the limit allows (RFC 4486 §4); comes back as {@link MaximumPrefixes#action} says. */
    record MaximumPrefixesExceeded(Family family, MaximumPrefixes limit) implements DownReason {}

    /**
     * Whether the next try would likely end the same way, so that the peer is kept waiting before it may try
     * (DampPeerOscillations, RFC 4271 §8.1).
     */
    default boolean protocolError() {
        return switch (this) {
            case NotificationSent sent -> protocolError(sent.notification);
            case NotificationReceived received -> protocolError(received.notification);
            case HoldTimerExpired _,NotEstablishedInTime _,SendHoldTimerExpired _,ConnectionLost _,AdministrativeStop _,AdministrativeReset _,CollisionLost _,ReplacedByNewConnection _,MaximumPrefixesExceeded _ ->
                false;
        };
    }

    /** Header, OPEN, UPDATE, state machine and ROUTE-REFRESH errors are; expired timers and Cease are not. */
    private static boolean protocolError(Notification notification) {
        return switch (notification.code()) {
            case 1, 2, 3, 5, 7 -> true;
            default -> false;
        };
    }

    /**
     * Whether a peer with graceful restart may be about to come back, so that its routes stay as stale ones: TCP ended,
     * and neither side sent a NOTIFICATION (RFC 4724 §4.2).
     */
    default boolean allowsGracefulRestart() {
        return switch (this) {
            case ConnectionLost _,ReplacedByNewConnection _ -> true;
            case NotificationSent _,NotificationReceived _,HoldTimerExpired _,NotEstablishedInTime _,SendHoldTimerExpired _,AdministrativeStop _,AdministrativeReset _,CollisionLost _,MaximumPrefixesExceeded _ ->
                false;
        };
    }

    /**
     * Whether a peer with long-lived graceful restart may be about to come back: besides the above, when nothing was
     * heard of it for the hold time. RFC 9494 §4.2 takes the cases from others, of which RFC 8538 has this one; a time
     * for which routes outlive their speaker would be of little use if the loss of a link did not count.
     */
    default boolean allowsLongLivedGracefulRestart() {
        return allowsGracefulRestart() || this instanceof HoldTimerExpired;
    }

    /** For operators. */
    default String text() {
        return switch (this) {
            case NotificationSent sent -> "NOTIFICATION sent: " + sent.notification + ": " + sent.detail;
            case NotificationReceived received -> "NOTIFICATION received: " + received.notification
                    + ShutdownCommunication.textOf(received.notification).map(text -> ": \"" + text + '"').orElse("");
            case HoldTimerExpired expired -> expired.state == SessionState.OPEN_SENT
                    ? "no OPEN came from the peer within " + expired.seconds + " s"
                    : "hold timer expired: nothing was heard from the peer for " + expired.seconds + " s";
            case NotEstablishedInTime late -> "no "
                    + (late.state == SessionState.OPEN_SENT ? "OPEN" : "KEEPALIVE that confirms ours")
                    + " came from the peer within " + late.seconds + " s of its connection";
            case SendHoldTimerExpired expired ->
                "send hold timer expired: the peer took no output for " + expired.seconds + " s";
            case ConnectionLost _ -> "TCP connection closed or lost without a NOTIFICATION";
            case AdministrativeStop stop -> stop.reason.text();
            case AdministrativeReset reset -> new StopReason.Reset(reset.message).text();
            case CollisionLost _ -> "lost the collision with the peer's other connection";
            case ReplacedByNewConnection _ -> "the peer opened a new connection in its place";
            case MaximumPrefixesExceeded exceeded ->
                "more than " + exceeded.limit.limit() + " paths of " + exceeded.family + "; it "
                        + switch (exceeded.limit.action()) {
                            case RESTART -> "may come back in " + exceeded.limit.restartAfter().toSeconds() + " s";
                            case SHUTDOWN -> "stays down until the reflector is restarted";
                            case WARN -> throw new IllegalStateException("a limit that only warns ends no session");
                        };
        };
    }
}
