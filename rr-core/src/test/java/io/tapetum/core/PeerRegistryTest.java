package io.tapetum.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.event.Refusal;
import io.tapetum.core.fsm.StopReason;
import io.tapetum.core.session.ManualLoop;
import io.tapetum.core.session.Peer;
import io.tapetum.core.session.SampleTemplate;
import io.tapetum.core.settings.DynamicRange;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.ReflectorSettings;
import io.tapetum.core.transport.Doorkeeper;

/** Whose a connection is, judged by where it comes from. */
class PeerRegistryTest {

    private final ManualLoop loop = new ManualLoop();
    private final List<ReflectorEvent> events = new ArrayList<>();

    @Test
    void a_peer_given_one_by_one_comes_before_any_range() {
        Reflector reflector = reflector(List.of(peer("10.1.2.3")), range("host", "10.1.2.3", 32, 10));

        Peer peer = welcome(reflector, "10.1.2.3");

        assertThat(peer.settings().name()).isEqualTo("given");
        assertThat(peer.isDynamic()).isFalse();
    }

    @Test
    void a_longer_range_comes_before_a_shorter_one_in_whatever_order_they_are_given() {
        Reflector reflector = reflector(List.of(), range("wide", "10.0.0.0", 8, 10), range("host", "10.1.2.3", 32, 10),
                range("narrow", "10.1.0.0", 16, 10));

        assertThat(welcome(reflector, "10.1.2.3").settings().template().group()).isEqualTo("host");
        assertThat(welcome(reflector, "10.1.2.4").settings().template().group()).isEqualTo("narrow");
        assertThat(welcome(reflector, "10.2.0.1").settings().template().group()).isEqualTo("wide");
    }

    @ParameterizedTest
    @CsvSource({"10.1.128.0, 17, 10.1.128.1, true", "10.1.128.0, 17, 10.1.127.255, false",
            "10.1.2.3, 32, 10.1.2.3, true", "10.1.2.3, 32, 10.1.2.2, false", "0.0.0.0, 0, 203.0.113.9, true",
            "0.0.0.0, 0, 2001:db8::1, false", "2001:db8::, 33, 2001:db8:7fff::1, true",
            "2001:db8::, 33, 2001:db8:8000::1, false", "'::', 0, 10.1.2.3, false",
            // The same address however a dual-stack listener writes it.
            "10.0.0.0, 8, '::ffff:10.1.2.3', true"})
    void a_range_is_its_network_bit_for_bit(String network, int prefixLength, String from, boolean inside) {
        Reflector reflector = reflector(List.of(), range("range", network, prefixLength, 10));

        assertThat(reflector.accept(address(from)) instanceof Acceptance.Welcome).isEqualTo(inside);
    }

    @Test
    void a_second_connection_of_a_dynamic_peer_is_the_same_peers() {
        Reflector reflector = reflector(List.of(), range("range", "10.0.0.0", 8, 1));

        assertThat(welcome(reflector, "10.0.0.1")).isSameAs(welcome(reflector, "10.0.0.1"));
    }

    @Test
    void a_full_range_takes_nobody_else_and_operators_learn_why() {
        Reflector reflector = reflector(List.of(), range("range", "10.0.0.0", 8, 2));
        welcome(reflector, "10.0.0.1");
        welcome(reflector, "10.0.0.2");

        assertThat(reflector.accept(address("10.0.0.3"))).isInstanceOf(Acceptance.Refused.class);
        assertThat(events).last().isInstanceOfSatisfying(ReflectorEvent.ConnectionRefused.class,
                event -> assertThat(event.why()).isEqualTo(new Refusal.RangeFull("range", 2)));
    }

    @Test
    void a_dynamic_peer_that_did_not_come_after_all_makes_room() {
        Reflector reflector = reflector(List.of(), range("range", "10.0.0.0", 8, 1));
        Peer absent = welcome(reflector, "10.0.0.1");
        loop.runAll();

        absent.abandon();

        assertThat(reflector.status()).isEmpty();
        assertThat(welcome(reflector, "10.0.0.2").settings().address()).isEqualTo(address("10.0.0.2"));
    }

