package io.tapetum.server.transport;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;

import io.netty.channel.ChannelFactory;
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

/** Which of Netty's transports is used: epoll where its native library loads, else NIO. */
final class SocketTypes {

    private static final boolean NATIVE = Epoll.isAvailable();

    private static final boolean HAS_IPV6 = Files.exists(Path.of("/proc/net/if_inet6"));

    /* Linux numbers: <netinet/in.h>, <linux/in6.h>. */
    private static final ChannelOption<Integer> IP_TTL = new IntegerUnixChannelOption("IP_TTL", 0, 2);
    private static final ChannelOption<Integer> IPV6_UNICAST_HOPS = new IntegerUnixChannelOption("IPV6_UNICAST_HOPS",
            41, 16);
    private static final ChannelOption<Integer> IPV6_V6ONLY = new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

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

    static ChannelFactory<SocketChannel> channels(InetAddress address) {
        SocketProtocolFamily family = family(address);
        return NATIVE
                ? () -> new EpollSocketChannel(family)
                : () -> new NioSocketChannel(SelectorProvider.provider(), family);
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
}
