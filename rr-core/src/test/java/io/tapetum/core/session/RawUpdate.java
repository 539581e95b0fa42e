package io.tapetum.core.session;

import java.net.InetAddress;
import java.net.UnknownHostException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.nlri.Prefixes;

/** Puts an UPDATE together octet by octet, right or wrong. */
public final class RawUpdate {

    private final ByteBuf withdrawn = Unpooled.buffer();
    private final ByteBuf attributes = Unpooled.buffer();
    private final ByteBuf announced = Unpooled.buffer();

    private RawUpdate() {}

    public static RawUpdate update() {
        return new RawUpdate();
    }

    /** Announces IPv4 prefixes as a node does its own: ORIGIN IGP, an empty AS_PATH, LOCAL_PREF 100, this next hop. */
    public static RawUpdate announcement(String nextHop, String... prefixes) {
        return update().attribute(0x40, 1, "00").attribute(0x40, 2, "").nextHop(nextHop).localPref(100)
                .announced(prefixes);
    }

    /** The same for IPv6 prefixes. */
    public static RawUpdate announcement6(String nextHop, String... prefixes) {
        return update().attribute(0x40, 1, "00").attribute(0x40, 2, "").localPref(100).mpReach(nextHop, prefixes);
    }

    public static RawUpdate withdrawal(String... prefixes) {
        return update().withdrawn(prefixes);
    }

    public RawUpdate nextHop(String address) {
        return attribute(0x40, 3, hex(address));
    }

    public RawUpdate localPref(int value) {
        return attribute(0x40, 5, "%08x".formatted(value));
    }

    /** MP_REACH_NLRI of IPv6 unicast. */
    public RawUpdate mpReach(String nextHop, String... prefixes) {
        String address = hex(nextHop);
        return attribute(0x80, 14, "000201" + "%02x".formatted(address.length() / 2) + address + "00"
                + hex(Family.IPV6_UNICAST, prefixes));
    }

    /** MP_UNREACH_NLRI of IPv6 unicast. */
    public RawUpdate mpUnreach(String... prefixes) {
        return attribute(0x80, 15, "000201" + hex(Family.IPV6_UNICAST, prefixes));
    }

    /** An attribute with its value in hex; its length takes two octets if it must. */
    public RawUpdate attribute(int flags, int type, String hexValue) {
        byte[] value = ByteBufUtil.decodeHexDump(hexValue);
        boolean extended = value.length > 255;
        attributes.writeByte(extended ? flags | 0x10 : flags).writeByte(type);
        if (extended) {
            attributes.writeShort(value.length);
        } else {
            attributes.writeByte(value.length);
        }
        attributes.writeBytes(value);
        return this;
    }

    public RawUpdate announced(String... prefixes) {
        announced.writeBytes(ByteBufUtil.decodeHexDump(hex(Family.IPV4_UNICAST, prefixes)));
        return this;
    }

    public RawUpdate withdrawn(String... prefixes) {
        withdrawn.writeBytes(ByteBufUtil.decodeHexDump(hex(Family.IPV4_UNICAST, prefixes)));
        return this;
    }

    /** The message with its header. */
    public ByteBuf frame() {
        ByteBuf out = Unpooled.buffer();
        int start = BgpHeader.start(out, BgpHeader.UPDATE);
        out.writeShort(withdrawn.readableBytes()).writeBytes(withdrawn.duplicate());
        out.writeShort(attributes.readableBytes()).writeBytes(attributes.duplicate());
        out.writeBytes(announced.duplicate());
        BgpHeader.finish(out, start);
        return out;
    }

    /** An address in hex. */
    public static String hex(String address) {
        return ByteBufUtil.hexDump(address(address).getAddress());
    }

    private static String hex(Family family, String... prefixes) {
        ByteBuf out = Unpooled.buffer();
        for (String prefix : prefixes) {
            int slash = prefix.indexOf('/');
            NextHop address = NextHop.of(address(prefix.substring(0, slash)));
            if (address.ipv6() != (family == Family.IPV6_UNICAST)) {
                throw new IllegalArgumentException(prefix + " is not of " + family);
            }
            Prefixes.write(out, address.high(), address.low(), Integer.parseInt(prefix.substring(slash + 1)));
        }
        return ByteBufUtil.hexDump(out);
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
