package io.tapetum.server.source;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;

/**
 * A peer that a source wants to exist. What it leaves open ({@code null}) is as the configuration says.
 *
 * @param origin what made the source want it
 * @param name what operators call it: the node's name, if it is known
 * @param address the peer's; each peer has one
 * @param port where it listens, 1 to 65535
 * @param localAs the AS number that we have on this session, 1 to 2^32 - 1
 * @param remoteAs the AS number that the peer must have, 1 to 2^32 - 1
 * @param role its part in reflection; external exactly if the AS numbers differ
 * @param clusterId the cluster id used towards it, network order, or {@code null}
 * @param connect who opens the TCP connection, or {@code null}
 * @param protection what its packets have to prove; what that leaves out, a key or hops, is as the configuration says
 * @param gracefulRestartSeconds the restart time that is announced to it, 0 to 4095, or {@code null}
 */
public record DesiredPeer(PeerOrigin origin, String name, InetAddress address, int port, long localAs, long remoteAs,
        PeerRole role, @Nullable Integer clusterId, @Nullable ConnectMode connect, Protection protection,
        @Nullable Integer gracefulRestartSeconds) {

    public DesiredPeer {
        if ((role == PeerRole.EXTERNAL) == (localAs == remoteAs)) {
            throw new IllegalArgumentException(name + " is " + role + ", but its AS number is " + remoteAs
                    + " and ours is " + localAs);
        }
    }
}
