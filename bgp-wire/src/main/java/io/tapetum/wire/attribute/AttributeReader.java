package io.tapetum.wire.attribute;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Notification;

/**
 * Judges the attribute block of an UPDATE by RFC 7606 §3 and §7 and brings it into the canonical form of
 * {@link PathAttributes}. MP_REACH_NLRI and MP_UNREACH_NLRI are not its business: they hold routes.
 *
 * <p>The block is first indexed by type, so the order of attributes on the wire is irrelevant; then each attribute is
 * checked, those to discard leave the index, and what remains is written in ascending order. One reader serves a
 * session; not thread-safe. Allocates only for errors and for attributes that turn out to be new.
 *
 * <p>Flags: the Optional and Transitive bits must be those of the type (RFC 7606 §3 c). The Partial bit of a well-known
 * or non-transitive attribute has no meaning, RFC 7606 does not call it an error, and it is cleared; that of a known
 * optional transitive attribute is kept; that of an unknown one is set (RFC 4271 §5). The four unused bits are cleared.
 */
public final class AttributeReader {

    /** Longest value that an attribute can have. */
    private static final int MAX_VALUE = 65535;

    private final AttributeRules rules;
    /** What the block has; attributes to discard leave it. */
    private final AttributeIndex index = new AttributeIndex();
    private final CanonicalBlock canonical;

    public AttributeReader(AttributeRules rules) {
        this.rules = rules;
        this.canonical = new CanonicalBlock(rules);
    }

    /**
     * Reads {@code octets[0, length)}: whole attributes, none of them MP_REACH_NLRI or MP_UNREACH_NLRI.
     *
     * @param classic whether the UPDATE has routes in its own NLRI field: only then NEXT_HOP counts (RFC 4760 §3)
     * @param reachable whether the UPDATE has reachable routes at all: only then attributes are mandatory
     * @return whether {@link #with} may be called: there are reachable routes, and no error withdraws them
     * @throws BgpErrorException for an unrecognised well-known attribute (RFC 4271 §6.3)
     */
    public boolean read(byte[] octets, int length, boolean classic, boolean reachable, AttributeErrors errors)
            throws BgpErrorException {
        index.start(octets);
        index(octets, length, errors);
        if (!classic) {
            index.remove(AttributeType.NEXT_HOP);
        }
        for (int type = index.next(0); type >= 0; type = index.next(type + 1)) {
            check(type, errors);
        }
        if (!reachable) {
            return false;
        }
        requirePresent(AttributeType.ORIGIN, errors);
        requirePresent(AttributeType.AS_PATH, errors);
        if (classic) {
            requirePresent(AttributeType.NEXT_HOP, errors);
        }
        if (errors.treatAsWithdraw()) {
            return false;
        }
        canonical.write(index);
        return isFirstAsRight(errors);
    }

    /** The attributes of the last successful {@link #read}, with the next hop of these fields as {@link NextHop} has them. */
    public AttributeCandidate with(boolean ipv6, long nextHopHigh, long nextHopLow) {
        return canonical.with(ipv6, nextHopHigh, nextHopLow);
    }

    /** The attributes of the last successful {@link #read} that was asked for NEXT_HOP, with that. */
    public AttributeCandidate withOwnNextHop() {
        long high = (long) Octets.i32(index.block(), index.value(AttributeType.NEXT_HOP)) << 32;
        return canonical.with(false, high, 0);
    }

    private void index(byte[] block, int length, AttributeErrors errors) throws BgpErrorException {
        for (int header = 0; header < length; header = AttributeHeader.end(block, header)) {
            int type = AttributeHeader.type(block, header);
            if (index.has(type)) {
                // RFC 7606 §3 g
                errors.discard(type,
                        AttributeType.name(type) + " stands more than once, expected once; the first counts");
                continue;
            }
            if (AttributeType.category(type) < 0
                    && (AttributeHeader.flags(block, header) & AttributeType.FLAG_OPTIONAL) == 0) {
                throw unrecognizedWellKnown(block, header);
            }
            index.add(type, header);
        }
    }

    private BgpErrorException unrecognizedWellKnown(byte[] block, int header) {
        byte[] attribute = Arrays.copyOfRange(block, header, AttributeHeader.end(block, header));
        return new BgpErrorException(Notification.of(ErrorCode.UPDATE_UNRECOGNIZED_WELL_KNOWN, attribute),
                AttributeType.name(AttributeHeader.type(block, header)) + " has flags "
                        + hex(AttributeHeader.flags(block, header))
                        + ", expected a well-known attribute to be one of RFC 4271");
    }

