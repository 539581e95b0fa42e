package io.tapetum.core.settings;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * One peer.
 *
 * @param name what operators call it; its address when they gave no other name
 * @param address where it connects from, and where it is connected to
 * @param localAddress the source address of outgoing connections, or {@code null} to let the kernel choose
 * @param port where outgoing connections go, 1 to 65535
 * @param template everything it may have in common with other peers
 */
public record PeerSettings(String name, InetAddress address, @Nullable InetAddress localAddress, int port,
        PeerTemplate template) {

    /**
     * Whether a session that was negotiated with the other settings would have to be negotiated anew to be one with
     * these. What only concerns the next connection, a timer, a limit or a name does not need that.
     */
    public boolean needsOtherSession(PeerSettings other) {
        return !template.session().equals(other.template.session());
    }
}
