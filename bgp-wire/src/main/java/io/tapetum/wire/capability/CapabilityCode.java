package io.tapetum.wire.capability;

/** The registered codes of the capabilities that are understood here (IANA "Capability Codes"). */
public final class CapabilityCode {

    /** RFC 4760 §8. */
    public static final int MULTIPROTOCOL = 1;
    /** RFC 2918 §2. */
    public static final int ROUTE_REFRESH = 2;
    /** RFC 8950 §4. */
    public static final int EXTENDED_NEXT_HOP = 5;
    /** RFC 8654 §3. */
    public static final int EXTENDED_MESSAGE = 6;
    /** RFC 4724 §3. */
    public static final int GRACEFUL_RESTART = 64;
    /** RFC 6793 §3. */
    public static final int FOUR_OCTET_AS = 65;
    /** RFC 7911 §4. */
    public static final int ADD_PATH = 69;
    /** RFC 7313 §3.1. */
    public static final int ENHANCED_ROUTE_REFRESH = 70;
    /** RFC 9494 §3.1. */
    public static final int LONG_LIVED_GRACEFUL_RESTART = 71;

    private CapabilityCode() {}
}