    private void check(int type, AttributeErrors errors) {
        int category = AttributeType.category(type);
        int flags = index.flags(type);
        if (category < 0) {
            if ((flags & AttributeType.FLAG_TRANSITIVE) == 0) {
                // RFC 4271 §5: unrecognised, optional and non-transitive is quietly ignored.
                index.remove(type);
            }
            return;
        }
        String unwanted = unwanted(type);
        if (unwanted != null) {
            discard(type, unwanted, errors);
            return;
        }
        if ((flags & AttributeType.OPTIONAL_TRANSITIVE) != category) {
            // RFC 7606 §3 c, which leaves no exception for the attributes that §3 f would otherwise discard.
            withdraw(type, ErrorCode.UPDATE_ATTRIBUTE_FLAGS, "flags " + hex(flags)
                    + ", expected the Optional and Transitive bits of " + hex(category), errors);
            return;
        }
        checkValue(type, index.value(type), index.length(type), errors);
    }

    /** Why an attribute means nothing on this session whatever it holds, or {@code null}. */
    private @Nullable String unwanted(int type) {
        return switch (type) {
            // RFC 7606 §7.5, §7.9, §7.10
            case AttributeType.LOCAL_PREF, AttributeType.ORIGINATOR_ID, AttributeType.CLUSTER_LIST ->
                rules.internal() ? null : "received from an external peer, expected from internal peers only";
            // RFC 6793 §4.1
            case AttributeType.AS4_PATH, AttributeType.AS4_AGGREGATOR ->
                rules.fourOctetAs() ? "received from a four-octet AS speaker, expected from two-octet ones only" : null;
            default -> null;
        };
    }

    private void checkValue(int type, int value, int length, AttributeErrors errors) {
        switch (type) {
            case AttributeType.ORIGIN -> checkOrigin(value, length, errors);
            case AttributeType.AS_PATH -> checkAsPath(value, length, errors);
            case AttributeType.NEXT_HOP -> checkNextHop(value, length, errors);
            // RFC 7606 §7.4, §7.5, §7.9
            case AttributeType.MULTI_EXIT_DISC, AttributeType.LOCAL_PREF, AttributeType.ORIGINATOR_ID -> {
                if (length != 4) {
                    withdrawLength(type, length, "4", errors);
                }
            }
            case AttributeType.ATOMIC_AGGREGATE -> {
                if (length != 0) {
                    // RFC 7606 §7.6
                    discard(type, "length " + length + ", expected 0", errors);
                }
            }
            case AttributeType.AGGREGATOR -> checkAggregator(type, value, length, rules.asOctets(), errors);
            case AttributeType.AS4_AGGREGATOR -> checkAggregator(type, value, length, 4, errors);
            case AttributeType.AS4_PATH -> checkAs4Path(value, length, errors);
            // RFC 7606 §7.8, §7.10, §7.14; RFC 8092 §6
            case AttributeType.COMMUNITIES, AttributeType.CLUSTER_LIST -> checkMultiple(type, length, 4, errors);
            case AttributeType.EXTENDED_COMMUNITIES -> checkMultiple(type, length, 8, errors);
            case AttributeType.LARGE_COMMUNITIES -> checkMultiple(type, length, 12, errors);
            default -> throw new IllegalStateException("a known attribute without a check: " + type);
        }
    }

    /** RFC 7606 §7.1. */
    private void checkOrigin(int value, int length, AttributeErrors errors) {
        if (length != 1) {
            withdrawLength(AttributeType.ORIGIN, length, "1", errors);
        } else if (Octets.u8(index.block(), value) > 2) {
            withdraw(AttributeType.ORIGIN, ErrorCode.UPDATE_INVALID_ORIGIN,
                    "value " + Octets.u8(index.block(), value) + ", expected 0, 1 or 2", errors);
        }
    }

