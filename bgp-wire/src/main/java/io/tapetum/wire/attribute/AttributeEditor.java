package io.tapetum.wire.attribute;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.tapetum.wire.message.Open;

/**
 * Writes the attributes of a route as another peer is to see them. Say what changes, then {@link #write} as many routes
 * as the changes are for; {@link #reset} forgets the changes. Reused, not thread-safe, and free of allocation.
 *
 * <p>What is stripped is stripped from the route; what is added is added after that. All else is passed on octet for
 * octet, as RFC 4456 §10 wants of a reflector. Types ascend (RFC 4271 §5).
 */
public final class AttributeEditor {

    private static final int AFTER_LAST_TYPE = 256;

    /* The changes. */
    private boolean addOriginatorId;
    private int originatorId;
    private int clusterIds;
    private int firstClusterId;
    private int secondClusterId;
    private boolean includeNextHop;
    private @Nullable NextHop nextHop;
    private long prependedAs;
    private boolean stripLocalPref;
    private boolean stripMed;
    private boolean stripReflection;
    private boolean twoOctetAs;

    /* The route being written. */
    private byte[] block = new byte[0];
    private int asPathHeader;
    private int aggregatorHeader;
    private boolean hasOriginatorId;
    private boolean hasClusterList;
    /** Attributes that the route lacks and the changes bring: all of a type below this one are written. */
    private int addedBelow;

    /** Forgets all changes: {@link #write} then writes the canonical block as it is, without NEXT_HOP. */
    public AttributeEditor reset() {
        addOriginatorId = false;
        clusterIds = 0;
        includeNextHop = false;
        nextHop = null;
        prependedAs = 0;
        stripLocalPref = false;
        stripMed = false;
        stripReflection = false;
        twoOctetAs = false;
        return this;
    }

    /** Adds ORIGINATOR_ID, in network order, to routes without one (RFC 4456 §8). */
    public AttributeEditor originatorId(int identifier) {
        addOriginatorId = true;
        originatorId = identifier;
        return this;
    }

    /** Puts a cluster id before those of CLUSTER_LIST (RFC 4456 §8). */
    public AttributeEditor prependCluster(int clusterId) {
        clusterIds = 1;
        firstClusterId = clusterId;
        return this;
    }

    /** Puts two cluster ids before those of CLUSTER_LIST, {@code first} leftmost. */
    public AttributeEditor prependClusters(int first, int second) {
        clusterIds = 2;
        firstClusterId = first;
        secondClusterId = second;
        return this;
    }

    /** Writes this next hop in the place of the route's own. */
    public AttributeEditor nextHop(NextHop value) {
        nextHop = value;
        return this;
    }

    /** Writes NEXT_HOP, for routes in the message's own NLRI field. The next hop must then be an IPv4 address. */
    public AttributeEditor includeNextHop() {
        includeNextHop = true;
        return this;
    }

    /** Puts an AS number, 1 to 2^32 - 1, before AS_PATH (RFC 4271 §5.1.2 b). */
    public AttributeEditor prependAs(long as) {
        prependedAs = as;
        return this;
    }

    /** Leaves LOCAL_PREF out, as external peers must not get it (RFC 4271 §5.1.5). */
    public AttributeEditor stripLocalPref() {
        stripLocalPref = true;
        return this;
    }

    /** Leaves MULTI_EXIT_DISC out. */
    public AttributeEditor stripMed() {
        stripMed = true;
        return this;
    }

    /** Leaves the route's ORIGINATOR_ID and CLUSTER_LIST out: they mean nothing in another AS (RFC 4456 §8). */
    public AttributeEditor stripReflection() {
        stripReflection = true;
        return this;
    }

    /** Writes for a peer with two-octet AS numbers (RFC 6793 §4.2.2). */
    public AttributeEditor twoOctetAs() {
        twoOctetAs = true;
        return this;
    }

    /** The next hop that a route goes out with: the one set here, else its own. */
    public NextHop nextHopFor(PathAttributes attributes) {
        NextHop replacement = nextHop;
        return replacement == null ? attributes.nextHop() : replacement;
    }

