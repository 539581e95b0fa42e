package io.tapetum.server.transport;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SYN with which an accepted connection began, as Linux keeps it: its IP header, and its TCP header behind that. What came
 * on the connection before it was protected came from where the SYN did, so the SYN's time to live tells whether that was
 * near enough (RFC 5082).
 *
 * <pre>
 *   IPv4: version 4 in the first half of octet 0, time to live at 8
 *   IPv6: version 6 in the first half of octet 0, hop limit at 7
 * </pre>
 */
final class SavedSyn {

    private static final Logger LOG = LoggerFactory.getLogger(SavedSyn.class);

    /* Linux numbers: <linux/tcp.h>. */
    private static final int IPPROTO_TCP = 6;
    private static final ChannelOption<Integer> TCP_SAVE_SYN = new IntegerUnixChannelOption("TCP_SAVE_SYN", IPPROTO_TCP,
            27);
    /** The longest headers there are: 60 octets of IPv4, and 60 of TCP. */
    private static final RawUnixChannelOption TCP_SAVED_SYN = new RawUnixChannelOption("TCP_SAVED_SYN", IPPROTO_TCP, 28,
            120);

    private static final int IPV4 = 4;
    private static final int IPV4_TTL_OFFSET = 8;
    private static final int IPV6 = 6;
    private static final int IPV6_HOP_LIMIT_OFFSET = 7;

    private SavedSyn() {}

    /**
     * Has a listener keep the SYNs of what it accepts: always, for a peer that asks for it may come later than the SYN of
     * another that does. A kernel that cannot keeps none.
     */
    static void keep(Channel listener) {
        try {
            listener.config().setOption(TCP_SAVE_SYN, 1);
        } catch (ChannelException e) {
            LOG.debug("no SYN is kept: {}", e.getMessage());
        }
    }

    /**
     * The time to live that the SYN had left. It is known once, and not at all if the connection began with a cookie, as during
     * a flood.
     */
    static OptionalInt timeToLive(Channel accepted) {
        try {
            ByteBuffer headers = accepted.config().getOption(TCP_SAVED_SYN);
            return headers == null ? OptionalInt.empty() : timeToLive(headers);
        } catch (ChannelException _) {
            return OptionalInt.empty(); // closed by its peer already
        }
    }

    static OptionalInt timeToLive(ByteBuffer headers) {
        if (headers.remaining() <= IPV4_TTL_OFFSET) {
            return OptionalInt.empty();
        }
        return switch (headers.get(headers.position()) >>> 4) {
            case IPV4 -> OptionalInt.of(Byte.toUnsignedInt(headers.get(headers.position() + IPV4_TTL_OFFSET)));
            case IPV6 -> OptionalInt.of(Byte.toUnsignedInt(headers.get(headers.position() + IPV6_HOP_LIMIT_OFFSET)));
            default -> OptionalInt.empty();
        };
    }
}
