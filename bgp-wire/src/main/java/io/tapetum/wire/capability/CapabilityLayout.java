package io.tapetum.wire.capability;

/**
 * Lengths and flag bits inside capability values, shared by decoder and encoder. Lengths are in octets.
 *
 * <pre>
 *   multiprotocol      | AFI 2 | reserved 1 | SAFI 1 |
 *   extended next hop  | AFI 2 | SAFI 2 | next hop AFI 2 |                          repeated
 *   graceful restart   | R N 0 0 (4 bits), restart time (12 bits) |
 *                      | AFI 2 | SAFI 1 | F and 7 reserved bits 1 |                 repeated
 *   four-octet AS      | AS 4 |
 *   ADD-PATH           | AFI 2 | SAFI 1 | 1 receive, 2 send, 3 both |               repeated
 *   long-lived GR      | AFI 2 | SAFI 1 | F and 7 reserved bits 1 | stale time 3 |  repeated
 * </pre>
 */
final class CapabilityLayout {

    /** Code and length, in front of every value. */
    static final int HEADER_LENGTH = 2;
    /** The length field has one octet, also within RFC 9072's extended parameters. */
    static final int MAX_VALUE_LENGTH = 255;

    static final int MULTIPROTOCOL_LENGTH = 4;
    static final int NEXT_HOP_TUPLE_LENGTH = 6;
    static final int RESTART_TIME_LENGTH = 2;
    static final int RESTART_TUPLE_LENGTH = 4;
    static final int FOUR_OCTET_AS_LENGTH = 4;
    static final int PATH_TUPLE_LENGTH = 4;
    static final int STALE_TUPLE_LENGTH = 7;

    /** In the 16 bits of flags and restart time. */
    static final int RESTARTING = 0x8000;
    /** RFC 8538 §2; in the 16 bits of flags and restart time. */
    static final int NOTIFICATION_SUPPORT = 0x4000;
    static final int RESTART_TIME_MASK = 0x0FFF;
    /** In the flags octet of a family, of graceful restart and of its long-lived variant. */
    static final int FORWARDING = 0x80;

    static final int ADD_PATH_RECEIVE = 1;
    static final int ADD_PATH_SEND = 2;
    static final int ADD_PATH_BOTH = 3;

    private CapabilityLayout() {}
}
