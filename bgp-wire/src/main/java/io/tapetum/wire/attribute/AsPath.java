package io.tapetum.wire.attribute;

import org.jspecify.annotations.Nullable;

/**
 * AS_PATH and AS4_PATH values (RFC 4271 §4.3 b): segments of a type octet, a count octet, and so many AS numbers of two
 * or four octets. A value is {@code octets[from, to)}.
 */
final class AsPath {

    static final int AS_SET = 1;
    static final int AS_SEQUENCE = 2;
    /** RFC 5065 §3. */
    static final int AS_CONFED_SEQUENCE = 3;
    /** RFC 5065 §3. */
    static final int AS_CONFED_SET = 4;

    /** Most AS numbers that a segment can hold. */
    static final int MAX_SEGMENT = 255;
    /** Octets before the AS numbers of a segment. */
    static final int SEGMENT_HEADER = 2;

    private AsPath() {}

    static boolean isConfederation(int segmentType) {
        return segmentType == AS_CONFED_SEQUENCE || segmentType == AS_CONFED_SET;
    }

    /**
     * Checks a value (RFC 7606 §7.2, RFC 7607 §2).
     *
     * @return what is wrong with it, or {@code null}
     */
    static @Nullable String fault(byte[] octets, int from, int to, int asOctets) {
        int position = from;
        while (position < to) {
            if (to - position < SEGMENT_HEADER) {
                return "1 octet after the last segment, expected none or a whole segment";
            }
            int type = Octets.u8(octets, position);
            int count = Octets.u8(octets, position + 1);
            if (type < AS_SET || type > AS_CONFED_SET) {
                return "segment type " + type + ", expected 1 to 4";
            }
            if (count == 0) {
                return "segment of 0 AS numbers, expected at least 1";
            }
            position += SEGMENT_HEADER;
            if (to - position < count * asOctets) {
                return "segment of " + count + " AS numbers with " + (to - position) + " octets left, expected "
                        + count * asOctets;
            }
            for (int i = 0; i < count; i++, position += asOctets) {
                if (as(octets, position, asOctets) == 0) {
                    return "AS number 0, expected 1 to 4294967295";
                }
            }
        }
        return null;
    }

    /** Whether a value without faults has a confederation segment. */
    static boolean hasConfederation(byte[] octets, int from, int to, int asOctets) {
        for (int position = from; position < to; position = next(octets, position, asOctets)) {
            if (isConfederation(octets[position])) {
                return true;
            }
        }
        return false;
    }

    /** Length for comparisons: an AS_SET counts 1 and confederation segments 0 (RFC 4271 §9.1.2.2 a, RFC 5065 §5.3). */
    static int length(byte[] octets, int from, int to, int asOctets) {
        int length = 0;
        for (int position = from; position < to; position = next(octets, position, asOctets)) {
            length += switch (octets[position]) {
                case AS_SEQUENCE -> Octets.u8(octets, position + 1);
                case AS_SET -> 1;
                default -> 0;
            };
        }
        return length;
    }

    /**
     * The AS that a four-octet path was learned from: the first of the first segment outside of the confederation if
     * that is a sequence, else 0.
     */
    static long neighbor(byte[] octets, int from, int to) {
        int position = from;
        while (position < to && isConfederation(octets[position])) {
            position = next(octets, position, 4);
        }
        return position < to && octets[position] == AS_SEQUENCE ? Octets.u32(octets, position + SEGMENT_HEADER) : 0;
    }

    static int next(byte[] octets, int position, int asOctets) {
        return position + SEGMENT_HEADER + Octets.u8(octets, position + 1) * asOctets;
    }

    static long as(byte[] octets, int position, int asOctets) {
        return asOctets == 4 ? Octets.u32(octets, position) : Octets.u16(octets, position);
    }

    /** Appends the two-octet path {@code octets[from, to)} with four-octet AS numbers. */
    static void widen(byte[] octets, int from, int to, BlockBuffer out) {
        for (int position = from; position < to; position = next(octets, position, 2)) {
            widenSegment(octets, position, Octets.u8(octets, position + 1), out);
        }
    }

    /**
     * Appends what a two-octet AS_PATH and its AS4_PATH mean together (RFC 6793 §4.2.3): the leading part of the one, as
     * much as it is longer, then the other. An AS4_PATH that is longer than the AS_PATH means nothing.
     */
    static void merge(byte[] octets, int from, int to, int from4, int to4, BlockBuffer out) {
        int keep = length(octets, from, to, 2) - length(octets, from4, to4, 4);
        if (keep < 0) {
            widen(octets, from, to, out);
            return;
        }
        int lastSequence = -1;
        for (int position = from; position < to; position = next(octets, position, 2)) {
            int type = octets[position];
            int count = Octets.u8(octets, position + 1);
            // A confederation segment counts nothing and stays with the part that it leads or touches.
            int taken = isConfederation(type) ? count : type == AS_SET && keep > 0 ? count : Math.min(keep, count);
            if (taken == 0) {
                break;
            }
            keep -= isConfederation(type) ? 0 : type == AS_SET ? 1 : taken;
            lastSequence = type == AS_SEQUENCE ? out.length() : -1;
            widenSegment(octets, position, taken, out);
            if (taken < count) {
                break;
            }
        }
        for (int position = from4; position < to4; position = next(octets, position, 4)) {
            int type = octets[position];
            int count = Octets.u8(octets, position + 1);
            if (isConfederation(type)) {
                // RFC 6793 §6: they have no business in AS4_PATH.
                continue;
            }
            int joined = lastSequence < 0 ? 0 : Octets.u8(out.octets(), lastSequence + 1) + count;
            if (type == AS_SEQUENCE && joined > 0 && joined <= MAX_SEGMENT) {
                // A four-octet speaker would have sent the two halves of a sequence as one.
                out.octets()[lastSequence + 1] = (byte) joined;
                out.copy(octets, position + SEGMENT_HEADER, 4 * count);
            } else {
                out.copy(octets, position, SEGMENT_HEADER + 4 * count);
            }
            lastSequence = -1;
        }
    }

    private static void widenSegment(byte[] octets, int position, int count, BlockBuffer out) {
        out.octet(octets[position]);
        out.octet(count);
        for (int i = 0; i < count; i++) {
            out.u32(Octets.u16(octets, position + SEGMENT_HEADER + 2 * i));
        }
    }
}
