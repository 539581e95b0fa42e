package io.tapetum.wire.attribute;

import java.util.Arrays;

import io.tapetum.wire.message.Open;

/**
 * Writes attributes that were found well-formed in the canonical form of {@link PathAttributes}, and parses out what
 * decisions ask for. Reused from block to block. With a next hop, a candidate for sharing: what is known already is found
 * without making an object of it.
 */
final class CanonicalBlock implements AttributeCandidate {

    private final AttributeRules rules;

    private final BlockBuffer canonical = new BlockBuffer();
    private final BlockBuffer widenedPath = new BlockBuffer();
    private final PathAttributes.Fields fields = new PathAttributes.Fields();

    private AttributeIndex index = new AttributeIndex();
    private byte[] block = new byte[0];

    private boolean ipv6;
    private long nextHopHigh;
    private long nextHopLow;
    private int hash;
    /** The next hop made last: a peer has few, so its attributes share them. */
    private NextHop nextHop = NextHop.ipv4(0);

    CanonicalBlock(AttributeRules rules) {
        this.rules = rules;
    }

    /** Writes the block whose attributes are indexed, all of them well-formed. Attributes may leave the index. */
    void write(AttributeIndex attributes) {
        index = attributes;
        block = attributes.block();
        canonical.clear();
        fields.clear();
        ignoreAs4();
        boolean localPrefDue = true;
        for (int type = index.next(0); type >= 0; type = index.next(type + 1)) {
            if (localPrefDue && type >= AttributeType.LOCAL_PREF) {
                writeLocalPref();
                localPrefDue = false;
            }
            write(type);
        }
        if (localPrefDue) {
            writeLocalPref();
        }
    }

    /** Becomes the attributes last written with the next hop of these fields, as {@link NextHop} has them. */
    AttributeCandidate with(boolean nextHopIpv6, long high, long low) {
        ipv6 = nextHopIpv6;
        nextHopHigh = high;
        nextHopLow = low;
        hash = PathAttributes.hash(Octets.hash(canonical.octets(), canonical.length()), ipv6, high, low);
        return this;
    }

    @Override
    public int hash() {
        return hash;
    }

    @Override
    public boolean is(PathAttributes attributes) {
        byte[] known = attributes.block();
        return attributes.nextHop().is(ipv6, nextHopHigh, nextHopLow)
                && Arrays.equals(canonical.octets(), 0, canonical.length(), known, 0, known.length);
    }

    @Override
    public PathAttributes make() {
        if (!nextHop.is(ipv6, nextHopHigh, nextHopLow)) {
            nextHop = new NextHop(ipv6, nextHopHigh, nextHopLow);
        }
        return new PathAttributes(canonical.toArray(), nextHop, fields);
    }

    /** First AS of the path last written, as {@link PathAttributes#neighborAs}. */
    long neighborAs() {
        return fields.neighborAs;
    }

    private void write(int type) {
        switch (type) {
            case AttributeType.NEXT_HOP, AttributeType.LOCAL_PREF, AttributeType.AS4_PATH,
                    AttributeType.AS4_AGGREGATOR -> {
                // They stand beside the block, have been written, or go into AS_PATH and AGGREGATOR.
            }
            case AttributeType.AS_PATH -> writeAsPath();
            case AttributeType.AGGREGATOR -> writeAggregator();
            default -> copy(type);
        }
    }

    /** RFC 6793 §4.2.3: an AGGREGATOR that a two-octet speaker set makes what stands in AS4_* outdated. */
    private void ignoreAs4() {
        if (!index.has(AttributeType.AS4_AGGREGATOR)) {
            return;
        }
        if (!index.has(AttributeType.AGGREGATOR)) {
            index.remove(AttributeType.AS4_AGGREGATOR);
        } else if (Octets.u16(block, index.value(AttributeType.AGGREGATOR)) != Open.AS_TRANS) {
            index.remove(AttributeType.AS4_AGGREGATOR);
            index.remove(AttributeType.AS4_PATH);
        }
    }