    /**
     * Appends the attribute block.
     *
     * @return its octets; more than 65535 fit in no message, and the block is then not well-formed either
     */
    public int write(PathAttributes attributes, ByteBuf out) {
        int start = out.writerIndex();
        block = attributes.block();
        asPathHeader = -1;
        aggregatorHeader = -1;
        hasOriginatorId = !stripReflection && attributes.has(PathAttributes.HAS_ORIGINATOR_ID);
        hasClusterList = !stripReflection && attributes.clusterListLength() > 0;
        addedBelow = 0;
        for (int header = 0; header < block.length; header = AttributeHeader.end(block, header)) {
            int type = AttributeHeader.type(block, header);
            writeAdded(type, attributes, out);
            writePresent(type, header, out);
        }
        writeAdded(AFTER_LAST_TYPE, attributes, out);
        return out.writerIndex() - start;
    }

    /** Writes one attribute of the route, changed or not. */
    private void writePresent(int type, int header, ByteBuf out) {
        switch (type) {
            case AttributeType.AS_PATH -> {
                asPathHeader = header;
                writeAsPath(out);
            }
            case AttributeType.MULTI_EXIT_DISC -> copyUnless(stripMed, header, out);
            case AttributeType.LOCAL_PREF -> copyUnless(stripLocalPref, header, out);
            case AttributeType.AGGREGATOR -> {
                aggregatorHeader = header;
                writeAggregator(header, out);
            }
            case AttributeType.ORIGINATOR_ID -> copyUnless(stripReflection, header, out);
            case AttributeType.CLUSTER_LIST -> {
                if (hasClusterList) {
                    writeClusterList(AttributeHeader.value(block, header), AttributeHeader.length(block, header), out);
                }
            }
            default -> copyUnless(false, header, out);
        }
    }

    /** Writes the attributes below {@code type} that the route lacks and now gets, in ascending order. */
    private void writeAdded(int type, PathAttributes attributes, ByteBuf out) {
        if (isDue(AttributeType.NEXT_HOP, type) && includeNextHop) {
            header(AttributeType.WELL_KNOWN, AttributeType.NEXT_HOP, 4, out);
            out.writeInt(nextHopFor(attributes).ipv4Address());
        }
        if (isDue(AttributeType.ORIGINATOR_ID, type) && addOriginatorId && !hasOriginatorId) {
            header(AttributeType.OPTIONAL, AttributeType.ORIGINATOR_ID, 4, out);
            out.writeInt(originatorId);
        }
        if (isDue(AttributeType.CLUSTER_LIST, type) && clusterIds > 0 && !hasClusterList) {
            writeClusterList(0, 0, out);
        }
        if (isDue(AttributeType.AS4_PATH, type) && twoOctetAs && asPathHeader >= 0) {
            writeAs4Path(out);
        }
        if (isDue(AttributeType.AS4_AGGREGATOR, type) && twoOctetAs && aggregatorHeader >= 0) {
            writeAs4Aggregator(out);
        }
        addedBelow = type;
    }

    private boolean isDue(int added, int type) {
        return added >= addedBelow && added < type;
    }

    private void writeClusterList(int value, int length, ByteBuf out) {
        header(AttributeType.OPTIONAL, AttributeType.CLUSTER_LIST, 4 * clusterIds + length, out);
        if (clusterIds > 0) {
            out.writeInt(firstClusterId);
        }
        if (clusterIds > 1) {
            out.writeInt(secondClusterId);
        }
        out.writeBytes(block, value, length);
    }

    private void writeAsPath(ByteBuf out) {
        int value = AttributeHeader.value(block, asPathHeader);
        int end = AttributeHeader.end(block, asPathHeader);
        int asOctets = twoOctetAs ? 2 : 4;
        header(AttributeType.WELL_KNOWN, AttributeType.AS_PATH, pathOctets(value, end, asOctets, true), out);
        writeSegments(value, end, asOctets, true, out);
    }

    /** RFC 6793 §4.2.2: only for a path that AS_PATH cannot carry, and without its confederation segments. */
    private void writeAs4Path(ByteBuf out) {
        int value = AttributeHeader.value(block, asPathHeader);
        int end = AttributeHeader.end(block, asPathHeader);
        if (needsFourOctets(value, end)) {
            header(AttributeType.OPTIONAL_TRANSITIVE, AttributeType.AS4_PATH, pathOctets(value, end, 4, false), out);
            writeSegments(value, end, 4, false, out);
        }
    }

