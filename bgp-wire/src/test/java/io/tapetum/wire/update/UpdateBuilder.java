package io.tapetum.wire.update;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;

/** Puts raw UPDATEs together, attribute by attribute, right or wrong. */
public final class UpdateBuilder {

    private final ByteArrayOutputStream withdrawn = new ByteArrayOutputStream();
    private final ByteArrayOutputStream announced = new ByteArrayOutputStream();
    private final List<byte[]> attributes = new ArrayList<>();

    public static UpdateBuilder update() {
        return new UpdateBuilder();
    }

    /** ORIGIN IGP, an AS_PATH of these AS numbers, and NEXT_HOP 192.0.2.1. */
    public static UpdateBuilder updateVia(long... asPath) {
        return update().origin(0).asPath(asPath).nextHop("192.0.2.1");
    }

    public UpdateBuilder withdrawn(String... prefixes) {
        for (String prefix : prefixes) {
            withdrawn.writeBytes(prefix(prefix));
        }
        return this;
    }

    public UpdateBuilder withdrawnOctets(int... octets) {
        withdrawn.writeBytes(octets(octets));
        return this;
    }

    public UpdateBuilder announced(String... prefixes) {
        for (String prefix : prefixes) {
            announced.writeBytes(prefix(prefix));
        }
        return this;
    }

    public UpdateBuilder announcedOctets(int... octets) {
        announced.writeBytes(octets(octets));
        return this;
    }

    public UpdateBuilder origin(int value) {
        return attribute(0x40, 1, value);
    }

    /** One AS_SEQUENCE of four-octet numbers, or no segment. */
    public UpdateBuilder asPath(long... asns) {
        return attribute(0x40, 2, sequence(4, asns));
    }

    /** One AS_SEQUENCE of two-octet numbers, or no segment. */
    public UpdateBuilder twoOctetAsPath(long... asns) {
        return attribute(0x40, 2, sequence(2, asns));
    }

    public UpdateBuilder as4Path(long... asns) {
        return attribute(0xC0, 17, sequence(4, asns));
    }

    public UpdateBuilder nextHop(String address) {
        return attribute(0x40, 3, address(address));
    }

    public UpdateBuilder med(long value) {
        return attribute(0x80, 4, u32(value));
    }

    public UpdateBuilder localPref(long value) {
        return attribute(0x40, 5, u32(value));
    }

    public UpdateBuilder communities(long... values) {
        return attribute(0xC0, 8, u32(values));
    }

    public UpdateBuilder originatorId(String identifier) {
        return attribute(0x80, 9, address(identifier));
    }

    public UpdateBuilder clusterList(long... ids) {
        return attribute(0x80, 10, u32(ids));
    }

    public UpdateBuilder mpReach(Family family, String nextHop, String... prefixes) {
        return attribute(0x80, 14, mpReachValue(family, address(nextHop), prefixes));
    }

    public UpdateBuilder mpUnreach(Family family, String... prefixes) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.writeBytes(new byte[]{0, (byte) family.afi(), (byte) family.safi()});
        for (String prefix : prefixes) {
            value.writeBytes(prefix(prefix));
        }
        return attribute(0x80, 15, value.toByteArray());
    }

    public UpdateBuilder attribute(int flags, int type, int... value) {
        return attribute(flags, type, octets(value));
    }

    /** With a two-octet length exactly when flags say so or the value is longer than 255. */
    public UpdateBuilder attribute(int flags, int type, byte[] value) {
        attributes.add(encode(flags, type, value));
        return this;
    }

    /** Octets in the place of an attribute. */
    public UpdateBuilder raw(int... value) {
        attributes.add(octets(value));
        return this;
    }

    public UpdateBuilder attributes(List<byte[]> encoded) {
        attributes.addAll(encoded);
        return this;
    }

    /** Each attribute with its header. */
    public List<byte[]> attributes() {
        return attributes;
    }

    /** The message with its header. */
    public byte[] octets() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        attributes.forEach(block::writeBytes);
        ByteBuf out = Unpooled.buffer();
        int start = BgpHeader.start(out, BgpHeader.UPDATE);
        out.writeShort(withdrawn.size()).writeBytes(withdrawn.toByteArray());
        out.writeShort(block.size()).writeBytes(block.toByteArray());
        out.writeBytes(announced.toByteArray());
        BgpHeader.finish(out, start);
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        return octets;
    }

    /** The message with its header, in a buffer that ends where it ends. */
    public ByteBuf frame() {
        return Unpooled.wrappedBuffer(octets());
    }

    static byte[] encode(int flags, int type, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean extended = (flags & 0x10) != 0 || value.length > 255;
        out.write(extended ? flags | 0x10 : flags);
        out.write(type);
        if (extended) {
            out.write(value.length >>> 8);
        }
        out.write(value.length);
        out.writeBytes(value);
        return out.toByteArray();
    }

    static byte[] mpReachValue(Family family, byte[] nextHop, String... prefixes) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.writeBytes(new byte[]{0, (byte) family.afi(), (byte) family.safi(), (byte) nextHop.length});
        value.writeBytes(nextHop);
        value.write(0);
        for (String prefix : prefixes) {
            value.writeBytes(prefix(prefix));
        }
        return value.toByteArray();
    }

    static byte[] sequence(int asOctets, long... asns) {
        return asns.length == 0 ? new byte[0] : segment(2, asOctets, asns);
    }

    static byte[] segment(int type, int asOctets, long... asns) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(type).writeByte(asns.length);
        for (long as : asns) {
            if (asOctets == 4) {
                out.writeInt((int) as);
            } else {
                out.writeShort((int) as);
            }
        }
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        return octets;
    }

    static byte[] asNumber(int asOctets, long as) {
        byte[] segment = segment(2, asOctets, as);
        return Arrays.copyOfRange(segment, 2, segment.length);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] u32(long... values) {
        ByteBuf out = Unpooled.buffer();
        for (long value : values) {
            out.writeInt((int) value);
        }
        byte[] octets = new byte[out.readableBytes()];
        out.readBytes(octets);
        return octets;
    }

    static byte[] octets(int... values) {
        byte[] octets = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            octets[i] = (byte) values[i];
        }
        return octets;
    }

    static byte[] address(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** {@code 10.0.0.0/8}, or with a path identifier {@code #7 10.0.0.0/8}. */
    static byte[] prefix(String text) {
        if (text.startsWith("#")) {
            int space = text.indexOf(' ');
            return concat(u32(Long.parseLong(text.substring(1, space))), prefix(text.substring(space + 1)));
        }
        int slash = text.indexOf('/');
        int length = Integer.parseInt(text.substring(slash + 1));
        byte[] address = address(text.substring(0, slash));
        byte[] octets = new byte[1 + (length + 7) / 8];
        octets[0] = (byte) length;
        System.arraycopy(address, 0, octets, 1, octets.length - 1);
        return octets;
    }
}
