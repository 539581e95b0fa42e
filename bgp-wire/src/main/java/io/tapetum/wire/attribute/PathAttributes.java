package io.tapetum.wire.attribute;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The path attributes of a route: validated, immutable, and in one canonical form, so that equal attributes are equal
 * octets and can be shared by every route that carries them.
 *
 * <p>The canonical form is an attribute block in ascending order of type (RFC 4271 §5) with four-octet AS numbers (RFC
 * 6793), without NEXT_HOP, MP_REACH_NLRI, MP_UNREACH_NLRI, AS4_PATH and AS4_AGGREGATOR. The next hop stands beside the
 * block, because the same route carries it in different attributes for different families. LOCAL_PREF is always
 * present. The fields that the decision process and the reflection rules ask for are parsed out once.
 */
public final class PathAttributes implements AttributeCandidate {

    /** {@link #flags()}: community NO_EXPORT (RFC 1997). */
    public static final int NO_EXPORT = 1;
    /** {@link #flags()}: community NO_ADVERTISE (RFC 1997). */
    public static final int NO_ADVERTISE = 1 << 1;
    /** {@link #flags()}: community NO_EXPORT_SUBCONFED (RFC 1997). */
    public static final int NO_EXPORT_SUBCONFED = 1 << 2;
    /** {@link #flags()}: community LLGR_STALE (RFC 9494 §3.2). */
    public static final int LLGR_STALE = 1 << 3;
    /** {@link #flags()}: community NO_LLGR (RFC 9494 §3.3). */
    public static final int NO_LLGR = 1 << 4;
    /** {@link #flags()}: attribute ORIGINATOR_ID is present. */
    public static final int HAS_ORIGINATOR_ID = 1 << 5;
    /** {@link #flags()}: attribute MULTI_EXIT_DISC is present. */
    public static final int HAS_MED = 1 << 6;

    private final byte[] block;
    private final NextHop nextHop;

    // There are as many of these as there are different attributes: fields are as narrow as RFC 4271 §4.3 has them.
    // Unsigned, all but the flags.
    private final int localPref;
    private final int med;
    private final int neighborAs;
    private final int originatorId;
    private final int clusterListOffset;
    private final int hash;
    private final char clusterListLength;
    private final char asPathOffset;
    private final char asPathBytes;
    private final char asPathLength;
    private final byte origin;
    private final byte flags;

    PathAttributes(byte[] block, NextHop nextHop, Fields fields) {
        this.block = block;
        this.nextHop = nextHop;
        this.flags = (byte) fields.flags;
        this.origin = (byte) fields.origin;
        this.localPref = (int) fields.localPref;
        this.med = (int) fields.med;
        this.originatorId = fields.originatorId;
        this.asPathOffset = (char) fields.asPathOffset;
        this.asPathBytes = (char) fields.asPathBytes;
        this.asPathLength = (char) fields.asPathLength;
        this.neighborAs = (int) fields.neighborAs;
        this.clusterListOffset = fields.clusterListOffset;
        this.clusterListLength = (char) fields.clusterListLength;
        this.hash = hash(Octets.hash(block, block.length), nextHop.ipv6(), nextHop.high(), nextHop.low());
    }

    private PathAttributes(PathAttributes other, NextHop nextHop) {
        this.block = other.block;
        this.nextHop = nextHop;
        this.flags = other.flags;
        this.origin = other.origin;
        this.localPref = other.localPref;
        this.med = other.med;
        this.originatorId = other.originatorId;
        this.asPathOffset = other.asPathOffset;
        this.asPathBytes = other.asPathBytes;
        this.asPathLength = other.asPathLength;
        this.neighborAs = other.neighborAs;
        this.clusterListOffset = other.clusterListOffset;
        this.clusterListLength = other.clusterListLength;
        this.hash = hash(Octets.hash(block, block.length), nextHop.ipv6(), nextHop.high(), nextHop.low());
    }

    /** These attributes with another next hop; the block is shared, not copied. */
    public PathAttributes withNextHop(NextHop other) {
        return nextHop.equals(other) ? this : new PathAttributes(this, other);
    }

    private PathAttributes(PathAttributes other, byte[] block, int addedFlag) {
        this.block = block;
        this.nextHop = other.nextHop;
        this.flags = (byte) (other.flags | addedFlag);
        this.origin = other.origin;
        this.localPref = other.localPref;
        this.med = other.med;
        this.originatorId = other.originatorId;
        // AS_PATH stands before COMMUNITIES, CLUSTER_LIST behind it.
        this.asPathOffset = other.asPathOffset;
        this.asPathBytes = other.asPathBytes;
        this.asPathLength = other.asPathLength;
        this.neighborAs = other.neighborAs;
        this.clusterListOffset = other.clusterListLength == 0
                ? 0
                : other.clusterListOffset + block.length - other.block.length;
        this.clusterListLength = other.clusterListLength;
        this.hash = hash(Octets.hash(block, block.length), nextHop.ipv6(), nextHop.high(), nextHop.low());
    }

