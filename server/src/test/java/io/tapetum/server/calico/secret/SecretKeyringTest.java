package io.tapetum.server.calico.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.keys.TcpKey;

class SecretKeyringTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(1);

    private static final SecretName BGP = new SecretName("ns", "bgp");
    private static final KeyReference.InSecret A = new KeyReference.InSecret("ns", "bgp", "a");
    private static final KeyReference.InSecret B = new KeyReference.InSecret("ns", "bgp", "b");
    private static final KeyReference.InSecret ELSEWHERE = new KeyReference.InSecret("ns", "other", "a");

    private final FakeSecretStore store = new FakeSecretStore();
    private final AtomicLong laterNs = new AtomicLong();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private SecretKeyring ring = ring(LONG);

    private SecretKeyring ring(Duration overlap) {
        SecretKeyring made = new SecretKeyring(store, overlap, SHORT, () -> System.nanoTime() + laterNs.get());
        made.whenChanged(told::add);
        return made;
    }

    @BeforeEach
    void listenToTheLog() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void nobodySawAKey() {
        ring.close();
        logger.detachAppender(log);
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("swordfish") || line.contains("marlin"));
        assertThat(ring.problems()).noneMatch(line -> line.contains("swordfish") || line.contains("marlin"));
    }

    private CompletableFuture<Void> want(KeyReference.InSecret... references) {
        return ring.want(Set.of(references));
    }

    /** Those and the ones before have been followed. */
    private void wanted(KeyReference.InSecret... references) {
        want(references);
        Set<SecretName> names = Set.of(references).stream().map(SecretName::of).collect(Collectors.toSet());
        eventually(() -> assertThat(store.followed()).containsAll(names));
    }

    private List<TcpKey> valid(KeyReference.InSecret reference) {
        return ring.valid(reference.toString());
    }

    private static TcpKey key(String text) {
        return TcpKey.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void eventually(ThrowingRunnable holds) {
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5)).untilAsserted(holds);
    }

    @Test
    void a_secret_is_followed_as_long_as_somebody_wants_it() {
        store.holds(BGP, Map.of("a", "swordfish"));
        assertThat(store.followed()).isEmpty();

        wanted(A, B, ELSEWHERE);
        eventually(() -> assertThat(store.followed()).containsExactlyInAnyOrder(BGP, SecretName.of(ELSEWHERE)));
        eventually(() -> assertThat(valid(A)).containsExactly(key("swordfish")));

        want(B);
        eventually(() -> assertThat(store.followed()).containsExactly(BGP));
        eventually(() -> assertThat(valid(A)).isEmpty());
        eventually(() -> assertThat(ring.problems()).singleElement().asString()
                .startsWith("Secret ns/bgp has no key b, "));

        want();
        eventually(() -> assertThat(store.followed()).isEmpty());
        eventually(() -> assertThat(ring.problems()).isEmpty());
        eventually(() -> assertThat(told).containsExactly(A.toString(), A.toString()));
    }

    @Test
    void whoever_wants_a_key_learns_when_something_is_known_of_it() throws Exception {
        CompletableFuture<Void> known = want(A, ELSEWHERE);
        eventually(() -> assertThat(store.followed()).hasSize(2));
        store.holds(BGP, Map.of("a", "swordfish"));
        eventually(() -> assertThat(valid(A)).hasSize(1));
        assertThat(known).isNotDone();

        store.tells(SecretName.of(ELSEWHERE)).lost("no route", false);

        known.get(30, TimeUnit.SECONDS);
        want(A, ELSEWHERE).get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_new_key_is_valid_at_once_and_the_one_before_it_for_the_overlap() {
        store.holds(BGP, Map.of("a", "swordfish", "b", "marlin"));
        wanted(A, B);
        eventually(() -> assertThat(told).containsExactly(A.toString(), B.toString()));

        store.holds(BGP, Map.of("a", "swordfish-2", "b", "marlin"));

        eventually(() -> assertThat(valid(A)).containsExactly(key("swordfish-2"), key("swordfish")));
        eventually(() -> assertThat(told).as("only who is affected is told").containsExactly(A.toString(), B.toString(),
                A.toString()));
        assertThat(valid(B)).containsExactly(key("marlin"));
    }

    @Test
    void the_end_of_an_overlap_is_told() {
        ring.close();
        ring = ring(SHORT);
        store.holds(BGP, Map.of("a", "swordfish"));
        wanted(A);
        eventually(() -> assertThat(valid(A)).hasSize(1));

        store.holds(BGP, Map.of("a", "marlin"));

        eventually(() -> assertThat(told).hasSize(3).containsOnly(A.toString()));
        assertThat(valid(A)).containsExactly(key("marlin"));
    }

    @Test
    void without_an_overlap_only_the_newest_key_is_valid() {
        ring.close();
        ring = ring(Duration.ZERO);
        store.holds(BGP, Map.of("a", "swordfish"));
        wanted(A);
        eventually(() -> assertThat(valid(A)).containsExactly(key("swordfish")));

        store.holds(BGP, Map.of("a", "marlin"));

        eventually(() -> assertThat(valid(A)).containsExactly(key("marlin")));
    }

    @Test
    void a_secret_that_goes_leaves_its_keys_and_is_told_of_once() {
        store.holds(BGP, Map.of("a", "swordfish"));
        wanted(A);
        eventually(() -> assertThat(valid(A)).hasSize(1));

        store.lacks(BGP);
        store.lacks(BGP);

        eventually(() -> assertThat(ring.problems()).singleElement().asString().startsWith(
                "Secret ns/bgp, which BGPPeers name for their password, does not exist: the key of before stays in use."));
        assertThat(valid(A)).containsExactly(key("swordfish"));
        store.holds(BGP, Map.of("a", "marlin"));
        eventually(() -> {
            assertThat(valid(A)).containsExactly(key("marlin"), key("swordfish"));
            assertThat(ring.problems()).isEmpty();
        });
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(line -> line.startsWith("Secrets: Secret ns/bgp")).hasSize(1);
    }

    @Test
    void a_secret_that_is_not_there_yet_keeps_the_sessions_down_and_says_how_to_make_it() {
        wanted(A);
        store.lacks(BGP);

        eventually(() -> assertThat(ring.problems()).containsExactly("Secret ns/bgp, which BGPPeers name for their"
                + " password, does not exist: their sessions stay down until it does. Create it: kubectl -n ns create"
                + " secret generic bgp --from-literal=a=..."));
        assertThat(valid(A)).isEmpty();
        store.holds(BGP, Map.of("a", "swordfish"));
        eventually(() -> assertThat(told).containsExactly(A.toString()));
    }

    @Test
    void an_outage_changes_nothing_and_is_told_of_once_whatever_the_reasons() {
        store.holds(BGP, Map.of("a", "swordfish"));
        wanted(A, ELSEWHERE);
        eventually(() -> assertThat(valid(A)).hasSize(1));

        store.tells(BGP).lost("no connection in time", false);
        store.tells(BGP).lost("no connection", false);
        store.tells(SecretName.of(ELSEWHERE)).lost("no connection", false);

        eventually(() -> assertThat(ring.problems()).containsExactly(
                "Secret ns/bgp, which BGPPeers name for their password, cannot be read: the key of before stays in use."
                        + " no connection in time",
                "Secret ns/other, which BGPPeers name for their password, cannot be read: their sessions stay down until"
                        + " it can. no connection"));
        assertThat(valid(A)).containsExactly(key("swordfish"));
        store.tells(BGP).lost("may not", true);
        eventually(() -> assertThat(ring.problems().getFirst()).endsWith("in use. may not"));
        store.tells(BGP).regained();
        eventually(() -> assertThat(ring.problems()).hasSize(1));
        assertThat(told).containsExactly(A.toString());
    }

    @Test
    void a_key_that_is_missing_names_those_that_are_there() {
        store.holds(BGP, Map.of("bgp", "swordfish", "x", "marlin"));
        wanted(A);

        eventually(
                () -> assertThat(ring.problems()).containsExactly("Secret ns/bgp has no key a, which BGPPeers name for"
                        + " their password: their sessions stay down until it has. It has bgp, x"));
    }

    @ParameterizedTest
    @CsvSource({"'swordfish\n', has a line break", "'sword\"fish', has a quotation mark",
            "'sword\u0000', has an octet 0",
            "'', cannot be used: the key is empty"})
    void what_no_node_could_sign_with_is_no_key_and_replaces_none(String text, String why) {
        store.holds(BGP, Map.of("a", text, "b", "marlin"));
        wanted(A, B);
        eventually(() -> assertThat(ring.problems()).singleElement().asString()
                .startsWith("the value a of Secret ns/bgp"
                        + " is no password that BIRD on a node could have, for it " + why)
                .contains("stay down until it is one"));
        assertThat(valid(A)).isEmpty();

        store.holds(BGP, Map.of("a", "swordfish", "b", text));

        eventually(
                () -> assertThat(ring.problems()).singleElement().asString().startsWith("the value b of Secret ns/bgp")
                        .contains("the key of before stays in use"));
        assertThat(valid(A)).containsExactly(key("swordfish"));
        assertThat(valid(B)).containsExactly(key("marlin"));
    }

    @Test
    void a_key_may_have_80_octets_and_no_more() {
        store.holds(BGP, Map.of("a", "s".repeat(80), "b", "s".repeat(81)));
        wanted(A, B);

        eventually(
                () -> assertThat(ring.problems()).singleElement().asString().contains("the value b", "has 81 octets"));
        assertThat(valid(A)).hasSize(1);
    }

    @Test
    void values_are_wiped_when_others_take_their_place_and_the_keys_that_are_in_use_are_not() {
        wanted(A);
        Map<String, SecretValue> first = FakeSecretStore.values(Map.of("a", "swordfish", "unused", "marlin"));
        Map<String, SecretValue> same = FakeSecretStore.values(Map.of("a", "swordfish"));

        store.tells(BGP).found(first);
        eventually(() -> assertThat(valid(A)).containsExactly(key("swordfish")));
        assertThat(first.values()).as("any may be wanted later").noneMatch(SecretKeyringTest::isWiped);
        store.tells(BGP).found(same);
        eventually(() -> assertThat(first.values()).allMatch(SecretKeyringTest::isWiped));
        store.tells(BGP).missing();
        eventually(() -> assertThat(same.values()).allMatch(SecretKeyringTest::isWiped));

        assertThat(valid(A)).containsExactly(key("swordfish"));
    }

    @Test
    void what_nobody_wants_any_more_is_wiped() {
        wanted(A);
        SecretListener listener = store.tells(BGP);
        Map<String, SecretValue> held = FakeSecretStore.values(Map.of("a", "swordfish"));
        listener.found(held);
        eventually(() -> assertThat(valid(A)).hasSize(1));
        TcpKey used = valid(A).getFirst();

        want();
        eventually(() -> assertThat(held.values()).allMatch(SecretKeyringTest::isWiped));
        Map<String, SecretValue> late = FakeSecretStore.values(Map.of("a", "marlin"));
        listener.found(late);
        eventually(() -> assertThat(late.values()).allMatch(SecretKeyringTest::isWiped));

        assertThat(used).as("somebody may just be giving it to the kernel").isEqualTo(key("swordfish"));
        laterNs.set(Duration.ofMinutes(2).toNanos());
        eventually(() -> assertThat(isWiped(new SecretValue.Usable(used))).isTrue());
    }

    private static boolean isWiped(SecretValue value) {
        return value instanceof SecretValue.Usable(TcpKey key) && key.equals(TcpKey.of(new byte[key.length()]));
    }

    @Test
    void after_it_is_closed_the_keys_stay_valid_and_nothing_is_told() {
        store.holds(BGP, Map.of("a", "swordfish"));
        wanted(A);
        eventually(() -> assertThat(valid(A)).hasSize(1));
        SecretListener listener = store.tells(BGP);

        ring.close();
        listener.found(Map.of());

        assertThat(store.followed()).isEmpty();
        assertThat(valid(A)).containsExactly(key("swordfish"));
        assertThat(told).hasSize(1);
    }
}
