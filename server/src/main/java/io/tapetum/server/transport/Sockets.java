package io.tapetum.server.transport;

import java.io.IOException;

import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;

import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.Protection;

/** What every BGP connection's socket is set to before its first octet. */
final class Sockets {

    /**
     * Octets queued in user space beyond which a session waits for its peer to read, and below which it goes on: enough
     * to fill the kernel's buffer again in one write, too little to matter with thousands of slow peers.
     */
    private static final WriteBufferWaterMark QUEUE = new WriteBufferWaterMark(128 * 1024, 512 * 1024);

    private Sockets() {}

    /** @throws IOException if the kernel cannot protect it as the peer's settings ask */
    static void prepare(SocketChannel channel, PeerSettings peer) throws IOException {
        channel.config().setTcpNoDelay(true);
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, false);
        channel.config().setWriteBufferWaterMark(QUEUE);
        Protection protection = peer.template().protection();
        SocketTypes.timeToLive(channel, peer.address(), protection.ttl(peer.template().ttl()));
        if (protection.checksTtl()) {
            SocketTypes.minimumTimeToLive(channel, peer.address(), protection.minimumTtl());
        }
    }
}
