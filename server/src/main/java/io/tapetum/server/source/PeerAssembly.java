package io.tapetum.server.source;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.config.OwnAddresses;

/**
 * From what a source wants to what the reflector runs: the peers of the configuration, and the source's, with what the
 * configuration says of all of them. Immutable.
 */
public final class PeerAssembly {

    private final List<PeerSettings> configured;
    private final PeerTemplate template;
    private final OwnAddresses addresses;

    /**
     * What the configuration says.
     *
     * @param configured peers that are there whatever a source says, and come before the source's with the same address
     * @param template what a source's peers have in common
     * @param addresses from which they are connected to
     */
    public PeerAssembly(List<PeerSettings> configured, PeerTemplate template, OwnAddresses addresses) {
        this.configured = List.copyOf(configured);
        this.template = template;
        this.addresses = addresses;
    }

    /** All peers, no two with the same address. */
    public List<PeerSettings> settings(DesiredPeers desired) {
        List<PeerSettings> all = new ArrayList<>(configured);
        Set<InetAddress> taken = new HashSet<>();
        configured.forEach(peer -> taken.add(peer.address()));
        for (DesiredPeer peer : desired.peers()) {
            if (!taken.contains(peer.address())) {
                all.add(settings(peer));
            }
        }
        return all;
    }

    /** What made each peer of {@link #settings} exist, by address. */
    public Map<InetAddress, PeerOrigin> origins(DesiredPeers desired) {
        Map<InetAddress, PeerOrigin> origins = new HashMap<>();
        desired.peers().forEach(peer -> origins.put(peer.address(), peer.origin()));
        configured.forEach(peer -> origins.put(peer.address(), PeerOrigin.CONFIGURED));
        return origins;
    }

    private PeerSettings settings(DesiredPeer peer) {
        PeerTemplate own = template
                .towards(peer.localAs(), peer.remoteAs(), peer.role(), or(peer.clusterId(), template.clusterId()))
                .with(or(peer.connect(), template.connect()),
                        or(peer.gracefulRestartSeconds(), template.gracefulRestartSeconds()))
                .protectedBy(protection(peer.protection()));
        return new PeerSettings(peer.name(), peer.address(), addresses.towards(peer.address()), peer.port(), own);
    }

    private Protection protection(Protection stated) {
        Protection otherwise = template.protection();
        return new Protection(stated.isSigned() ? stated.key() : otherwise.key(),
                stated.checksTtl() ? stated.ttlSecurityHops() : otherwise.ttlSecurityHops());
    }

    private static <T> T or(@Nullable T stated, T otherwise) {
        return stated != null ? stated : otherwise;
    }
}