    /** Whether a four-octet AS number stands where AS4_PATH would repeat it. */
    private boolean needsFourOctets(int value, int end) {
        if (prependedAs > 0xFFFF) {
            return true;
        }
        for (int segment = value; segment < end; segment = AsPath.next(block, segment, 4)) {
            if (AsPath.isConfederation(block[segment])) {
                continue;
            }
            int segmentEnd = AsPath.next(block, segment, 4);
            for (int as = segment + AsPath.SEGMENT_HEADER; as < segmentEnd; as += 4) {
                if (Octets.u16(block, as) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Octets that {@link #writeSegments} will write. */
    private int pathOctets(int value, int end, int asOctets, boolean confederation) {
        int octets = 0;
        if (prependedAs != 0) {
            octets += joinsFirst(value, end) ? asOctets : AsPath.SEGMENT_HEADER + asOctets;
        }
        for (int segment = value; segment < end; segment = AsPath.next(block, segment, 4)) {
            if (confederation || !AsPath.isConfederation(block[segment])) {
                octets += AsPath.SEGMENT_HEADER + asOctets * Octets.u8(block, segment + 1);
            }
        }
        return octets;
    }

    private void writeSegments(int value, int end, int asOctets, boolean confederation, ByteBuf out) {
        int joined = prependedAs != 0 && joinsFirst(value, end) ? 1 : 0;
        if (prependedAs != 0) {
            out.writeByte(AsPath.AS_SEQUENCE);
            out.writeByte(joined == 0 ? 1 : Octets.u8(block, value + 1) + 1);
            writeAs(prependedAs, asOctets, out);
        }
        for (int segment = value; segment < end; segment = AsPath.next(block, segment, 4)) {
            if (!confederation && AsPath.isConfederation(block[segment])) {
                continue;
            }
            int count = Octets.u8(block, segment + 1);
            if (joined == 0 || segment != value) {
                out.writeByte(block[segment]);
                out.writeByte(count);
            }
            int as = segment + AsPath.SEGMENT_HEADER;
            if (asOctets == 4) {
                out.writeBytes(block, as, 4 * count);
            } else {
                for (int i = 0; i < count; i++, as += 4) {
                    writeAs(Octets.u32(block, as), asOctets, out);
                }
            }
        }
    }

    /** Whether the prepended AS number has room in the first segment (RFC 4271 §5.1.2 b). */
    private boolean joinsFirst(int value, int end) {
        return value < end && block[value] == AsPath.AS_SEQUENCE
                && Octets.u8(block, value + 1) < AsPath.MAX_SEGMENT;
    }

    private static void writeAs(long as, int asOctets, ByteBuf out) {
        if (asOctets == 4) {
            out.writeInt((int) as);
        } else {
            out.writeShort(as > 0xFFFF ? Open.AS_TRANS : (int) as);
        }
    }

    private void writeAggregator(int header, ByteBuf out) {
        if (!twoOctetAs) {
            copyUnless(false, header, out);
            return;
        }
        int value = AttributeHeader.value(block, header);
        header(AttributeHeader.flags(block, header), AttributeType.AGGREGATOR, 6, out);
        writeAs(Octets.u32(block, value), 2, out);
        out.writeBytes(block, value + 4, 4);
    }

    /** RFC 6793 §4.2.2: only for an AS number that AGGREGATOR cannot carry. */
    private void writeAs4Aggregator(ByteBuf out) {
        int value = AttributeHeader.value(block, aggregatorHeader);
        if (Octets.u16(block, value) != 0) {
            header(AttributeType.OPTIONAL_TRANSITIVE, AttributeType.AS4_AGGREGATOR, 8, out);
            out.writeBytes(block, value, 8);
        }
    }

    private void copyUnless(boolean stripped, int header, ByteBuf out) {
        if (!stripped) {
            out.writeBytes(block, header, AttributeHeader.end(block, header) - header);
        }
    }

    private static void header(int flags, int type, int length, ByteBuf out) {
        if (length > AttributeHeader.MAX_SHORT_LENGTH) {
            out.writeByte(flags | AttributeType.FLAG_EXTENDED_LENGTH);
            out.writeByte(type);
            out.writeShort(length);
        } else {
            out.writeByte(flags);
            out.writeByte(type);
            out.writeByte(length);
        }
    }
}
