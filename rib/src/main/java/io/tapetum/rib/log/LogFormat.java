package io.tapetum.rib.log;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;

/**
 * How the messages of a log are encoded: what all sessions of its group have negotiated.
 *
 * @param family of all its prefixes
 * @param multiprotocol whether routes travel in MP_REACH_NLRI and MP_UNREACH_NLRI (RFC 4760) rather than in the fields
 *            that RFC 4271 §4.3 has for IPv4; the only way for every other family
 * @param maxMessageLength octets: 4096, or 65535 with extended messages (RFC 8654)
 * @param pathIds whether a path identifier stands before each prefix (RFC 7911 §3), so that there may be several of each
 */
public record LogFormat(Family family, boolean multiprotocol, int maxMessageLength, boolean pathIds) {

    public LogFormat {
        if (!multiprotocol && family != Family.IPV4_UNICAST) {
            throw new IllegalArgumentException(family + " has no other encoding than the multiprotocol one");
        }
        if (maxMessageLength < 64 || maxMessageLength > BgpHeader.MAX_EXTENDED_LENGTH) {
            throw new IllegalArgumentException("maxMessageLength is " + maxMessageLength + ", must be 64 to 65535");
        }
    }

    /** One path of each prefix. */
    public LogFormat(Family family, boolean multiprotocol, int maxMessageLength) {
        this(family, multiprotocol, maxMessageLength, false);
    }
}
