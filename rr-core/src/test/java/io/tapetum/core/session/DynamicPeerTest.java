package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.Acceptance;
import io.tapetum.wire.Family;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Open;

/** Peers from a range of addresses: there is one as long as it is connected. */
class DynamicPeerTest {

    private final TestReflector reflector = new TestReflector().range("10.0.0.0", 8, 2, SampleTemplate.client())
            .start();

    @AfterEach
    void stop() {
        reflector.close();
    }

    @Test
    void it_goes_with_its_session_and_makes_room_for_another() {
        RemoteEnd first = reflector.session("10.0.0.1");
        reflector.session("10.0.0.2");
        assertThat(reflector.reflector().accept(RawUpdate.address("10.0.0.3")))
                .isInstanceOf(Acceptance.Refused.class);

        first.lose();
        reflector.run();

        assertThat(reflector.session("10.0.0.3").routes()).isEmpty();
        assertThat(reflector.reflector().status()).extracting(status -> status.peer().name())
                .containsExactlyInAnyOrder("10.0.0.2", "10.0.0.3");
    }

    @Test
    void it_takes_its_routes_and_its_update_group_along() {
        RemoteEnd peer = reflector.session("10.0.0.1");
        peer.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16"));

        peer.lose();
        reflector.run();

        assertThat(reflector.reflector().tables().adjRibIn(Family.IPV4_UNICAST).paths()).isZero();
        assertThat(reflector.reflector().tables().groups(Family.IPV4_UNICAST).size()).isZero();
    }

    @Test
    void many_that_come_and_go_leave_nothing_behind() {
        for (int i = 0; i < 300; i++) {
            String address = "10.0." + i / 250 + "." + (i % 250 + 1);
            RemoteEnd peer = reflector.session(address);
            peer.send(RawUpdate.announcement(address, "10.1.0.0/16", "10.2.0.0/16"));
            peer.lose();
            reflector.run();
        }

        assertThat(reflector.reflector().status()).isEmpty();
        assertThat(reflector.reflector().tables().adjRibIn(Family.IPV4_UNICAST).prefixes()).isZero();
        assertThat(reflector.reflector().tables().groups(Family.IPV4_UNICAST).size()).isZero();
    }

    @Test
    void a_connection_that_reaches_it_after_it_has_gone_is_sent_back_to_be_asked_for_anew() {
        Peer peer = welcome("10.0.0.1");
        reflector.run();
        RemoteEnd connected = reflector.session("10.0.0.1");

        connected.lose();

        assertThat(peer.incoming(new MemoryConnection(RawUpdate.address("10.0.0.254")))).isNull();
    }

    /** RFC 4271 §8.1, DampPeerOscillations: its next attempt would fail the same way. */
    @Test
    void after_a_protocol_error_it_is_refused_for_a_while() {
        RemoteEnd stranger = reflector.connect("10.0.0.1");
        stranger.send(new Open(Open.VERSION, 65009, 90, 1, List.of()));
        stranger.send(Keepalive.INSTANCE);
        assertThat(stranger.heard()).containsExactly("NOTIFICATION 2/2");

        assertThat(reflector.connect("10.0.0.1").heard()).containsExactly("NOTIFICATION 6/5");
        assertThat(reflector.reflector().status()).hasSize(1);

        reflector.loop.pass(Duration.ofSeconds(6));
        assertThat(reflector.reflector().status()).isEmpty();
        assertThat(reflector.connect("10.0.0.1").establish().heard()).containsExactly("EoR IPV4_UNICAST");
    }

    @Test
    void it_goes_when_the_reflector_stops_even_while_it_is_held_down() {
        RemoteEnd stranger = reflector.connect("10.0.0.1");
        stranger.send(new Open(Open.VERSION, 65009, 90, 1, List.of()));

        reflector.close();

        assertThat(reflector.reflector().status()).isEmpty();
    }

    private Peer welcome(String from) {
        if (!(reflector.reflector().accept(RawUpdate.address(from)) instanceof Acceptance.Welcome welcome)) {
            throw new AssertionError(from + " is refused");
        }
        return welcome.peer();
    }
}
