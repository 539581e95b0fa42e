package io.tapetum.server.signing;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.RawUnixChannelOption;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.keys.TcpKey;

/**
 * The socket option {@code TCP_MD5SIG_EXT} of Linux: sets or removes one key of one socket. Netty's own option for keys
 * replaces all of them at once, knows no prefixes, and stops half-way when one is refused.
 *
 * <pre>
 *   octet 0    struct sockaddr_storage: family u16, port u16, then
 *              IPv4: address at 4; IPv6: flow u32 at 4, address at 8
 *       128    flags u8: 1 for a prefix
 *       129    prefix length u8
 *       130    key length u16; 0 removes the key
 *       132    interface index i32
 *       136    key, 80 octets
 * </pre>
 *
 * Numbers are in the order of the host. {@code struct tcp_md5sig} of {@code <linux/tcp.h>}.
 */
final class Md5Option {

    private static final int IPPROTO_TCP = 6;
    private static final int TCP_MD5SIG_EXT = 32;
    private static final int OCTETS = 216;

    private static final int ADDRESS_OFFSET_IPV4 = 4;
    private static final int ADDRESS_OFFSET_IPV6 = 8;
    private static final int FLAGS_OFFSET = 128;
    private static final int PREFIX_LENGTH_OFFSET = 129;
    private static final int KEY_LENGTH_OFFSET = 130;
    private static final int KEY_OFFSET = 136;

    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    private static final byte FLAG_PREFIX = 1;

    /** What stands before an IPv4 address in an IPv6 one (RFC 4291 §2.5.5.2). */
    private static final int MAPPED_MARK_OFFSET = 10;

    private static final RawUnixChannelOption OPTION = new RawUnixChannelOption("TCP_MD5SIG_EXT", IPPROTO_TCP,
            TCP_MD5SIG_EXT, OCTETS);

    /** What glibc and musl call ENOMEM: of an error that a raw option meets, Netty keeps only the text. */
    private static final List<String> NO_ROOM = List.of("Cannot allocate memory", "Out of memory");

    private Md5Option() {}

    /**
     * Has the kernel sign what the socket sends to a prefix, and drop what comes from there unsigned or with another
     * signature.
     *
     * @param ipv6Socket whether the socket is an IPv6 one, to which IPv4 addresses are mapped ones
     * @param key {@code null} to remove the one that there is
     * @throws NoRoomException if the kernel has no room for one more key
     * @throws IOException what else the kernel said
     */
    static void set(Channel channel, boolean ipv6Socket, KeyPrefix prefix, @Nullable TcpKey key) throws IOException {
        byte[] octets = new byte[OCTETS];
        ByteBuffer option = ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder());
        try {
            putAddress(option, prefix.network(), ipv6Socket);
            option.put(FLAGS_OFFSET, FLAG_PREFIX);
            option.put(PREFIX_LENGTH_OFFSET, (byte) prefix.length());
            if (key != null) {
                option.putShort(KEY_LENGTH_OFFSET, (short) key.length());
                key.copyTo(octets, KEY_OFFSET);
            }
            if (!channel.config().setOption(OPTION, option)) {
                throw new IOException("TCP-MD5 keys need Netty's native transport (epoll)");
            }
        } catch (ChannelException e) {
            String reason = String.valueOf(e.getMessage());
            throw NO_ROOM.stream().anyMatch(reason::contains) ? new NoRoomException(e) : new IOException(reason, e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static void putAddress(ByteBuffer option, InetAddress address, boolean ipv6Socket) {
        byte[] octets = address.getAddress();
        if (address instanceof Inet6Address) {
            option.putShort(0, AF_INET6).put(ADDRESS_OFFSET_IPV6, octets);
        } else if (ipv6Socket) {
            option.putShort(0, AF_INET6).putShort(ADDRESS_OFFSET_IPV6 + MAPPED_MARK_OFFSET, (short) -1)
                    .put(ADDRESS_OFFSET_IPV6 + MAPPED_MARK_OFFSET + Short.BYTES, octets);
        } else {
            option.putShort(0, AF_INET).put(ADDRESS_OFFSET_IPV4, octets);
        }
    }
}
