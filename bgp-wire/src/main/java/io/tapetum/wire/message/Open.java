package io.tapetum.wire.message;

import java.util.List;

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

    /** Stands in the two-octet field for an AS number that needs four octets (RFC 6793 §9). */
    public static final int AS_TRANS = 23456;

    public Open {
        capabilities = List.copyOf(capabilities);
    }
}