    @Test
    void a_stranger_is_refused_and_operators_learn_from_where() {
        Reflector reflector = reflector(List.of(peer("10.1.2.3")));

        assertThat(reflector.accept(address("10.9.9.9"))).isInstanceOf(Acceptance.Refused.class);
        assertThat(events).singleElement().isInstanceOfSatisfying(ReflectorEvent.ConnectionRefused.class,
                event -> {
                    assertThat(event.from()).isEqualTo(address("10.9.9.9"));
                    assertThat(event.why().text()).contains("SNAT", "kube-proxy", "sourceAddress: None");
                });
    }

    @Test
    void strangers_are_of_no_concern_to_the_doorkeeper() {
        Reflector reflector = reflector(List.of(peer("10.1.2.3")), range("range", "10.2.0.0", 16, 1));
        List<InetAddress> asked = new ArrayList<>();
        Doorkeeper doorkeeper = peer -> {
            asked.add(peer.address());
            return null;
        };

        reflector.accept(address("10.9.9.9"), doorkeeper);
        reflector.accept(address("10.1.2.3"), doorkeeper);
        reflector.accept(address("10.2.0.1"), doorkeeper);
        reflector.accept(address("10.2.0.2"), doorkeeper);

        assertThat(asked).containsExactly(address("10.1.2.3"), address("10.2.0.1"));
    }

    @Test
    void whom_the_doorkeeper_refuses_takes_no_room_in_a_range() {
        Reflector reflector = reflector(List.of(), range("range", "10.0.0.0", 8, 1));
        Refusal why = new Refusal.SourceLimit(4);

        assertThat(reflector.accept(address("10.0.0.1"), _ -> why)).isEqualTo(new Acceptance.Refused(why));

        assertThat(events).singleElement()
                .isEqualTo(new ReflectorEvent.ConnectionRefused(address("10.0.0.1"), why));
        assertThat(reflector.status()).isEmpty();
        assertThat(welcome(reflector, "10.0.0.2").isDynamic()).isTrue();
    }

    @Test
    void nobody_is_welcome_after_the_stop() {
        Reflector reflector = reflector(List.of(peer("10.1.2.3")), range("range", "10.0.0.0", 8, 2));

        assertThat(reflector.stop(new StopReason.Shutdown(""))).isNotDone();
        assertThat(reflector.accept(address("10.1.2.3"))).isInstanceOf(Acceptance.Refused.class);
        assertThat(reflector.accept(address("10.0.0.1"))).isInstanceOf(Acceptance.Refused.class);
    }

    @Test
    void the_stop_is_done_when_every_peer_has_been_told() {
        Reflector reflector = reflector(List.of(peer("10.1.2.3")), range("range", "10.0.0.0", 8, 2));
        CompletableFuture<Void> stopped = reflector.stop(new StopReason.Silent());

        loop.runAll();

        assertThat(stopped).isCompleted();
    }

    private Reflector reflector(List<PeerSettings> peers, DynamicRange... ranges) {
        ReflectorSettings settings = new ReflectorSettings(SampleTemplate.AS, 0x01010101, 0x01010101, peers,
                List.of(ranges), false);
        Reflector reflector = new Reflector(settings, List.of(loop), (peer, on, handler) -> {
            throw new AssertionError("all peers are passive");
        }, new SplittableRandom(1), events::add);
        reflector.start();
        return reflector;
    }

    private static PeerSettings peer(String address) {
        return new PeerSettings("given", address(address), null, 179, SampleTemplate.client().build());
    }

    private static DynamicRange range(String name, String network, int prefixLength, int limit) {
        return new DynamicRange(name, address(network), prefixLength, limit,
                SampleTemplate.client().group(name).build());
    }

    private static Peer welcome(Reflector reflector, String from) {
        if (!(reflector.accept(address(from)) instanceof Acceptance.Welcome welcome)) {
            throw new AssertionError(from + " is refused");
        }
        return welcome.peer();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
