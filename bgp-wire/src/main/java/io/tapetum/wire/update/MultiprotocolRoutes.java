package io.tapetum.wire.update;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.attribute.AttributeErrors;
import io.tapetum.wire.attribute.AttributeHeader;
import io.tapetum.wire.attribute.AttributeReader;
import io.tapetum.wire.attribute.AttributeType;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.attribute.Octets;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Notification;

/**
 * The routes in MP_REACH_NLRI and MP_UNREACH_NLRI of one UPDATE (RFC 4760 §3, §4).
 *
 * <pre>
 *   MP_REACH_NLRI:   AFI (2)  SAFI (1)  N: next hop length (1)  next hop (N)  reserved (1)  NLRI
 *   MP_UNREACH_NLRI: AFI (2)  SAFI (1)  withdrawn routes
 * </pre>
 *
 * The reserved octet is ignored.
 */
final class MultiprotocolRoutes {

    /** Octets of MP_REACH_NLRI besides next hop and prefixes. */
    private static final int MIN_MP_REACH = 5;
    /** Octets of MP_UNREACH_NLRI besides prefixes. */
    private static final int MIN_MP_UNREACH = 3;

    private final UpdateContext context;
    private final NegotiatedFamilies families;
    private final AttributeErrors errors;

    private final NlriField unreachable = new NlriField();
    private final NlriField reachable = new NlriField();
    private boolean encodesReachable;
    private @Nullable Family disabledFamily;

    /* Of MP_REACH_NLRI, as NextHop has it. */
    private boolean nextHopIpv6;
    private long nextHopHigh;
    private long nextHopLow;

    MultiprotocolRoutes(UpdateContext context, NegotiatedFamilies families, AttributeErrors errors) {
        this.context = context;
        this.families = families;
        this.errors = errors;
    }

    void clear() {
        unreachable.clear();
        reachable.clear();
        encodesReachable = false;
        disabledFamily = null;
    }

    NlriField unreachable() {
        return unreachable;
    }

    NlriField reachable() {
        return reachable;
    }

    /** Whether there are reachable routes, be they of a family that is ignored. */
    boolean encodesReachable() {
        return encodesReachable;
    }

    /** The family whose routes cannot be read. */
    @Nullable
    Family disabledFamily() {
        return disabledFamily;
    }

    boolean hasNextHop(NextHop other) {
        return other.is(nextHopIpv6, nextHopHigh, nextHopLow);
    }

    NextHop nextHop() {
        return new NextHop(nextHopIpv6, nextHopHigh, nextHopLow);
    }

    /** What was read, with the next hop of these routes. */
    AttributeCandidate withNextHop(AttributeReader attributes) {
        return attributes.with(nextHopIpv6, nextHopHigh, nextHopLow);
    }

    /** Empties what was read of the family that is disabled: nothing the UPDATE says about it counts. */
    void dropDisabled() {
        if (unreachable.family() == disabledFamily) {
            unreachable.clear();
        }
        if (reachable.family() == disabledFamily) {
            reachable.clear();
            encodesReachable = false;
        }
    }

    /** Reads MP_UNREACH_NLRI. */
    void readUnreach(byte[] message, int header) throws BgpErrorException {
        int value = checkMultiprotocol(message, header, MIN_MP_UNREACH);
        int valueEnd = AttributeHeader.end(message, header);
        Family family = familyOf(message, header, value);
        if (family == null) {
            return;
        }
        int offset = value + MIN_MP_UNREACH;
        if (!unreachable.set(message, offset, valueEnd - offset, family, context.addPathReceive().contains(family))) {
            malformedRoutes(message, header, family, notPrefixes(valueEnd - offset, family));
        }
    }

    /** Reads MP_REACH_NLRI. */
    void readReach(byte[] message, int header) throws BgpErrorException {
        int value = checkMultiprotocol(message, header, MIN_MP_REACH);
        int valueEnd = AttributeHeader.end(message, header);
        Family family = familyOf(message, header, value);
        if (family == null) {
            encodesReachable = true;
            return;
        }
        int nextHopOctets = Octets.u8(message, value + 3);
        int offset = value + MIN_MP_REACH + nextHopOctets;
        if (!isNextHopLength(family, nextHopOctets) || offset > valueEnd) {
            // RFC 7606 §7.11: the routes follow the next hop, and cannot be found without its length.
            malformedRoutes(message, header, family, "next hop of " + nextHopOctets + " octets in "
                    + (valueEnd - value) + ", expected " + expectedNextHop(family));
            return;
        }
        if (!reachable.set(message, offset, valueEnd - offset, family, context.addPathReceive().contains(family))) {
            malformedRoutes(message, header, family, notPrefixes(valueEnd - offset, family));
            return;
        }
        if (reachable.count() > 0) {
            encodesReachable = true;
            readNextHop(message, value + 4, nextHopOctets);
        }
    }

