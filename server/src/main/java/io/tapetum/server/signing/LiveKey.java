package io.tapetum.server.signing;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.keys.TcpKey;

/**
 * The key of one connection. When it is replaced and both are valid for a while, the connection goes on with the old one
 * until its peer has changed, too: then the peer drops what is signed with the old key, which shows as retransmissions, and
 * others are tried. Guarded by the lock of {@link Signatures}.
 */
final class LiveKey {

    /** So often TCP has to have sent something in vain before the other key is tried: a single loss proves nothing. */
    private static final int IN_VAIN = 2;

    private final Channel channel;
    private final boolean ipv6Socket;
    private final InetAddress peer;
    private @Nullable TcpKey key;
    /** How often TCP had sent something in vain when that was last asked: as long as it sends nothing, no key can fail. */
    private int retransmitsAtTrial;
    /** Keys that the peer did not take since it last took something. */
    private final Set<TcpKey> tried = new HashSet<>();

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

    /** Ends the connection. */
    void close() {
        if (channel.isRegistered()) {
            channel.close();
        } else {
            channel.unsafe().closeForcibly();
        }
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
        if (!valid.isEmpty() && (key == null || !valid.contains(key))) {
            change(valid.getFirst());
        }
    }

    /**
     * Tries another valid key if the peer takes nothing that is signed with this one: the newest first, and each once before
     * any comes again.
     */
    void tryOther(List<TcpKey> valid) throws IOException {
        if (!(channel instanceof EpollSocketChannel socket) || !channel.isActive()) {
            return;
        }
        int retransmits = socket.tcpInfo().retransmits();
        if (retransmits == 0) {
            tried.clear(); // the peer takes what we send
        } else if (retransmits >= IN_VAIN && retransmits > retransmitsAtTrial) {
            if (key != null) {
                tried.add(key);
            }
            if (tried.containsAll(valid)) {
                tried.retainAll(key == null ? Set.of() : Set.of(key));
            }
            change(valid.stream().filter(candidate -> !tried.contains(candidate)).findFirst().orElseThrow());
        }
        retransmitsAtTrial = retransmits;
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
