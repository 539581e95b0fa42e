package io.tapetum.bench.routes;

import java.util.List;

import io.netty.buffer.ByteBuf;

import io.tapetum.wire.attribute.AttributeType;
import io.tapetum.wire.attribute.NextHop;

/**
 * Path attributes as an internal peer with four-octet AS numbers sends them.
 *
 * @param origin 0 IGP, 1 EGP, 2 INCOMPLETE
 * @param asPath one AS_SEQUENCE of at most 255 AS numbers; empty for routes of the own AS
 * @param nextHop in NEXT_HOP if it is an IPv4 address, else in MP_REACH_NLRI
 * @param med {@link #NO_MED} to send none
 * @param communities RFC 1997 values; empty to send no such attribute
 */
public record RouteAttributes(int origin, List<Integer> asPath, NextHop nextHop, long med, long localPref,
        List<Integer> communities) {

    public static final long NO_MED = -1;

    private static final int AS_SEQUENCE = 2;

    public RouteAttributes {
        asPath = List.copyOf(asPath);
        communities = List.copyOf(communities);
    }

    /** What a calico-node says of its own blocks: nothing that it need not say. */
    static RouteAttributes ofNode(NextHop nextHop) {
        return new RouteAttributes(0, List.of(), nextHop, NO_MED, 100, List.of());
    }

    /** The same but for the MED: another route to whoever compares. */
    public RouteAttributes withMed(long other) {
        return new RouteAttributes(origin, asPath, nextHop, other, localPref, communities);
    }

    /** Appends the attribute block in ascending order of type, without MP_REACH_NLRI. */
    void write(ByteBuf out) {
        header(out, AttributeType.FLAG_TRANSITIVE, AttributeType.ORIGIN, 1);
        out.writeByte(origin);
        header(out, AttributeType.FLAG_TRANSITIVE, AttributeType.AS_PATH, asPath.isEmpty() ? 0 : 2 + 4 * asPath.size());
        if (!asPath.isEmpty()) {
            out.writeByte(AS_SEQUENCE);
            out.writeByte(asPath.size());
            asPath.forEach(out::writeInt);
        }
        if (!nextHop.ipv6()) {
            header(out, AttributeType.FLAG_TRANSITIVE, AttributeType.NEXT_HOP, 4);
            out.writeInt(nextHop.ipv4Address());
        }
        if (med != NO_MED) {
            header(out, AttributeType.FLAG_OPTIONAL, AttributeType.MULTI_EXIT_DISC, 4);
            out.writeInt((int) med);
        }
        header(out, AttributeType.FLAG_TRANSITIVE, AttributeType.LOCAL_PREF, 4);
        out.writeInt((int) localPref);
        if (!communities.isEmpty()) {
            header(out, AttributeType.FLAG_OPTIONAL | AttributeType.FLAG_TRANSITIVE, AttributeType.COMMUNITIES,
                    4 * communities.size());
            communities.forEach(out::writeInt);
        }
    }

    private static void header(ByteBuf out, int flags, int type, int length) {
        if (length > 255) {
            out.writeByte(flags | AttributeType.FLAG_EXTENDED_LENGTH).writeByte(type).writeShort(length);
        } else {
            out.writeByte(flags).writeByte(type).writeByte(length);
        }
    }
}
