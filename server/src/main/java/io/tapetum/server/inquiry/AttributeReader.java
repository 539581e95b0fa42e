package io.tapetum.server.inquiry;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import io.tapetum.wire.attribute.AttributeType;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * Writes the attributes of a path as operators do. What a sender may make as long as a message is cut, and says so: the
 * attributes of a page of routes have to fit into memory.
 */
final class AttributeReader {

    /** Of communities, clusters, and AS numbers. */
    private static final int MAX_LISTED = 128;
    /** Of an attribute that is shown in hexadecimal digits. */
    private static final int MAX_OCTETS = 64;

    private static final int AS_SET = 1;
    private static final int AS_CONFED_SEQUENCE = 3;
    private static final int AS_CONFED_SET = 4;

    private static final int ROUTE_TARGET = 2;
    private static final int ROUTE_ORIGIN = 3;

    private final PathAttributes attributes;
    private String asPath = "";
    private @Nullable Long med;
    private List<String> clusterList = List.of();
    private List<String> communities = List.of();
    private List<String> extendedCommunities = List.of();
    private List<String> largeCommunities = List.of();
    private final List<String> others = new ArrayList<>();

    private AttributeReader(PathAttributes attributes) {
        this.attributes = attributes;
    }

    static RouteAttributes read(PathAttributes attributes) {
        return new AttributeReader(attributes).read();
    }

    private RouteAttributes read() {
        // The block has been checked when it was received (RFC 7606), and is canonical.
        ByteBuffer block = ByteBuffer.wrap(attributes.block());
        while (block.hasRemaining()) {
            int flags = block.get();
            int type = block.get() & 0xFF;
            int length = (flags & AttributeType.FLAG_EXTENDED_LENGTH) != 0
                    ? block.getShort() & 0xFFFF
                    : block.get() & 0xFF;
            read(flags, type, block.slice(block.position(), length));
            block.position(block.position() + length);
        }
        return new RouteAttributes(origin(), asPath, attributes.nextHop().toString(), attributes.localPref(), med,
                attributes.has(PathAttributes.HAS_ORIGINATOR_ID) ? dotted(attributes.originatorId()) : null,
                clusterList, communities, extendedCommunities, largeCommunities, others);
    }

    private void read(int flags, int type, ByteBuffer value) {
        switch (type) {
            case AttributeType.ORIGIN, AttributeType.LOCAL_PREF, AttributeType.ORIGINATOR_ID -> {
                // Known already.
            }
            case AttributeType.AS_PATH -> asPath = asPath(value);
            case AttributeType.MULTI_EXIT_DISC -> med = attributes.med();
            case AttributeType.CLUSTER_LIST -> clusterList = list(value, Integer.BYTES, one -> dotted(one.getInt()));
            case AttributeType.COMMUNITIES ->
                communities = list(value, Integer.BYTES, one -> community(one.getInt()));
            case AttributeType.EXTENDED_COMMUNITIES ->
                extendedCommunities = list(value, Long.BYTES, one -> extendedCommunity(one.getLong()));
            case AttributeType.LARGE_COMMUNITIES -> largeCommunities = list(value, 3 * Integer.BYTES,
                    one -> u32(one) + ":" + u32(one) + ":" + u32(one));
            case AttributeType.ATOMIC_AGGREGATE -> others.add("ATOMIC_AGGREGATE");
            case AttributeType.AGGREGATOR -> others.add("AGGREGATOR: " + u32(value) + " " + dotted(value.getInt()));
            default -> others.add(type + traits(flags) + ": " + hex(value));
        }
    }

    private String origin() {
        return switch (attributes.origin()) {
            case 0 -> "igp";
            case 1 -> "egp";
            default -> "incomplete";
        };
    }

    // ---- AS_PATH

