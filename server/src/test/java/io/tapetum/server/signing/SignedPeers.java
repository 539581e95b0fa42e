package io.tapetum.server.signing;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.DynamicRange;
import io.tapetum.core.settings.ExternalPolicy;
import io.tapetum.core.settings.ExternalPolicy.NextHopMode;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.Protection;
import io.tapetum.core.settings.SessionTimers;
import io.tapetum.wire.Family;

/** Peers of which only their protection matters. */
final class SignedPeers {

    private SignedPeers() {}

    static PeerSettings peer(String address, String key) {
        return new PeerSettings(address, InetAddress.ofLiteral(address), null, 179, template(new Protection(key, 0)));
    }

    static DynamicRange range(String network, int prefixLength, String key) {
        return new DynamicRange(network + "/" + prefixLength, InetAddress.ofLiteral(network), prefixLength, 1000,
                template(new Protection(key, 0)));
    }

    private static PeerTemplate template(Protection protection) {
        SessionTimers timers = new SessionTimers(90, Duration.ofMinutes(4), Duration.ofSeconds(5),
                Duration.ofMinutes(1), Duration.ofSeconds(15), Duration.ZERO);
        return new PeerTemplate("", 64512, 64512, PeerRole.CLIENT, 1, true, Set.of(Family.values()),
                ConnectMode.PASSIVE, 64, true, true, 0, false, 120, 3600, timers, Map.of(),
                new ExternalPolicy(NextHopMode.SELF, NextHopMode.KEEP, false, 100, true), protection);
    }
}
