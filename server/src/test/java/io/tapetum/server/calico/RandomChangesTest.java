package io.tapetum.server.calico;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.calico.peering.Cluster;
import io.tapetum.server.calico.peering.ClusterState;
import io.tapetum.server.calico.peering.PeerIpMode;
import io.tapetum.server.calico.resource.BgpConfiguration;
import io.tapetum.server.calico.resource.CalicoNode;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ClusterInformation;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.calico.secret.FakeSecretStore;
import io.tapetum.server.calico.secret.SecretKeyring;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.SourceStatus.State;

/** Random changes of a small cluster, against a model that computes everything from scratch after each of them. */
class RandomChangesTest {

    private static final PeerIpMode PEERING = new PeerIpMode(Cluster.identity("10.0.0.100", null, null));

    private static final List<ResourceKind> OFTEN_CHANGED = List.of(ResourceKind.NODE, ResourceKind.NODE,
            ResourceKind.BGP_PEER, ResourceKind.BGP_PEER, ResourceKind.BGP_CONFIGURATION,
            ResourceKind.CLUSTER_INFORMATION);

    /** What ought to be, done naively. */
    private static final class Model {
        private final Map<ResourceKind, Map<String, CalicoResource>> known = new EnumMap<>(ResourceKind.class);
        private DesiredPeers computed = new DesiredPeers(List.of(), List.of());
        private boolean emptied;
        private boolean lost;
        private @Nullable DesiredPeers published;

        private Map<String, CalicoResource> of(ResourceKind kind) {
            return known.computeIfAbsent(kind, k -> new TreeMap<>());
        }

        private boolean locked() {
            return of(ResourceKind.CLUSTER_INFORMATION).containsValue(new ClusterInformation("default", false));
        }

        private void apply(DatastoreEvent event) {
            boolean suspicious = locked() || event instanceof DatastoreEvent.Replaced;
            switch (event) {
                case DatastoreEvent.Replaced replaced -> {
                    boolean informed = of(replaced.kind()).containsKey("default");
                    of(replaced.kind()).clear();
                    replaced.all().forEach(resource -> of(replaced.kind()).put(resource.name(), resource));
                    if (informed) {
                        of(replaced.kind()).putIfAbsent("default", new ClusterInformation("default", false));
                    }
                }
                case DatastoreEvent.Changed changed ->
                    of(changed.resource().kind()).put(changed.resource().name(), changed.resource());
                case DatastoreEvent.Removed removed -> {
                    CalicoResource former = of(removed.kind()).remove(removed.name());
                    if (former instanceof ClusterInformation && removed.name().equals("default")) {
                        of(removed.kind()).put("default", new ClusterInformation("default", false));
                    }
                }
                case DatastoreEvent.Lost _ -> lost = true;
                case DatastoreEvent.Regained _ -> lost = false;
            }
            List<CalicoResource> all = new ArrayList<>();
            known.values().forEach(resources -> all.addAll(resources.values()));
            DesiredPeers now = PEERING.apply(ClusterState.of(all));
            emptied = now.peers().isEmpty() && (emptied || suspicious && !computed.peers().isEmpty());
            computed = now;
            if (state() == State.LIVE) {
                published = now;
            }
        }

        private State state() {
            return lost ? State.LOST : locked() || emptied ? State.FROZEN : State.LIVE;
        }
    }

    private static CalicoResource resource(ResourceKind kind, int number, Random random) {
        return switch (kind) {
            case NODE -> new CalicoNode("node-" + number,
                    random.nextBoolean() ? Map.of("near", "") : Map.of("far", ""),
                    random.nextInt(4) == 0
                            ? null
                            : Inet4Address.ofLiteral("10.0.0." + random.nextInt(1, 9)),
                    null, random.nextInt(4) == 0 ? 64999L : null, null);
            case BGP_PEER -> Cluster.bgpPeer("peer-" + number, switch (random.nextInt(7)) {
                case 0 -> "{'peerIP': '10.0.0.100'}";
                case 1 -> "{'peerIP': '10.0.0.100', 'nodeSelector': 'has(near)'}";
                case 2 -> "{'peerIP': '10.0.0.100', 'nodeSelector': 'has(far)', 'asNumber': 64999}";
                case 3 -> "{'peerIP': '10.0.0.100', 'node': 'node-1'}";
                case 4 -> "{'peerIP': 'nowhere'}";
                case 5 -> "{'peerIP': '10.0.0.100', 'password': {'secretKeyRef': {'name': 'n', 'key': 'k"
                        + random.nextInt(2) + "'}}}";
                default -> "{'peerIP': '10.0.0.200'}";
            });
            case BGP_CONFIGURATION -> new BgpConfiguration(number == 0 ? "default" : "node.node-" + number, null,
                    random.nextBoolean(), random.nextInt(178, 180), null);
            case CLUSTER_INFORMATION -> new ClusterInformation("default", random.nextInt(3) != 0);
            case ROUTE_REFLECTOR -> throw new IllegalArgumentException("no resource of Calico's");
        };
    }

