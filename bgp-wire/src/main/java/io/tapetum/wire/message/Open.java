package io.tapetum.wire.message;

import java.util.List;

import io.tapetum.wire.capability.Capabilities;
import io.tapetum.wire.capability.Capability;

/**
 * OPEN (RFC 4271 §4.2).
 *
 * @param version 4 in every OPEN that is accepted
 * @param myAs the two-octet field: the AS number, or AS_TRANS (23456) when it needs four octets (RFC 6793 §9)
 * @param holdTimeSeconds 0, or 3 to 65535
 * @param bgpIdentifier network order, non-zero
 * @param capabilities in the order received; unknown ones included (RFC 5492)
 */
public record Open(int version, int myAs, int holdTimeSeconds, int bgpIdentifier, List<Capability> capabilities)
        implements
            Message {

    /** The only version that is spoken here. */
    public static final int VERSION = 4;

    /** Stands in the two-octet field for an AS number that needs four octets (RFC 6793 §9). */
    public static final int AS_TRANS = 23456;

    public Open {
        capabilities = List.copyOf(capabilities);
    }

    /** The sender's AS number, 1 to 4294967295: the four-octet one where it is given (RFC 6793 §4.1). */
    public long as() {
        return new Capabilities(capabilities).fourOctetAs().orElse(myAs);
    }
}