    private static String asPath(ByteBuffer value) {
        StringBuilder path = new StringBuilder();
        int listed = 0;
        while (value.hasRemaining()) {
            int type = value.get();
            int count = value.get() & 0xFF;
            path.append(path.isEmpty() ? "" : " ").append(opening(type));
            for (int i = 0; i < count; i++) {
                String as = u32(value);
                if (listed++ < MAX_LISTED) {
                    path.append(i == 0 ? "" : " ").append(as);
                }
            }
            path.append(closing(type));
            if (listed > MAX_LISTED) {
                return path + " and more";
            }
        }
        return path.toString();
    }

    private static String opening(int type) {
        return switch (type) {
            case AS_SET -> "{";
            case AS_CONFED_SEQUENCE -> "(";
            case AS_CONFED_SET -> "({";
            default -> "";
        };
    }

    private static String closing(int type) {
        return switch (type) {
            case AS_SET -> "}";
            case AS_CONFED_SEQUENCE -> ")";
            case AS_CONFED_SET -> "})";
            default -> "";
        };
    }

    // ---- communities

    @FunctionalInterface
    private interface Element {
        String read(ByteBuffer octets);
    }

    private static List<String> list(ByteBuffer value, int octets, Element element) {
        List<String> list = new ArrayList<>();
        while (value.remaining() >= octets) {
            if (list.size() == MAX_LISTED) {
                list.add("and " + value.remaining() / octets + " more");
                break;
            }
            list.add(element.read(value));
        }
        return list;
    }

    /** A well-known one by its name in the registry of IANA, in small letters. */
    private static String community(int community) {
        return switch (community) {
            case 0xFFFF_0000 -> "graceful-shutdown"; // RFC 8326
            case 0xFFFF_0001 -> "accept-own"; // RFC 7611
            case 0xFFFF_0006 -> "llgr-stale"; // RFC 9494
            case 0xFFFF_0007 -> "no-llgr"; // RFC 9494
            case 0xFFFF_029A -> "blackhole"; // RFC 7999
            case 0xFFFF_FF01 -> "no-export"; // RFC 1997
            case 0xFFFF_FF02 -> "no-advertise"; // RFC 1997
            case 0xFFFF_FF03 -> "no-export-subconfed"; // RFC 1997
            case 0xFFFF_FF04 -> "no-peer"; // RFC 3765
            default -> (community >>> 16) + ":" + (community & 0xFFFF);
        };
    }

    /** RFC 4360 §3.1, §3.2, §4, §5; RFC 5668 for AS numbers of four octets. */
    private static String extendedCommunity(long community) {
        int type = (int) (community >>> 56) & 0xFF;
        int subtype = (int) (community >>> 48) & 0xFF;
        String name = subtype == ROUTE_TARGET ? "rt:" : subtype == ROUTE_ORIGIN ? "ro:" : "";
        if (name.isEmpty()) {
            return HexFormat.of().toHexDigits(community);
        }
        return switch (type) {
            case 0 -> name + (community >>> 32 & 0xFFFF) + ":" + (community & 0xFFFF_FFFFL);
            case 1 -> name + dotted((int) (community >>> 16)) + ":" + (community & 0xFFFF);
            case 2 -> name + (community >>> 16 & 0xFFFF_FFFFL) + ":" + (community & 0xFFFF);
            default -> HexFormat.of().toHexDigits(community);
        };
    }

    // ---- others

    private static String traits(int flags) {
        String transitive = (flags & AttributeType.FLAG_TRANSITIVE) != 0 ? "transitive" : "non-transitive";
        return " (" + transitive + ((flags & AttributeType.FLAG_PARTIAL) != 0 ? ", partial)" : ")");
    }

    private static String hex(ByteBuffer value) {
        byte[] octets = new byte[Math.min(value.remaining(), MAX_OCTETS)];
        int length = value.remaining();
        value.get(octets);
        String digits = HexFormat.of().formatHex(octets);
        return length > MAX_OCTETS ? digits + "... (" + length + " octets)" : digits;
    }

    private static String u32(ByteBuffer octets) {
        return Integer.toUnsignedString(octets.getInt());
    }

    private static String dotted(int address) {
        return NetUtil.intToIpAddress(address);
    }
}
