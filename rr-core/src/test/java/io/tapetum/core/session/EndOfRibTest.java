package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;

/** RFC 4724 §2: the End-of-RIB follows the whole table, per family, whether the peer knows graceful restart or not. */
class EndOfRibTest {

    private static final Capability.Multiprotocol IPV4 = new Capability.Multiprotocol(1, 1);
    private static final Capability.Multiprotocol IPV6 = new Capability.Multiprotocol(2, 1);

    private final TestReflector reflector = new TestReflector().range("10.0.0.0", 8, 100, SampleTemplate.client())
            .start();

    @AfterEach
    void stop() {
        reflector.close();
    }

    @Test
    void an_empty_table_is_nothing_but_its_end() {
        RemoteEnd client = reflector.connect("10.0.0.1").establish();

        assertThat(client.heard()).containsExactly("EoR IPV4_UNICAST");
    }

    @Test
    void every_negotiated_family_has_its_own() {
        RemoteEnd client = reflector.connect("10.0.0.1").establish(IPV4, IPV6);

        assertThat(client.heard()).containsExactly("EoR IPV4_UNICAST", "EoR IPV6_UNICAST");
    }

    @Test
    void a_family_that_is_not_negotiated_has_none() {
        RemoteEnd client = reflector.connect("10.0.0.1").establish(IPV6);

        assertThat(client.heard()).containsExactly("EoR IPV6_UNICAST");
    }

    @Test
    void it_comes_after_every_route_of_its_family() {
        RemoteEnd announcer = reflector.connect("10.0.0.1").establish(IPV4, IPV6);
        announcer.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16"));
        announcer.send(RawUpdate.announcement6("2001:db8::1", "2001:db8:1::/48"));

        RemoteEnd client = reflector.connect("10.0.0.2").establish(IPV4, IPV6);

        assertThat(client.heard()).containsExactly("+10.1.0.0/16", "EoR IPV4_UNICAST", "+2001:db8:1:0:0:0:0:0/48",
                "EoR IPV6_UNICAST");
    }

    @Test
    void a_peer_that_does_not_read_is_not_told_before_it_has_been_handed_the_table() {
        reflector.session("10.0.0.1").send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16"));
        RemoteEnd slow = reflector.connect("10.0.0.2");
        slow.connection().stall();

        slow.establish();
        assertThat(slow.heard()).isEmpty();

        slow.connection().takeAll();
        slow.writabilityChanged();
        assertThat(slow.heard()).containsExactly("+10.1.0.0/16", "EoR IPV4_UNICAST");
    }

    @Test
    void what_changes_after_the_table_follows_its_end_once() {
        RemoteEnd announcer = reflector.session("10.0.0.1");
        RemoteEnd client = reflector.connect("10.0.0.2").establish();

        announcer.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16"));
        announcer.send(RawUpdate.withdrawal("10.1.0.0/16"));

        assertThat(client.heard()).containsExactly("EoR IPV4_UNICAST", "+10.1.0.0/16", "-10.1.0.0/16");
    }

    @Test
    void a_table_that_takes_several_turns_of_the_loop_ends_after_the_last() {
        RemoteEnd announcer = reflector.session("10.0.0.1");
        int prefixes = 20_000;
        IntStream.range(0, prefixes / 500).forEach(block -> announcer.send(RawUpdate.announcement("10.0.0.1",
                IntStream.range(0, 500).mapToObj(i -> "10." + (block * 2 + i / 256) + "." + i % 256 + ".0/24")
                        .toArray(String[]::new))));
        // With longer messages the client is alone in its group, whose log is new.

        RemoteEnd client = reflector.connect("10.0.0.2").establish(IPV4, new Capability.ExtendedMessage());

        assertThat(client.heard()).last().isEqualTo("EoR IPV4_UNICAST");
        assertThat(client.routes()).hasSize(prefixes);
    }

    @Test
    void operators_are_told_of_every_table_that_was_sent() {
        reflector.connect("10.0.0.1").establish(IPV4, IPV6);

        assertThat(reflector.events(ReflectorEvent.TableSent.class, sent -> true))
                .extracting(ReflectorEvent.TableSent::family)
                .containsExactly(Family.IPV4_UNICAST, Family.IPV6_UNICAST);
    }
}
