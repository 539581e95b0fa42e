package io.tapetum.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.DynamicRange;
import io.tapetum.core.settings.ExternalPolicy;
import io.tapetum.core.settings.ExternalPolicy.NextHopMode;
import io.tapetum.core.settings.MaximumPrefixes;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.Protection;
import io.tapetum.core.settings.ReflectorSettings;
import io.tapetum.core.settings.SessionTimers;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.wire.Family;

/** Which settings come of which keys, and of their absence. */
class ConfigurationMappingTest {

    private static final SessionTimers DEFAULT_TIMERS = new SessionTimers(90, Duration.ofMinutes(4),
            Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ZERO);

    private static final ExternalPolicy DEFAULT_POLICY = new ExternalPolicy(NextHopMode.SELF, NextHopMode.KEEP, false,
            100, true);

    @TempDir
    private Path folder = Path.of("");

    private static PeerTemplate defaults(String group, int clusterId, ConnectMode connect) {
        return new PeerTemplate(group, 64512, 64512, PeerRole.CLIENT, clusterId, true,
                Set.of(Family.IPV4_UNICAST, Family.IPV6_UNICAST), connect, 64, true, true, 0, false, 120, 3600,
                DEFAULT_TIMERS,
                Map.of(), DEFAULT_POLICY, Protection.NONE);
    }

    @Test
    void only_the_router_id_is_required_and_everything_else_has_a_default() throws ConfigurationException {
        ServerSettings settings = ConfigurationFile.with(folder, """
                                                                 peers = [ { address = 10.0.0.2 } ]
                                                                 dynamic-peers = [ { range = 10.1.0.0/16 } ]
                                                                 """).load();

        assertThat(settings).isEqualTo(new ServerSettings(
                new ReflectorSettings(64512, 0x0A000001, 0x0A000001,
                        List.of(new PeerSettings("10.0.0.2", InetAddress.ofLiteral("10.0.0.2"), null, 179,
                                defaults("default", 0x0A000001, ConnectMode.FALLBACK))),
                        List.of(new DynamicRange("10.1.0.0/16", InetAddress.ofLiteral("10.1.0.0"), 16, 20_000,
                                defaults("default", 0x0A000001, ConnectMode.PASSIVE))),
                        false, Duration.ofSeconds(30)),
                List.of(new ListenAddress(InetAddress.ofLiteral("::"), 179)), 0,
                new AdminSettings(new ListenAddress(InetAddress.ofLiteral("127.0.0.1"), 9179), List.of(), null,
                        List.of()),
                new LogSettings(Level.INFO, LogSettings.Format.TEXT), new OwnAddresses(null, null),
                new DatastoreSettings(DatastoreSettings.Type.NONE, DatastoreSettings.Mode.PEER_IP, null,
                        DatastoreSettings.LegacyKeys.NONE,
                        defaults("default", 0x0A000001, ConnectMode.FALLBACK), null, null,
                        new KubernetesSettings(null, null, null, null, null, null, null, false,
                                KubernetesSettings.ApiGroup.AUTO, null),
                        new EtcdSettings(List.of(), null, null, null, null, null, null)),
                new ControlSettings(Path.of("/sockets")), new KeysSettings(null, null, Duration.ofMinutes(5)),
                new ConnectionSettings(0, 4096, 4, 30, Duration.ofSeconds(30)), new EventsSettings(10_000)));
    }

    @ParameterizedTest
    @CsvSource({"off,0", "2,2", "255,255", "all,2147483647"})
    void add_path_is_sent_not_at_all_or_for_some_paths_or_for_all(String written, int paths)
            throws ConfigurationException {
        ServerSettings settings = ConfigurationFile
                .with(folder, "peers = [ { address = 10.0.0.2, add-path-send = " + written + " } ]").load();

        assertThat(settings.reflector().peers()).singleElement()
                .satisfies(peer -> assertThat(peer.template().addPathSend()).isEqualTo(paths));
    }