    private void writeAsPath() {
        int from = index.value(AttributeType.AS_PATH);
        int to = index.end(AttributeType.AS_PATH);
        byte[] path = block;
        if (!rules.fourOctetAs()) {
            widenedPath.clear();
            if (index.has(AttributeType.AS4_PATH)) {
                AsPath.merge(block, from, to, index.value(AttributeType.AS4_PATH),
                        index.end(AttributeType.AS4_PATH), widenedPath);
            } else {
                AsPath.widen(block, from, to, widenedPath);
            }
            path = widenedPath.octets();
            from = 0;
            to = widenedPath.length();
        }
        canonical.header(AttributeType.WELL_KNOWN, AttributeType.AS_PATH, to - from);
        fields.asPathOffset = canonical.length();
        fields.asPathBytes = to - from;
        fields.asPathLength = AsPath.length(path, from, to, 4);
        fields.neighborAs = AsPath.neighbor(path, from, to);
        canonical.copy(path, from, to - from);
    }

    private void writeAggregator() {
        int flags = canonicalFlags(AttributeType.AGGREGATOR);
        canonical.header(flags, AttributeType.AGGREGATOR, 8);
        int value = index.value(AttributeType.AGGREGATOR);
        if (rules.fourOctetAs()) {
            canonical.copy(block, value, 8);
        } else if (index.has(AttributeType.AS4_AGGREGATOR)) {
            canonical.copy(block, index.value(AttributeType.AS4_AGGREGATOR), 8);
        } else {
            canonical.u32(Octets.u16(block, value));
            canonical.copy(block, value + 2, 4);
        }
    }

    private void writeLocalPref() {
        fields.localPref = index.has(AttributeType.LOCAL_PREF)
                ? Octets.u32(block, index.value(AttributeType.LOCAL_PREF))
                : rules.defaultLocalPref();
        canonical.header(AttributeType.WELL_KNOWN, AttributeType.LOCAL_PREF, 4);
        canonical.u32(fields.localPref);
    }

    private void copy(int type) {
        int length = index.length(type);
        canonical.header(canonicalFlags(type), type, length);
        int offset = canonical.length();
        canonical.copy(block, index.value(type), length);
        switch (type) {
            case AttributeType.ORIGIN -> fields.origin = Octets.u8(canonical.octets(), offset);
            case AttributeType.MULTI_EXIT_DISC -> {
                fields.med = Octets.u32(canonical.octets(), offset);
                fields.flags |= PathAttributes.HAS_MED;
            }
            case AttributeType.ORIGINATOR_ID -> {
                fields.originatorId = Octets.i32(canonical.octets(), offset);
                fields.flags |= PathAttributes.HAS_ORIGINATOR_ID;
            }
            case AttributeType.CLUSTER_LIST -> {
                fields.clusterListOffset = offset;
                fields.clusterListLength = length / 4;
            }
            case AttributeType.COMMUNITIES -> {
                for (int i = 0; i < length; i += 4) {
                    fields.flags |= communityFlag(Octets.i32(canonical.octets(), offset + i));
                }
            }
            default -> {
            }
        }
    }

    private int canonicalFlags(int type) {
        int category = AttributeType.category(type);
        if (category < 0) {
            return AttributeType.OPTIONAL_TRANSITIVE | AttributeType.FLAG_PARTIAL;
        }
        int partial = index.flags(type) & AttributeType.FLAG_PARTIAL;
        return category == AttributeType.OPTIONAL_TRANSITIVE ? category | partial : category;
    }

    private static int communityFlag(int community) {
        return switch (community) {
            case 0xFFFF_FF01 -> PathAttributes.NO_EXPORT;
            case 0xFFFF_FF02 -> PathAttributes.NO_ADVERTISE;
            case 0xFFFF_FF03 -> PathAttributes.NO_EXPORT_SUBCONFED;
            case AppendedCommunity.LLGR_STALE -> PathAttributes.LLGR_STALE;
            case AppendedCommunity.NO_LLGR -> PathAttributes.NO_LLGR;
            default -> 0;
        };
    }
}