    /** These attributes with the community LLGR_STALE behind all others (RFC 9494 §4.2); these, if they have it. */
    public PathAttributes withLlgrStale() {
        return has(LLGR_STALE)
                ? this
                : new PathAttributes(this, AppendedCommunity.to(block, AppendedCommunity.LLGR_STALE), LLGR_STALE);
    }

    static int hash(int blockHash, boolean ipv6, long nextHopHigh, long nextHopLow) {
        return 31 * blockHash + NextHop.hash(ipv6, nextHopHigh, nextHopLow);
    }

    /** What the canonicaliser found in a block; mutable so that a session can use one for all its messages. */
    static final class Fields {
        int flags;
        int origin;
        long localPref;
        long med;
        int originatorId;
        int asPathOffset;
        int asPathBytes;
        int asPathLength;
        long neighborAs;
        int clusterListOffset;
        int clusterListLength;

        /** As for a block without attributes. */
        void clear() {
            flags = 0;
            origin = 0;
            localPref = 0;
            med = 0;
            originatorId = 0;
            asPathOffset = 0;
            asPathBytes = 0;
            asPathLength = 0;
            neighborAs = 0;
            clusterListOffset = 0;
            clusterListLength = 0;
        }
    }

    /** The canonical attribute block. Shared: callers must not write to it. */
    public byte[] block() {
        return block;
    }

    public NextHop nextHop() {
        return nextHop;
    }

    /** Which well-known communities and optional attributes are present: a set of the constants above. */
    public int flags() {
        return flags;
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** 0 IGP, 1 EGP, 2 INCOMPLETE. */
    public int origin() {
        return origin;
    }

    /** 0 to 2^32 - 1. */
    public long localPref() {
        return Integer.toUnsignedLong(localPref);
    }

    /** 0 to 2^32 - 1; 0 when absent (RFC 4271 §9.1.2.2 c). */
    public long med() {
        return Integer.toUnsignedLong(med);
    }

    /** ORIGINATOR_ID in network order; meaningful only with {@link #HAS_ORIGINATOR_ID}. */
    public int originatorId() {
        return originatorId;
    }

    /** Length for the decision process: an AS_SET counts 1, confederation segments 0 (RFC 4271 §9.1.2.2 a, RFC 5065). */
    public int asPathLength() {
        return asPathLength;
    }

    /** The AS the path was learned from: the first AS of a leading AS_SEQUENCE, 0 for an empty path or a leading set. */
    public long neighborAs() {
        return Integer.toUnsignedLong(neighborAs);
    }

    /** How many cluster ids CLUSTER_LIST holds; 0 when absent. */
    public int clusterListLength() {
        return clusterListLength;
    }

    /** Whether CLUSTER_LIST names this cluster id (RFC 4456 §8). */
    public boolean hasCluster(int clusterId) {
        for (int i = 0; i < clusterListLength; i++) {
            if (intAt(clusterListOffset + 4 * i) == clusterId) {
                return true;
            }
        }
        return false;
    }

    /** How often AS_PATH names this AS number, in any kind of segment. */
    public int occurrencesOfAs(long as) {
        int count = 0;
        int position = asPathOffset;
        int end = asPathOffset + asPathBytes;
        while (position < end) {
            int asns = block[position + 1] & 0xFF;
            position += 2;
            for (int i = 0; i < asns; i++, position += 4) {
                if ((intAt(position) & 0xFFFF_FFFFL) == as) {
                    count++;
                }
            }
        }
        return count;
    }

    private int intAt(int offset) {
        return ((block[offset] & 0xFF) << 24) | ((block[offset + 1] & 0xFF) << 16) | ((block[offset + 2] & 0xFF) << 8)
                | (block[offset + 3] & 0xFF);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof PathAttributes that && is(that));
    }

    @Override
    public boolean is(PathAttributes that) {
        return hash == that.hash && nextHop.is(that.nextHop.ipv6(), that.nextHop.high(), that.nextHop.low())
                && Arrays.equals(block, that.block);
    }

    @Override
    public int hash() {
        return hash;
    }

    @Override
    public PathAttributes make() {
        return this;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
