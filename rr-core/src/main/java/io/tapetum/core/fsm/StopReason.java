package io.tapetum.core.fsm;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.message.ShutdownCommunication;

/** Why an operator, or the configuration, ends a session for good. */
public sealed interface StopReason {

    /** Cease/Administrative Shutdown with a message for the peer's operator (RFC 9003), empty for none. */
    record Shutdown(String message) implements StopReason {}

    /** Cease/Peer De-configured: it is no longer in the configuration. */
    record Deconfigured() implements StopReason {}

    /** Cease/Administrative Reset with a message for the peer's operator (RFC 9003), empty for none. */
    record Reset(String message) implements StopReason {}

    /** Cease/Other Configuration Change: it will be started anew with other parameters. */
    record ConfigurationChange() implements StopReason {}

    /** TCP is closed without a NOTIFICATION, so that a peer with graceful restart keeps the routes (RFC 4724 §4.2). */
    record Silent() implements StopReason {}

    /** What the peer is told, or {@code null} for nothing. */
    default @Nullable Notification notification() {
        return switch (this) {
            case Shutdown shutdown ->
                ShutdownCommunication.notification(ErrorCode.CEASE_ADMINISTRATIVE_SHUTDOWN, shutdown.message);
            case Deconfigured _ -> Notification.of(ErrorCode.CEASE_PEER_DECONFIGURED);
            case Reset reset -> ShutdownCommunication.notification(ErrorCode.CEASE_ADMINISTRATIVE_RESET, reset.message);
            case ConfigurationChange _ -> Notification.of(ErrorCode.CEASE_OTHER_CONFIGURATION_CHANGE);
            case Silent _ -> null;
        };
    }

    /** For operators. */
    default String text() {
        return switch (this) {
            case Shutdown shutdown -> shutdown.message.isEmpty()
                    ? "shut down by an operator"
                    : "shut down by an operator: " + shutdown.message;
            case Deconfigured _ -> "removed from the configuration";
            case Reset reset -> reset.message.isEmpty()
                    ? "reset by an operator"
                    : "reset by an operator: " + reset.message;
            case ConfigurationChange _ -> "its configuration changed";
            case Silent _ -> "closed without a NOTIFICATION for a planned restart";
        };
    }
}