    /** Of the 32 octets that RFC 2545 §3 allows, the link-local address in the second half is passed over. */
    private void readNextHop(byte[] message, int offset, int octets) {
        nextHopIpv6 = octets != 4;
        nextHopHigh = nextHopIpv6 ? Octets.i64(message, offset) : (long) Octets.i32(message, offset) << 32;
        nextHopLow = nextHopIpv6 ? Octets.i64(message, offset + 8) : 0;
        String fault = NextHop.fault(nextHopIpv6, nextHopHigh, nextHopLow, context.allowLoopbackNextHop());
        if (fault != null) {
            errors.withdraw(AttributeType.MP_REACH_NLRI, ErrorCode.UPDATE_INVALID_NEXT_HOP,
                    "MP_REACH_NLRI: next hop " + new NextHop(nextHopIpv6, nextHopHigh, nextHopLow) + ": " + fault
                            + ", expected a global unicast address");
        }
    }

    private boolean isNextHopLength(Family family, int octets) {
        return switch (family) {
            case IPV4_UNICAST -> octets == 4 || (context.extendedNextHop() && (octets == 16 || octets == 32));
            case IPV6_UNICAST -> octets == 16 || octets == 32;
        };
    }

    private String expectedNextHop(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> context.extendedNextHop() ? "4, 16 or 32" : "4";
            case IPV6_UNICAST -> "16 or 32";
        };
    }

    private static String notPrefixes(int octets, Family family) {
        return octets + " octets of NLRI, expected whole prefixes of 0 to " + family.maxPrefixLength() + " bits";
    }

    /**
     * Checks flags and least length, whose violation RFC 7606 §5.3 calls an incorrect attribute.
     *
     * @return where the value starts
     */
    private static int checkMultiprotocol(byte[] message, int header, int minLength) throws BgpErrorException {
        int flags = AttributeHeader.flags(message, header);
        int type = AttributeHeader.type(message, header);
        if ((flags & (AttributeType.FLAG_OPTIONAL | AttributeType.FLAG_TRANSITIVE)) != AttributeType.FLAG_OPTIONAL) {
            throw reset(message, header, ErrorCode.UPDATE_ATTRIBUTE_FLAGS, AttributeType.name(type) + ": flags 0x"
                    + Integer.toHexString(flags) + ", expected the Optional and Transitive bits of 0x80");
        }
        int value = AttributeHeader.value(message, header);
        int length = AttributeHeader.end(message, header) - value;
        if (length < minLength) {
            throw reset(message, header, ErrorCode.UPDATE_ATTRIBUTE_LENGTH,
                    AttributeType.name(type) + ": length " + length + ", expected at least " + minLength);
        }
        return value;
    }

    private @Nullable Family familyOf(byte[] message, int header, int value) {
        return families.find(AttributeHeader.type(message, header), Octets.u16(message, value),
                Octets.u8(message, value + 2), errors);
    }

    /** The routes of an MP attribute cannot be told: RFC 7606 §5.3 asks for AFI/SAFI disable or session reset. */
    private void malformedRoutes(byte[] message, int header, Family family, String text) throws BgpErrorException {
        int type = AttributeHeader.type(message, header);
        String whole = AttributeType.name(type) + ": " + text;
        boolean othersInUse = families.areSeveral() && (disabledFamily == null || disabledFamily == family);
        if (!othersInUse) {
            throw reset(message, header, ErrorCode.UPDATE_OPTIONAL_ATTRIBUTE, whole);
        }
        disabledFamily = family;
        errors.disableFamily(type, whole);
    }

    private static BgpErrorException reset(byte[] message, int header, ErrorCode code, String text) {
        byte[] attribute = Arrays.copyOfRange(message, header, AttributeHeader.end(message, header));
        return new BgpErrorException(Notification.of(code, attribute), text);
    }
}
