package io.tapetum.wire.message;

import org.jspecify.annotations.Nullable;

/** Every NOTIFICATION code and subcode that is sent or understood here, with the section that defines it. */
public enum ErrorCode {

    /* RFC 4271 §6.1 */
    HEADER_NOT_SYNCHRONIZED(1, 1, "Message Header Error/Connection Not Synchronized"),
    HEADER_BAD_LENGTH(1, 2, "Message Header Error/Bad Message Length"),
    HEADER_BAD_TYPE(1, 3, "Message Header Error/Bad Message Type"),

    /* RFC 4271 §6.2, RFC 5492 §5 */
    OPEN_UNSPECIFIC(2, 0, "OPEN Message Error"),
    OPEN_UNSUPPORTED_VERSION(2, 1, "OPEN Message Error/Unsupported Version Number"),
    OPEN_BAD_PEER_AS(2, 2, "OPEN Message Error/Bad Peer AS"),
    OPEN_BAD_IDENTIFIER(2, 3, "OPEN Message Error/Bad BGP Identifier"),
    OPEN_UNSUPPORTED_PARAMETER(2, 4, "OPEN Message Error/Unsupported Optional Parameter"),
    OPEN_UNACCEPTABLE_HOLD_TIME(2, 6, "OPEN Message Error/Unacceptable Hold Time"),
    OPEN_UNSUPPORTED_CAPABILITY(2, 7, "OPEN Message Error/Unsupported Capability"),

    /* RFC 4271 §6.3 */
    UPDATE_UNSPECIFIC(3, 0, "UPDATE Message Error"),
    UPDATE_MALFORMED_ATTRIBUTE_LIST(3, 1, "UPDATE Message Error/Malformed Attribute List"),
    UPDATE_UNRECOGNIZED_WELL_KNOWN(3, 2, "UPDATE Message Error/Unrecognized Well-known Attribute"),
    UPDATE_MISSING_WELL_KNOWN(3, 3, "UPDATE Message Error/Missing Well-known Attribute"),
    UPDATE_ATTRIBUTE_FLAGS(3, 4, "UPDATE Message Error/Attribute Flags Error"),
    UPDATE_ATTRIBUTE_LENGTH(3, 5, "UPDATE Message Error/Attribute Length Error"),
    UPDATE_INVALID_ORIGIN(3, 6, "UPDATE Message Error/Invalid ORIGIN Attribute"),
    UPDATE_INVALID_NEXT_HOP(3, 8, "UPDATE Message Error/Invalid NEXT_HOP Attribute"),
    UPDATE_OPTIONAL_ATTRIBUTE(3, 9, "UPDATE Message Error/Optional Attribute Error"),
    UPDATE_INVALID_NETWORK_FIELD(3, 10, "UPDATE Message Error/Invalid Network Field"),
    UPDATE_MALFORMED_AS_PATH(3, 11, "UPDATE Message Error/Malformed AS_PATH"),

    /* RFC 4271 §6.5 */
    HOLD_TIMER_EXPIRED(4, 0, "Hold Timer Expired"),

    /* RFC 6608 §3 */
    FSM_UNSPECIFIC(5, 0, "Finite State Machine Error"),
    FSM_UNEXPECTED_IN_OPEN_SENT(5, 1, "Finite State Machine Error/Unexpected Message in OpenSent"),
    FSM_UNEXPECTED_IN_OPEN_CONFIRM(5, 2, "Finite State Machine Error/Unexpected Message in OpenConfirm"),
    FSM_UNEXPECTED_IN_ESTABLISHED(5, 3, "Finite State Machine Error/Unexpected Message in Established"),

    /* RFC 4486 §3, RFC 8538 §3, RFC 9384 §3 */
    CEASE_MAXIMUM_PREFIXES(6, 1, "Cease/Maximum Number of Prefixes Reached"),
    CEASE_ADMINISTRATIVE_SHUTDOWN(6, 2, "Cease/Administrative Shutdown"),
    CEASE_PEER_DECONFIGURED(6, 3, "Cease/Peer De-configured"),
    CEASE_ADMINISTRATIVE_RESET(6, 4, "Cease/Administrative Reset"),
    CEASE_CONNECTION_REJECTED(6, 5, "Cease/Connection Rejected"),
    CEASE_OTHER_CONFIGURATION_CHANGE(6, 6, "Cease/Other Configuration Change"),
    CEASE_CONNECTION_COLLISION(6, 7, "Cease/Connection Collision Resolution"),
    CEASE_OUT_OF_RESOURCES(6, 8, "Cease/Out of Resources"),
    CEASE_HARD_RESET(6, 9, "Cease/Hard Reset"),
    CEASE_BFD_DOWN(6, 10, "Cease/BFD Down"),

    /* RFC 7313 §5 */
    REFRESH_INVALID_LENGTH(7, 1, "ROUTE-REFRESH Message Error/Invalid Message Length"),

    /* RFC 9687 §3.2 */
    SEND_HOLD_TIMER_EXPIRED(8, 0, "Send Hold Timer Expired");

    private static final ErrorCode[] VALUES = values();

    private final int code;
    private final int subcode;
    private final String description;

    ErrorCode(int code, int subcode, String description) {
        this.code = code;
        this.subcode = subcode;
        this.description = description;
    }

    public int code() {
        return code;
    }

    public int subcode() {
        return subcode;
    }

    /** The registered names of code and subcode, for logs. */
    public String description() {
        return description;
    }

    /** The known error of this code and subcode, or {@code null}. */
    public static @Nullable ErrorCode of(int code, int subcode) {
        for (ErrorCode value : VALUES) {
            if (value.code == code && value.subcode == subcode) {
                return value;
            }
        }
        return null;
    }
}