    @Test
    void every_key_arrives_where_it_belongs() throws ConfigurationException {
        ServerSettings settings = ConfigurationFile
                .in(folder, "all.conf",
                        """
                        tapetum {
                          as = 1.10
                          router-id = 10.0.0.9
                          cluster-id = 10.0.0.8
                          listen = [ "10.0.0.9", { address = "fd00::9", port = 1790 } ]
                          event-loops = 3
                          connections {
                            maximum = 500, half-open = 50, per-source = 5, rate = 6, open-time = 7 s
                          }
                          allow-loopback-next-hop = true
                          restart-deferral = 90 s
                          peers = [ {
                            address = 10.0.0.2, group = spines, name = spine-1, port = 1179, local-address = 10.0.0.9
                            as = 65005, role = external, cluster-id = 10.0.0.7, client-to-client = false, families = [ipv6]
                            connect = active, ttl = 1, extended-messages = false, add-path-receive = false
                            add-path-send = 2
                            extended-next-hop = true, graceful-restart-time = 60, long-lived-stale-time = 2 h
                            hold-time = 9, open-hold-time = 10 s
                            connect-retry = 2 s, connect-retry-max = 3 min, fallback-delay = 500 ms, send-hold-time = 20 min
                            maximum-prefixes {
                              ipv4 { limit = 10, warn-percent = 50, action = shutdown, restart-after = 1 h }
                              ipv6 { limit = 20, warn-percent = 60, action = warn, restart-after = 2 h }
                            }
                            next-hop = keep, next-hop-to-internal = self, send-med = true, local-pref = 4294967295
                            enforce-first-as = false
                            tcp-md5-key = "env:SPINE_KEY"
                            ttl-security = 2
                          } ]
                          peer-groups { spines {} }
                          dynamic-peers = [ { range = "fd00::/8", group = spines, name = everybody, limit = 7 } ]
                          admin.listen = off
                          control.directory = off
                          keys { store = /etc/tapetum.keys, passphrase = "env:KEYS_PASSPHRASE", overlap = 10 min }
                          log { level = debug, format = json }
                          events.keep = 250
                        }
                        """)
                .load();

        long as = (1 << 16) + 10;
        PeerTemplate template = new PeerTemplate("spines", as, 65005, PeerRole.EXTERNAL, 0x0A000007, false,
                Set.of(Family.IPV6_UNICAST), ConnectMode.ACTIVE, 1, false, false, 2, true, 60, 7200,
                new SessionTimers(9, Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofMinutes(3),
                        Duration.ofMillis(500), Duration.ofMinutes(20)),
                Map.of(Family.IPV4_UNICAST,
                        new MaximumPrefixes(10, 50, MaximumPrefixes.Action.SHUTDOWN, Duration.ofHours(1)),
                        Family.IPV6_UNICAST,
                        new MaximumPrefixes(20, 60, MaximumPrefixes.Action.WARN, Duration.ofHours(2))),
                new ExternalPolicy(NextHopMode.KEEP, NextHopMode.SELF, true, 4294967295L, false),
                new Protection("env:SPINE_KEY", 2));
        assertThat(settings.reflector().peers())
                .containsExactly(new PeerSettings("spine-1", InetAddress.ofLiteral("10.0.0.2"),
                        InetAddress.ofLiteral("10.0.0.9"), 1179, template));
        assertThat(settings.reflector().ranges()).singleElement().satisfies(range -> {
            assertThat(range.name()).isEqualTo("everybody");
            assertThat(range.network()).isEqualTo(InetAddress.ofLiteral("fd00::"));
            assertThat(range.prefixLength()).isEqualTo(8);
            assertThat(range.limit()).isEqualTo(7);
            assertThat(range.template().group()).isEqualTo("spines");
            assertThat(range.template().remoteAs()).isEqualTo(as);
        });
        assertThat(settings).isEqualTo(new ServerSettings(
                new ReflectorSettings(as, 0x0A000009, 0x0A000008, settings.reflector().peers(),
                        settings.reflector().ranges(), true, Duration.ofSeconds(90)),
                List.of(new ListenAddress(InetAddress.ofLiteral("10.0.0.9"), 179),
                        new ListenAddress(InetAddress.ofLiteral("fd00::9"), 1790)),
                3, AdminSettings.OFF, new LogSettings(Level.DEBUG, LogSettings.Format.JSON),
                new OwnAddresses(null, null), settings.datastore(), new ControlSettings(null),
                new KeysSettings(Path.of("/etc/tapetum.keys"),
                        new KeyReference.Variable("KEYS_PASSPHRASE"), Duration.ofMinutes(10)),
                new ConnectionSettings(500, 50, 5, 6, Duration.ofSeconds(7)), new EventsSettings(250)));
    }

