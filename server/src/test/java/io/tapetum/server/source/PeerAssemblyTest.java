package io.tapetum.server.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.ExternalPolicy;
import io.tapetum.core.settings.ExternalPolicy.NextHopMode;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.Protection;
import io.tapetum.core.settings.SessionTimers;
import io.tapetum.server.config.OwnAddresses;
import io.tapetum.wire.Family;

/** What the source says of a peer counts, and else what the configuration says of all of them. */
class PeerAssemblyTest {

    private static final int CLUSTER = 0x0A000001;
    private static final PeerTemplate TEMPLATE = new PeerTemplate("nodes", 64512, 64512, PeerRole.CLIENT, CLUSTER, true,
            Set.of(Family.values()), ConnectMode.FALLBACK, 64, true, true, 0, false, 120, 3600,
            new SessionTimers(90, Duration.ofMinutes(4), Duration.ofSeconds(5), Duration.ofMinutes(1),
                    Duration.ofSeconds(15), Duration.ZERO),
            Map.of(), new ExternalPolicy(NextHopMode.SELF, NextHopMode.KEEP, false, 100, true), Protection.NONE);
    private static final PeerSettings CONFIGURED = new PeerSettings("spine", address("10.0.0.9"), null, 179, TEMPLATE);
    private static final PeerAssembly ASSEMBLY = new PeerAssembly(List.of(CONFIGURED), TEMPLATE, new OwnAddresses(
            (Inet4Address) address("10.0.0.254"), (Inet6Address) address("fd00::fe")));

    @Test
    void a_peer_about_which_the_source_says_nothing_else_is_as_the_configuration_says() {
        DesiredPeer desired = new DesiredPeer(PeerOrigin.GLOBAL, "node-1", address("10.0.0.1"), 1179, 64512, 64512,
                PeerRole.CLIENT, null, null, Protection.NONE, null);

        assertThat(settings(desired)).isEqualTo(
                new PeerSettings("node-1", address("10.0.0.1"), address("10.0.0.254"), 1179, TEMPLATE));
    }

    @Test
    void what_the_source_says_counts() {
        PeerSettings settings = settings(new DesiredPeer(PeerOrigin.NODE_SPECIFIC, "node-1", address("fd00::1"), 179,
                65001, 65002, PeerRole.EXTERNAL, 7, ConnectMode.ACTIVE,
                new Protection("secret:ns/n/k", 1), 30));

        assertThat(settings.localAddress()).isEqualTo(address("fd00::fe"));
        PeerTemplate template = settings.template();
        assertThat(template.localAs()).isEqualTo(65001);
        assertThat(template.remoteAs()).isEqualTo(65002);
        assertThat(template.role()).isEqualTo(PeerRole.EXTERNAL);
        assertThat(template.clusterId()).isEqualTo(7);
        assertThat(template.connect()).isEqualTo(ConnectMode.ACTIVE);
        assertThat(template.protection()).isEqualTo(new Protection("secret:ns/n/k", 1));
        assertThat(template.ttl()).isEqualTo(64);
        assertThat(template.gracefulRestartSeconds()).isEqualTo(30);
        assertThat(template.timers()).isEqualTo(TEMPLATE.timers());
    }

    @Test
    void a_key_and_hops_of_the_configuration_count_each_where_the_source_has_none() {
        Protection configured = new Protection("file:/key", 2);

        assertThat(protection(configured, Protection.NONE)).isEqualTo(configured);
        assertThat(protection(configured, new Protection("secret:ns/n/k", 0)))
                .isEqualTo(new Protection("secret:ns/n/k", 2));
        assertThat(protection(configured, new Protection("", 1))).isEqualTo(new Protection("file:/key", 1));
    }

    private static Protection protection(Protection configured, Protection stated) {
        DesiredPeer desired = new DesiredPeer(PeerOrigin.GLOBAL, "node-1", address("10.0.0.1"), 179, 64512, 64512,
                PeerRole.CLIENT, null, null, stated, null);
        return new PeerAssembly(List.of(), TEMPLATE.protectedBy(configured), new OwnAddresses(null, null))
                .settings(new DesiredPeers(List.of(desired), List.of())).getLast().template().protection();
    }

    @Test
    void a_configured_peer_comes_before_the_sources_at_the_same_address() {
        DesiredPeers desired = new DesiredPeers(List.of(new DesiredPeer(PeerOrigin.MESH, "other", address("10.0.0.9"),
                179, 64512, 64512, PeerRole.NON_CLIENT, null, null, Protection.NONE, null)), List.of());

        assertThat(ASSEMBLY.settings(desired)).containsExactly(CONFIGURED);
        assertThat(ASSEMBLY.origins(desired)).containsExactly(Map.entry(address("10.0.0.9"), PeerOrigin.CONFIGURED));
    }

    private static PeerSettings settings(DesiredPeer peer) {
        return ASSEMBLY.settings(new DesiredPeers(List.of(peer), List.of())).getLast();
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }
}
