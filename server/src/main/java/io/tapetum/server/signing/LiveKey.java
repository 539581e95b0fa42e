package io.tapetum.server.signing;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.keys.TcpKey;

/**
 * The key of one connection. When it is replaced and both are valid for a while, the connection goes on with the old one
 * until its peer has changed, too: then the peer drops what is signed with the old key, which shows as retransmissions, and
 * the other key is tried. Guarded by the lock of {@link Signatures}.
 */
final class LiveKey {

    /** So often TCP has to have sent something in vain before the other key is tried: a single loss proves nothing. */
    private static final int IN_VAIN = 2;

    private final Channel channel;
    private final boolean ipv6Socket;
    private final InetAddress peer;
    private @Nullable TcpKey key;
    private int retransmitsAtTrial;

    /** @param key which the kernel has for it already, or {@code null} */
    LiveKey(Channel channel, boolean ipv6Socket, InetAddress peer, @Nullable TcpKey key) {
        this.channel = channel;
        this.ipv6Socket = ipv6Socket;
        this.peer = peer;
        this.key = key;
    }

    InetAddress peer() {
        return peer;
    }

    /** Signs no more. */
    void remove() throws IOException {
        if (key != null) {
            change(null);
        }
    }

    /**
     * Takes the newest key, or goes on with a former one that is still valid.
     *
     * @param valid the newest first; with none the connection stays as it is, for its peer may still have the key
     */
    void follow(List<TcpKey> valid) throws IOException {
        if (!valid.isEmpty() && !valid.contains(key)) {
            change(valid.getFirst());
        }
    }

    /** Tries the other of two valid keys if the peer takes nothing that is signed with this one. */
    void tryOther(List<TcpKey> valid) throws IOException {
        if (!(channel instanceof EpollSocketChannel socket) || !channel.isActive()) {
            return;
        }
        int retransmits = socket.tcpInfo().retransmits();
        if (retransmits < retransmitsAtTrial) {
            retransmitsAtTrial = 0; // something was acknowledged
        }
        if (retransmits - retransmitsAtTrial >= IN_VAIN) {
            retransmitsAtTrial = retransmits;
            change(valid.get((valid.indexOf(key) + 1) % valid.size()));
        }
    }

    /**
     * Should the connection be closed at this moment, and its socket's number be another's already, then that one gets a key
     * for an address that is not its peer's, which nobody ever uses.
     */
    private void change(@Nullable TcpKey other) throws IOException {
        if (channel.isOpen()) {
            Md5Option.set(channel, ipv6Socket, KeyPrefix.of(peer), other);
        }
        key = other;
    }
}