    @Test
    void a_key_is_looked_for_in_the_peer_then_in_its_group_then_in_the_defaults() throws ConfigurationException {
        List<PeerSettings> peers = ConfigurationFile.with(folder,
                """
                peer-defaults { ttl = 10, hold-time = 30, local-pref = 50, maximum-prefixes.ipv4.limit = 5 }
                peer-groups { g { ttl = 20, hold-time = 40, maximum-prefixes.ipv4.action = warn } }
                peers = [ { address = 10.0.0.2, group = g, ttl = 30 } ]
                """).load().reflector().peers();

        assertThat(peers).singleElement().satisfies(peer -> {
            assertThat(peer.template().ttl()).isEqualTo(30);
            assertThat(peer.template().timers().holdTimeSeconds()).isEqualTo(40);
            assertThat(peer.template().external().localPref()).isEqualTo(50);
            assertThat(peer.template().maximumPrefixes().get(Family.IPV4_UNICAST)).isEqualTo(
                    new MaximumPrefixes(5, 80, MaximumPrefixes.Action.WARN, Duration.ofMinutes(5)));
        });
    }

    @Test
    void the_role_follows_from_the_as_number_unless_it_is_given() throws ConfigurationException {
        List<PeerSettings> peers = ConfigurationFile.with(folder,
                """
                peers = [
                  { address = 10.0.0.2 }, { address = 10.0.0.3, as = 64512 }, { address = 10.0.0.4, as = 65001 }
                  { address = 10.0.0.5, role = non-client }, { address = 10.0.0.6, as = 65001, role = external }
                ]
                """).load().reflector().peers();

        assertThat(peers).extracting(peer -> peer.template().role()).containsExactly(PeerRole.CLIENT, PeerRole.CLIENT,
                PeerRole.EXTERNAL, PeerRole.NON_CLIENT, PeerRole.EXTERNAL);
    }

    @Test
    void peers_of_a_range_are_never_connected_to_whatever_their_group_says() throws ConfigurationException {
        List<DynamicRange> ranges = ConfigurationFile.with(folder, """
                                                                   peer-groups { g { connect = active } }
                                                                   dynamic-peers = [ { range = 10.0.0.0/8, group = g } ]
                                                                   """).load().reflector().ranges();

        assertThat(ranges).extracting(range -> range.template().connect()).containsExactly(ConnectMode.PASSIVE);
    }

    @Test
    void a_cluster_id_of_its_own_makes_a_group_another_cluster() throws ConfigurationException {
        List<PeerSettings> peers = ConfigurationFile
                .with(folder, """
                              cluster-id = 0.0.0.1
                              peer-groups { a { cluster-id = 0.0.0.2 } }
                              peers = [ { address = 10.0.0.2, group = a }, { address = 10.0.0.3 },
                                        { address = 10.0.0.4, group = a, cluster-id = default } ]
                              """).load().reflector().peers();

        assertThat(peers).extracting(peer -> peer.template().clusterId()).containsExactly(2, 1, 1);
    }

    @Test
    void includes_and_definitions_beside_the_block_can_be_used() throws ConfigurationException {
        ConfigurationFile.in(folder, "site.conf", "site { as = 65010, id = 10.9.9.9 }");
        ServerSettings settings = ConfigurationFile.in(folder, "tapetum.conf",
                """
                include "site.conf"
                tapetum { as = ${site.as}, router-id = ${site.id}, cluster-id = ${tapetum.router-id} }
                """).load();

        assertThat(settings.reflector().as()).isEqualTo(65010);
        assertThat(settings.reflector().clusterId()).isEqualTo(0x0A090909);
    }
}
