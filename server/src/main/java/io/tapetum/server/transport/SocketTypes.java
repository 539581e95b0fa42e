package io.tapetum.server.transport;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;

import io.tapetum.server.signing.Reach;

/** Which of Netty's transports is used: epoll where its native library loads, else NIO. */
final class SocketTypes {

    private static final boolean NATIVE = Epoll.isAvailable();

    private static final boolean HAS_IPV6 = Files.exists(Path.of("/proc/net/if_inet6"));

    /* Linux numbers: <netinet/in.h>, <linux/in6.h>. */
    private static final ChannelOption<Integer> IP_TTL = new IntegerUnixChannelOption("IP_TTL", 0, 2);
    private static final ChannelOption<Integer> IPV6_UNICAST_HOPS = new IntegerUnixChannelOption("IPV6_UNICAST_HOPS",
            41, 16);
    private static final ChannelOption<Integer> IP_MINTTL = new IntegerUnixChannelOption("IP_MINTTL", 0, 21);
    private static final ChannelOption<Integer> IPV6_MINHOPCOUNT = new IntegerUnixChannelOption("IPV6_MINHOPCOUNT", 41,
            73);
    private static final ChannelOption<Integer> IPV6_V6ONLY = new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

    /** Stands for the kernel's own, in both families. */
    private static final int KERNEL_TTL = -1;

    private SocketTypes() {}

    static IoHandlerFactory ioHandlers() {
        return NATIVE ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    }

    /** A listener for this address; for IPv4 alone if the address is {@code ::} and the host has no IPv6. */
    static ServerChannel newListener(InetSocketAddress address) {
        SocketProtocolFamily family = HAS_IPV6 || !address.getAddress().isAnyLocalAddress()
                ? family(address.getAddress())
                : SocketProtocolFamily.INET;
        return NATIVE
                ? new EpollServerSocketChannel(family)
                : new NioServerSocketChannel(SelectorProvider.provider(), family);
    }

    /** A connection that is to be opened to this address. */
    static SocketChannel newConnection(InetAddress address) {
        SocketProtocolFamily family = family(address);
        return NATIVE
                ? new EpollSocketChannel(family)
                : new NioSocketChannel(SelectorProvider.provider(), family);
    }

    /** Whose connections a listener for this address takes, if it is not kept from IPv4 ones. */
    static Reach reach(InetSocketAddress address) {
        InetAddress own = address.getAddress();
        if (own instanceof Inet4Address || !HAS_IPV6 && own.isAnyLocalAddress()) {
            return Reach.IPV4;
        }
        return own.isAnyLocalAddress() ? Reach.BOTH : Reach.IPV6;
    }

    private static SocketProtocolFamily family(InetAddress address) {
        return address instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    }

    /**
     * Keeps the listener from taking IPv4 connections too. {@code ::} takes both, unless an IPv4 address on the same port
     * is listed as well.
     */
    static void ipv6Only(ServerChannel listener) {
        if (NATIVE) {
            listener.config().setOption(IPV6_V6ONLY, 1);
        }
    }

    /** Sets the time to live of what a connection sends. NIO cannot; the kernel's default then stays. */
    static void timeToLive(SocketChannel channel, InetAddress peer, int ttl) {
        if (NATIVE) {
            channel.config().setOption(peer instanceof Inet4Address ? IP_TTL : IPV6_UNICAST_HOPS, ttl);
        }
    }

    /**
     * Has the kernel drop what comes to a connection with less time to live left (RFC 5082).
     *
     * @throws IOException if it cannot
     */
    static void minimumTimeToLive(SocketChannel channel, InetAddress peer, int ttl) throws IOException {
        if (!channel.config().setOption(peer instanceof Inet4Address ? IP_MINTTL : IPV6_MINHOPCOUNT, ttl)) {
            throw new IOException("TTL security needs Netty's native transport (epoll)");
        }
    }

    /**
     * Sets the time to live of what a listener sends, which is its part of handshakes, and the least of what comes to it.
     *
     * @param ttl 0 for the kernel's own
     * @param minimum 0 for any
     */
    static void timesToLive(ServerChannel listener, Reach reach, int ttl, int minimum) {
        if (!NATIVE || !listener.isOpen()) {
            return;
        }
        if (reach != Reach.IPV6) {
            set(listener, IP_TTL, ttl > 0 ? ttl : KERNEL_TTL, ttl > 0);
            set(listener, IP_MINTTL, minimum, minimum > 0);
        }
        if (reach != Reach.IPV4) {
            set(listener, IPV6_UNICAST_HOPS, ttl > 0 ? ttl : KERNEL_TTL, ttl > 0);
            set(listener, IPV6_MINHOPCOUNT, minimum, minimum > 0);
        }
    }

    /** A kernel that does not know an option does what is asked if that is nothing. */
    private static void set(ServerChannel listener, ChannelOption<Integer> option, int value, boolean needed) {
        try {
            listener.config().setOption(option, value);
        } catch (ChannelException e) {
            if (needed) {
                throw e;
            }
        }
    }

    /** Why sockets cannot be protected here, if they cannot: only the native transport has the kernel's options. */
    static Optional<String> obstacleToProtection() {
        return NATIVE
                ? Optional.empty()
                : Optional.of(String.valueOf(Epoll.unavailabilityCause().getMessage()));
    }
}
