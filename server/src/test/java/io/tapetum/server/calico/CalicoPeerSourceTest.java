package io.tapetum.server.calico;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import io.tapetum.server.calico.peering.Cluster;
import io.tapetum.server.calico.peering.PeerIpMode;
import io.tapetum.server.calico.resource.CalicoNode;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ClusterInformation;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.calico.secret.FakeSecretStore;
import io.tapetum.server.calico.secret.SecretKeyring;
import io.tapetum.server.calico.secret.SecretName;
import io.tapetum.server.source.DesiredPeer;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.SourceStatus.State;

class CalicoPeerSourceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final SecretName SECRET = new SecretName("calico-system", "bgp");
    private static final String REFERENCE = "secret:calico-system/bgp/k";
    private static final CalicoResource WITH_PASSWORD = Cluster.bgpPeer("rr",
            "{'peerIP': '10.0.0.100', 'password': {'secretKeyRef': {'name': 'bgp', 'key': 'k'}}}");
    private static final CalicoResource ALL = Cluster.bgpPeer("rr", "{'peerIP': '10.0.0.100', 'asNumber': 64512}");

    private final FakeDatastore datastore = new FakeDatastore();
    private final FakeSecretStore secrets = new FakeSecretStore();
    private final SecretKeyring keyring = new SecretKeyring(secrets, Duration.ofMinutes(5));
    private final AtomicInteger computations = new AtomicInteger();
    private final PeerIpMode peering = new PeerIpMode(Cluster.identity("10.0.0.100", null, null));
    private final CalicoPeerSource source = new CalicoPeerSource(datastore, keyring, state -> {
        computations.incrementAndGet();
        return peering.apply(state);
    });
    private final List<DesiredPeers> published = new CopyOnWriteArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("tapetum");

    @BeforeEach
    void listenToTheLog() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        source.close();
        logger.detachAppender(log);
    }

    private static CalicoResource node(String name, int host) {
        return new CalicoNode(name, Map.of(), Inet4Address.ofLiteral("10.0.0." + host), null, null,
                null);
    }

    private static CalicoResource ready(boolean ready) {
        return new ClusterInformation("default", ready);
    }

    /** Two nodes, and the BGPPeer that makes them peers. */
    private void followTwoNodes() {
        source.follow(published::add);
        datastore.tells().replaced(ResourceKind.BGP_PEER, List.of(ALL));
        datastore.tells().replaced(ResourceKind.BGP_CONFIGURATION, List.of());
        datastore.tells().replaced(ResourceKind.CLUSTER_INFORMATION, List.of(ready(true)));
        datastore.tells().replaced(ResourceKind.NODE, List.of(node("a", 1), node("b", 2)));
        awaitPeers("a", "b");
    }

    private void awaitPeers(String... names) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(published).isNotEmpty();
            assertThat(published.getLast().peers()).extracting(DesiredPeer::name).containsExactly(names);
        });
    }

    private void awaitState(State state) {
        await().atMost(PATIENCE).until(() -> source.status().state() == state);
    }

    private List<String> logged() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void nothing_is_published_until_every_kind_was_read() {
        source.follow(published::add);
        assertThat(source.status().state()).isEqualTo(State.SYNCING);
        datastore.tells().changed(node("early", 9));
        datastore.tells().replaced(ResourceKind.BGP_PEER, List.of(ALL));
        datastore.tells().replaced(ResourceKind.NODE, List.of(node("a", 1)));
        datastore.tells().replaced(ResourceKind.BGP_CONFIGURATION, List.of());
        datastore.tells().lost("no route");
        awaitState(State.LOST);
        datastore.tells().regained();
        awaitState(State.SYNCING);
        assertThat(published).isEmpty();

        datastore.tells().replaced(ResourceKind.CLUSTER_INFORMATION, List.of());

        awaitPeers("a");
        assertThat(published).hasSize(1);
        assertThat(source.status().state()).isEqualTo(State.LIVE);
        assertThat(source.status().detail()).isEmpty();
        assertThat(source.status().name()).isEqualTo("fake");
    }

    @Test
    void an_empty_datastore_is_published_too() {
        source.follow(published::add);
        datastore.tellsOfNothing();

        awaitPeers();
        assertThat(source.status().problems())
                .containsExactly("no BGPPeer has 10.0.0.100 as peerIP, so there are no peers");
    }

    @Test
    void peers_follow_every_change_and_may_be_deleted_one_by_one() {
        followTwoNodes();

        datastore.tells().changed(node("c", 3));
        awaitPeers("a", "b", "c");
        datastore.tells().removed(ResourceKind.NODE, "a");
        awaitPeers("b", "c");
        datastore.tells().removed(ResourceKind.BGP_PEER, "rr");
        awaitPeers();
        assertThat(source.status().state()).isEqualTo(State.LIVE);
    }

    @Test
    void a_burst_is_published_as_one_and_what_changes_nothing_is_not_computed() {
        followTwoNodes();
        int before = computations.get();

        IntStream.range(3, 100).forEach(i -> datastore.tells().changed(node("n" + i, i)));
        await().atMost(PATIENCE).until(() -> published.getLast().peers().size() == 99);
        assertThat(computations.get() - before).isLessThan(50);

        int sets = published.size();
        int computed = computations.get();
        datastore.tells().changed(node("n3", 3));
        datastore.tells().replaced(ResourceKind.BGP_PEER, List.of(ALL));
        datastore.tells().lost("so that the end of the burst can be seen");
        awaitState(State.LOST);
        assertThat(published).hasSize(sets);
        assertThat(computations).hasValue(computed);
    }

    @Test
    void a_bad_object_is_named_and_costs_nobody_else_anything() {
        followTwoNodes();

        datastore.tells().changed(Cluster.bgpPeer("bad", "{'peerIP': 'nowhere'}"));
        await().atMost(PATIENCE).until(() -> !source.status().problems().isEmpty());

        awaitPeers("a", "b");
        assertThat(source.status().problems()).singleElement().asString()
                .startsWith("BGPPeer \"bad\" is left out: spec.peerIP is \"nowhere\", expected");
        datastore.tells().changed(node("c", 3));
        awaitPeers("a", "b", "c");
        datastore.tells().removed(ResourceKind.BGP_PEER, "bad");
        await().atMost(PATIENCE).until(() -> source.status().problems().isEmpty());
        assertThat(logged()).filteredOn(line -> line.contains("\"bad\"")).satisfiesExactly(
                line -> assertThat(line).startsWith("fake: BGPPeer \"bad\" is left out"),
                line -> assertThat(line).startsWith("fake: no longer so: BGPPeer \"bad\" is left out"));
    }

    @Test
    void while_the_datastore_is_lost_all_stays_as_it_is() {
        followTwoNodes();

        datastore.tells().lost("connection refused");
        datastore.tells().lost("connection timed out");
        awaitState(State.LOST);
        await().atMost(PATIENCE).until(() -> source.status().detail().equals("connection timed out"));
        datastore.tells().changed(node("c", 3));
        datastore.tells().lost("still");
        await().atMost(PATIENCE).until(() -> source.status().detail().equals("still"));
        assertThat(published).hasSize(1);

        datastore.tells().regained();

        awaitPeers("a", "b", "c");
        assertThat(source.status().state()).isEqualTo(State.LIVE);
        assertThat(logged()).filteredOn(line -> line.contains("is lost")).hasSize(1);
        assertThat(logged()).filteredOn(line -> line.contains("all has been read")).hasSize(2);
    }

    @Test
    void while_the_datastore_is_locked_all_stays_as_it_is() {
        followTwoNodes();

        datastore.tells().changed(ready(false));
        datastore.tells().changed(node("c", 3));
        awaitState(State.FROZEN);
        assertThat(source.status().detail()).contains("datastoreReady: false");
        assertThat(published).hasSize(1);

        datastore.tells().changed(ready(true));

        awaitPeers("a", "b", "c");
        assertThat(source.status().state()).isEqualTo(State.LIVE);
    }

    @Test
    void what_a_locked_datastore_loses_costs_no_session_even_when_the_lock_is_gone() {
        followTwoNodes();

        datastore.tells().changed(ready(false));
        datastore.tells().removed(ResourceKind.BGP_PEER, "rr");
        datastore.tells().changed(ready(true));

        await().atMost(PATIENCE).until(() -> source.status().detail().startsWith("all peers vanished at once"));
        assertThat(published).hasSize(1);
        datastore.tells().replaced(ResourceKind.BGP_PEER, List.of(ALL));
        awaitState(State.LIVE);
        assertThat(published).hasSize(1);
    }

    /** As when custom resources are deleted after they were moved to another API group. */
    @Test
    void a_datastore_that_loses_its_cluster_information_is_as_good_as_locked() {
        followTwoNodes();

        datastore.tells().removed(ResourceKind.CLUSTER_INFORMATION, "default");
        datastore.tells().removed(ResourceKind.BGP_PEER, "rr");

        awaitState(State.FROZEN);
        assertThat(source.status().detail()).contains("or is gone");
        datastore.tells().changed(ALL);
        datastore.tells().changed(ready(true));
        awaitState(State.LIVE);
        assertThat(published).hasSize(1);
    }

    @Test
    void peers_that_vanish_all_at_once_stay_until_there_are_some_again() {
        followTwoNodes();

        datastore.tells().replaced(ResourceKind.NODE, List.of());
        awaitState(State.FROZEN);
        assertThat(source.status().detail()).startsWith("all peers vanished at once");
        datastore.tells().removed(ResourceKind.BGP_PEER, "no such thing");
        datastore.tells().replaced(ResourceKind.BGP_PEER, List.of());
        datastore.tells().replaced(ResourceKind.NODE, List.of(node("b", 2)));
        datastore.tells().lost("so that the end of the burst can be seen");
        awaitState(State.LOST);
        datastore.tells().regained();
        awaitState(State.FROZEN);
        assertThat(published).hasSize(1);

        datastore.tells().changed(ALL);

        awaitPeers("b");
        assertThat(source.status().state()).isEqualTo(State.LIVE);
    }

    @Test
    void a_password_is_read_before_its_peers_are_published() {
        List<Boolean> known = new CopyOnWriteArrayList<>();
        secrets.holds(SECRET, Map.of("k", "swordfish"));
        source.follow(peers -> known.add(source.keys().valid(REFERENCE).size() == 1));
        datastore.tellsOfNothing();
        datastore.tells().changed(WITH_PASSWORD);
        datastore.tells().changed(node("a", 1));

        await().atMost(PATIENCE).until(() -> known.contains(true));

        assertThat(known.getLast()).isTrue();
        assertThat(source.status().problems()).isEmpty();
        assertThat(logged()).noneMatch(line -> line.contains("swordfish"));
    }

    @Test
    void peers_without_their_password_are_published_all_the_same_and_are_a_problem() {
        source.follow(published::add);
        datastore.tellsOfNothing();
        datastore.tells().changed(WITH_PASSWORD);
        datastore.tells().changed(node("a", 1));
        awaitPeers("a");

        assertThat(published.getLast().peers()).first()
                .satisfies(peer -> assertThat(peer.protection().key()).isEqualTo(REFERENCE));
        assertThat(source.keys().valid(REFERENCE)).isEmpty();

        secrets.lacks(SECRET);
        await().atMost(PATIENCE).until(() -> source.status().problems().size() == 1);
        assertThat(source.status().problems().getFirst()).contains("calico-system/bgp", "does not exist",
                "stay down until it does");

        secrets.holds(SECRET, Map.of("k", "swordfish"));
        await().atMost(PATIENCE).until(() -> source.status().problems().isEmpty());
        assertThat(source.keys().valid(REFERENCE)).hasSize(1);
    }

    @Test
    void a_reading_anew_that_leaves_some_peers_is_believed() {
        followTwoNodes();

        datastore.tells().replaced(ResourceKind.NODE, List.of(node("b", 2)));

        awaitPeers("b");
    }

    @Test
    void deletions_that_come_together_with_a_reading_anew_are_still_deletions() {
        followTwoNodes();

        datastore.tells().removed(ResourceKind.BGP_PEER, "rr");
        datastore.tells().replaced(ResourceKind.NODE, List.of(node("a", 1)));

        awaitPeers();
        datastore.tells().changed(ALL);
        awaitPeers("a");
        datastore.tells().replaced(ResourceKind.NODE, List.of(node("a", 1), node("c", 3)));
        datastore.tells().removed(ResourceKind.NODE, "a");
        datastore.tells().removed(ResourceKind.NODE, "c");
        awaitPeers();
    }

    @Test
    void a_listener_that_fails_or_is_slow_holds_up_nobody() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        List<DesiredPeers> seen = new CopyOnWriteArrayList<>();
        source.follow(peers -> {
            try {
                held.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            seen.add(peers);
            throw new IllegalStateException("the listener's fault");
        });
        datastore.tellsOfNothing();
        datastore.tells().changed(ALL);
        IntStream.range(1, 90).forEach(i -> datastore.tells().changed(node("n" + i, i)));
        held.countDown();

        await().atMost(PATIENCE).until(() -> !seen.isEmpty() && seen.getLast().peers().size() == 89);
    }

    @Test
    void a_fault_in_the_computation_costs_no_session() {
        List<DesiredPeers> seen = new CopyOnWriteArrayList<>();
        FakeDatastore other = new FakeDatastore();
        try (CalicoPeerSource faulty = new CalicoPeerSource(other, keyring, state -> {
            if (state.nodes().size() == 2) {
                throw new IllegalStateException("two are too many");
            }
            return peering.apply(state);
        })) {
            faulty.follow(seen::add);
            other.tellsOfNothing();
            other.tells().changed(ALL);
            other.tells().changed(node("a", 1));
            await().atMost(PATIENCE).until(() -> !seen.isEmpty() && seen.getLast().peers().size() == 1);

            other.tells().changed(node("b", 2));
            await().atMost(PATIENCE).until(() -> !faulty.status().problems().isEmpty());
            assertThat(seen.getLast().peers()).extracting(DesiredPeer::name).containsExactly("a");

            other.tells().changed(node("c", 3));
            await().atMost(PATIENCE).until(() -> seen.getLast().peers().size() == 3);
            assertThat(faulty.status().problems()).isEmpty();
        }
    }

    @Test
    void after_it_is_closed_nothing_is_published() {
        followTwoNodes();

        source.close();

        datastore.tells().changed(node("c", 3));
        assertThat(datastore.isClosed()).isTrue();
        await().atMost(PATIENCE).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("peers-from-calico")));
        assertThat(published).hasSize(1);
        assertThatThrownBy(() -> source.follow(published::add)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_listener_may_close_the_source() {
        List<DesiredPeers> seen = new ArrayList<>();
        source.follow(peers -> {
            seen.add(peers);
            source.close();
        });
        datastore.tellsOfNothing();

        await().atMost(PATIENCE).until(datastore::isClosed);
        datastore.tells().changed(ALL);
        await().atMost(PATIENCE).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("peers-from-calico")));
        assertThat(seen).hasSize(1);
    }
}