    private static DatastoreEvent event(Random random) {
        ResourceKind kind = OFTEN_CHANGED.get(random.nextInt(OFTEN_CHANGED.size()));
        int number = random.nextInt(4);
        return switch (random.nextInt(20)) {
            case 0 -> new DatastoreEvent.Lost("no route");
            case 1, 2 -> new DatastoreEvent.Regained();
            case 3, 4, 5 -> {
                Map<String, CalicoResource> all = new TreeMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    CalicoResource resource = resource(kind, random.nextInt(4), random);
                    all.put(resource.name(), resource);
                }
                yield new DatastoreEvent.Replaced(kind, List.copyOf(all.values()));
            }
            case 6, 7, 8, 9 -> new DatastoreEvent.Removed(kind, resource(kind, number, random).name());
            default -> new DatastoreEvent.Changed(resource(kind, number, random));
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void what_was_followed_is_what_is_computed_from_scratch(long seed) {
        Random random = new Random(seed);
        FollowedCluster cluster = new FollowedCluster(ResourceKind.RESOURCES, PEERING);
        Model model = new Model();
        for (ResourceKind kind : ResourceKind.RESOURCES) {
            cluster.apply(new DatastoreEvent.Replaced(kind, List.of()));
            model.apply(new DatastoreEvent.Replaced(kind, List.of()));
        }
        Map<State, Integer> seen = new EnumMap<>(State.class);
        for (int step = 0; step < 3000; step++) {
            DatastoreEvent event = event(random);
            cluster.apply(event);
            model.apply(event);

            assertThat(cluster.standing().state()).as("seed %d, step %d: %s", seed, step, event)
                    .isEqualTo(model.state());
            cluster.peers().ifPresent(peers -> assertThat(peers).isEqualTo(model.published));
            seen.merge(model.state(), 1, Integer::sum);
        }
        assertThat(seen).containsOnlyKeys(State.LIVE, State.LOST, State.FROZEN);
    }

    /** Within a burst it is not seen that there were peers for a moment, so this one is not emptied and filled again. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_source_ends_every_burst_where_the_model_does(long seed) {
        Random random = new Random(seed);
        FakeDatastore datastore = new FakeDatastore();
        Model model = new Model();
        AtomicReference<@Nullable DesiredPeers> published = new AtomicReference<>();
        try (CalicoPeerSource source = new CalicoPeerSource(datastore,
                new SecretKeyring(new FakeSecretStore(), Duration.ZERO), PEERING, Duration.ofMillis(1))) {
            source.follow(published::set);
            for (ResourceKind kind : ResourceKind.RESOURCES) {
                tell(datastore, model, new DatastoreEvent.Replaced(kind, List.of()));
            }
            tell(datastore, model, new DatastoreEvent.Changed(Cluster.bgpPeer("always", "{'peerIP': '10.0.0.100'}")));
            tell(datastore, model, new DatastoreEvent.Changed(new CalicoNode("always", Map.of(),
                    Inet4Address.ofLiteral("10.0.0.99"), null, null, null)));
            for (int burst = 0; burst < 150; burst++) {
                for (int i = random.nextInt(30); i >= 0; i--) {
                    DatastoreEvent event = event(random);
                    if (!(event instanceof DatastoreEvent.Replaced)) {
                        tell(datastore, model, event);
                    }
                }
                await().pollInterval(Duration.ofMillis(1)).atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> {
                            assertThat(source.status().state()).as("seed %d", seed).isEqualTo(model.state());
                            if (model.state() == State.LIVE) {
                                assertThat(published.get()).as("seed %d", seed).isEqualTo(model.published);
                            }
                        });
            }
        }
    }

    private static void tell(FakeDatastore datastore, Model model, DatastoreEvent event) {
        model.apply(event);
        switch (event) {
            case DatastoreEvent.Replaced replaced -> datastore.tells().replaced(replaced.kind(), replaced.all());
            case DatastoreEvent.Changed changed -> datastore.tells().changed(changed.resource());
            case DatastoreEvent.Removed removed -> datastore.tells().removed(removed.kind(), removed.name());
            case DatastoreEvent.Lost lost -> datastore.tells().lost(lost.reason());
            case DatastoreEvent.Regained _ -> datastore.tells().regained();
        }
    }
}
