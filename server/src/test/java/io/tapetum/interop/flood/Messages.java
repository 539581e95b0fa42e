package io.tapetum.interop.flood;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import io.tapetum.interop.wire.Attribute;
import io.tapetum.interop.wire.Update;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.MessageEncoder;
import io.tapetum.wire.message.Open;

/** The messages of a peer with nothing but IPv4 unicast. */
final class Messages {

    static final int AS = 64512;
    static final int HOLD_SECONDS = 9;

    private Messages() {}

    /** The OPEN of the peer with this address, which is its identifier too. */
    static byte[] open(InetAddress address) {
        return octets(new Open(Open.VERSION, AS, HOLD_SECONDS, ByteBuffer.wrap(address.getAddress()).getInt(),
                List.of(new Capability.Multiprotocol(1, 1), new Capability.FourOctetAs(AS))));
    }

    static byte[] keepalive() {
        return octets(Keepalive.INSTANCE);
    }

    /** An UPDATE that announces one address by this next hop. */
    static byte[] announcement(InetAddress address, String nextHopInHexadecimal) {
        return Update.announcing(List.of(address.getHostAddress() + "/32"),
                List.of(new Attribute(Attribute.WELL_KNOWN, Attribute.ORIGIN, "00"),
                        new Attribute(Attribute.WELL_KNOWN, Attribute.AS_PATH, ""),
                        new Attribute(Attribute.WELL_KNOWN, Attribute.NEXT_HOP, nextHopInHexadecimal),
                        new Attribute(Attribute.WELL_KNOWN, Attribute.LOCAL_PREF, "00000064")))
                .message();
    }

    private static byte[] octets(Message message) {
        ByteBuf octets = Unpooled.buffer();
        MessageEncoder.write(message, octets);
        return ByteBufUtil.getBytes(octets);
    }
}