    /** RFC 7606 §7.2, RFC 7607 §2, RFC 5065 §5. */
    private void checkAsPath(int value, int length, AttributeErrors errors) {
        int asOctets = rules.asOctets();
        String fault = AsPath.fault(index.block(), value, value + length, asOctets);
        if (fault == null && !rules.internal()
                && AsPath.hasConfederation(index.block(), value, value + length, asOctets)) {
            fault = "confederation segment from an external peer, expected AS_SEQUENCE and AS_SET only";
        }
        if (fault == null && asOctets == 2 && 2 * length + as4PathLength() > MAX_VALUE) {
            fault = "length " + length + ", expected one that four-octet AS numbers leave below " + MAX_VALUE;
        }
        if (fault != null) {
            withdraw(AttributeType.AS_PATH, ErrorCode.UPDATE_MALFORMED_AS_PATH, fault, errors);
        }
    }

    private int as4PathLength() {
        return index.has(AttributeType.AS4_PATH)
                ? index.length(AttributeType.AS4_PATH)
                : 0;
    }

    /** RFC 7606 §7.3; RFC 4271 §6.3 has a route with an unusable next hop ignored. */
    private void checkNextHop(int value, int length, AttributeErrors errors) {
        if (length != 4) {
            withdrawLength(AttributeType.NEXT_HOP, length, "4", errors);
            return;
        }
        long high = (long) Octets.i32(index.block(), value) << 32;
        String fault = NextHop.fault(false, high, 0, rules.allowLoopbackNextHop());
        if (fault != null) {
            withdraw(AttributeType.NEXT_HOP, ErrorCode.UPDATE_INVALID_NEXT_HOP,
                    new NextHop(false, high, 0) + ": " + fault + ", expected a unicast address", errors);
        }
    }

    /** RFC 7606 §7.7, RFC 6793 §6, RFC 7607 §2. */
    private void checkAggregator(int type, int value, int length, int asOctets, AttributeErrors errors) {
        if (length != asOctets + 4) {
            discard(type, "length " + length + ", expected " + (asOctets + 4), errors);
        } else if (AsPath.as(index.block(), value, asOctets) == 0) {
            discard(type, "AS number 0, expected 1 to 4294967295", errors);
        }
    }

    /** RFC 6793 §6, RFC 7607 §2. */
    private void checkAs4Path(int value, int length, AttributeErrors errors) {
        String fault = length == 0
                ? "length 0, expected at least 6"
                : AsPath.fault(index.block(), value, value + length, 4);
        if (fault != null) {
            discard(AttributeType.AS4_PATH, fault, errors);
        } else if (AsPath.hasConfederation(index.block(), value, value + length, 4)) {
            // RFC 6793 §6: the segments are discarded, the rest counts.
            errors.discard(AttributeType.AS4_PATH,
                    "AS4_PATH: confederation segment, expected AS_SEQUENCE and AS_SET only; the others count");
        }
    }

    private void checkMultiple(int type, int length, int unit, AttributeErrors errors) {
        if (length == 0 || length % unit != 0) {
            withdrawLength(type, length, "a multiple of " + unit + " above 0", errors);
        }
    }

    private void requirePresent(int type, AttributeErrors errors) {
        if (!index.has(type)) {
            // RFC 7606 §3 d. The data of a Missing Well-known Attribute error is its type (RFC 4271 §6.3).
            errors.withdraw(type, ErrorCode.UPDATE_MISSING_WELL_KNOWN,
                    AttributeType.name(type) + " is missing, expected with reachable NLRI", new byte[]{(byte) type}, 0,
                    1);
        }
    }

    /** RFC 4271 §6.3 lets a path that does not start with the external peer's AS count as malformed. */
    private boolean isFirstAsRight(AttributeErrors errors) {
        if (rules.internal() || !rules.enforceFirstAs() || canonical.neighborAs() == rules.peerAs()) {
            return true;
        }
        withdraw(AttributeType.AS_PATH, ErrorCode.UPDATE_MALFORMED_AS_PATH,
                "first AS " + canonical.neighborAs() + ", expected the peer's " + rules.peerAs(), errors);
        return false;
    }

    private void withdrawLength(int type, int length, String expected, AttributeErrors errors) {
        withdraw(type, ErrorCode.UPDATE_ATTRIBUTE_LENGTH, "length " + length + ", expected " + expected, errors);
    }

    private void withdraw(int type, ErrorCode code, String text, AttributeErrors errors) {
        errors.withdraw(type, code, AttributeType.name(type) + ": " + text, index.block(),
                index.header(type), index.end(type));
    }

    private void discard(int type, String text, AttributeErrors errors) {
        index.remove(type);
        errors.discard(type, AttributeType.name(type) + ": " + text);
    }

    private static String hex(int flags) {
        return "0x" + Integer.toHexString(flags);
    }
}
