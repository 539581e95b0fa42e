package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.fsm.SessionState;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;

/** What becomes of the UPDATEs of a session, seen from another client. */
class ReceivedRoutesTest {

    private static final Capability.Multiprotocol IPV4 = new Capability.Multiprotocol(1, 1);
    private static final Capability.Multiprotocol IPV6 = new Capability.Multiprotocol(2, 1);

    private final TestReflector reflector = new TestReflector().range("10.0.0.0", 8, 100, SampleTemplate.client())
            .start();
    private final RemoteEnd sender = reflector.connect("10.0.0.1").establish(IPV4, IPV6);
    private final RemoteEnd receiver = reflector.connect("10.0.0.2").establish(IPV4, IPV6);

    @AfterEach
    void stop() {
        reflector.close();
    }

    @Test
    void a_route_reaches_the_other_client_and_not_its_sender() {
        sender.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16"));

        assertThat(receiver.routes()).containsOnlyKeys("10.1.0.0/16");
        assertThat(sender.routes()).isEmpty();
    }

    @Test
    void a_second_announcement_of_the_same_is_not_passed_on() {
        sender.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16"));
        receiver.heard();

        sender.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16"));

        assertThat(receiver.heard()).isEmpty();
    }

    /** RFC 4271 §4.3. */
    @Test
    void a_prefix_both_withdrawn_and_announced_is_announced() {
        sender.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16").withdrawn("10.1.0.0/16"));

        assertThat(receiver.routes()).containsOnlyKeys("10.1.0.0/16");
        assertThat(reflector.accepted("10.0.0.1", Family.IPV4_UNICAST)).isEqualTo(1);
    }

    @Test
    void one_message_may_change_both_families_in_all_four_fields() {
        sender.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16"));
        sender.send(RawUpdate.announcement6("2001:db8::1", "2001:db8:1::/48"));

        sender.send(RawUpdate.update().mpUnreach("2001:db8:1::/48").mpReach("2001:db8::1", "2001:db8:2::/48")
                .attribute(0x40, 1, "00").attribute(0x40, 2, "").nextHop("10.0.0.1").localPref(100)
                .withdrawn("10.1.0.0/16").announced("10.2.0.0/16"));

        assertThat(receiver.routes()).containsOnlyKeys("10.2.0.0/16", "2001:db8:2:0:0:0:0:0/48");
    }

    /** RFC 7606 §2. */
    @Test
    void an_unusable_attribute_withdraws_what_the_message_announces() {
        sender.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16", "10.2.0.0/16"));

        sender.send(RawUpdate.update().attribute(0x40, 1, "07").attribute(0x40, 2, "").nextHop("10.0.0.1")
                .localPref(100).announced("10.1.0.0/16"));

        assertThat(receiver.routes()).containsOnlyKeys("10.2.0.0/16");
        assertThat(reflector.accepted("10.0.0.1", Family.IPV4_UNICAST)).isEqualTo(1);
        assertThat(reflector.status("10.0.0.1").state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(reflector.events(ReflectorEvent.MalformedUpdate.class, event -> true)).hasSize(1);
    }

    /** RFC 4456 §8: the looped route replaces the one before it, that is, leaves none. */
    @Test
    void a_looped_replacement_withdraws_the_route_before_it() {
        sender.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"));

        sender.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16").attribute(0x80, 9, "01010101"));
        sender.send(RawUpdate.announcement("10.0.0.1", "10.2.0.0/16").attribute(0x80, 10, "0909090901010101"));

        assertThat(receiver.routes()).containsOnlyKeys("10.3.0.0/16");
        assertThat(reflector.accepted("10.0.0.1", Family.IPV4_UNICAST)).isEqualTo(1);
    }

    /** RFC 7606 §5.3: where prefixes end nobody can tell, so the family goes; the other one stays. */
    @Test
    void a_family_whose_prefixes_cannot_be_read_is_given_up_and_the_session_kept() {
        sender.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16"));
        sender.send(RawUpdate.announcement6("2001:db8::1", "2001:db8:1::/48"));

        sender.send(RawUpdate.update().attribute(0x80, 14, "000201" + "10" + RawUpdate.hex("2001:db8::1") + "00" + "ff")
                .attribute(0x40, 1, "00").attribute(0x40, 2, "").localPref(100));

        assertThat(receiver.routes()).containsOnlyKeys("10.1.0.0/16");
        assertThat(reflector.status("10.0.0.1").state()).isEqualTo(SessionState.ESTABLISHED);
        assertThat(reflector.events(ReflectorEvent.FamilyDisabled.class, event -> true))
                .extracting(ReflectorEvent.FamilyDisabled::family).containsExactly(Family.IPV6_UNICAST);
    }

    @Test
    void what_still_comes_of_a_family_given_up_is_passed_over_and_not_counted() {
        sender.send(RawUpdate.announcement6("2001:db8::1", "2001:db8:1::/48", "2001:db8:2::/48"));
        RawUpdate unreadable = RawUpdate.update()
                .attribute(0x80, 14, "000201" + "10" + RawUpdate.hex("2001:db8::1") + "00" + "ff")
                .attribute(0x40, 1, "00").attribute(0x40, 2, "").localPref(100);
        sender.send(unreadable);

        sender.send(RawUpdate.announcement6("2001:db8::1", "2001:db8:3::/48"));
        sender.send(RawUpdate.update().mpUnreach("2001:db8:1::/48"));
        sender.send(unreadable);

        assertThat(receiver.routes()).isEmpty();
        assertThat(reflector.accepted("10.0.0.1", Family.IPV6_UNICAST)).isZero();
        assertThat(reflector.events(ReflectorEvent.FamilyDisabled.class, event -> true)).hasSize(1);
    }

    /** The purge of a large family takes several turns of the loop. */
    @Test
    void a_withdrawal_during_the_purge_of_a_family_given_up_leaves_the_count_alone() {
        for (int block = 0; block < 100; block++) {
            sender.send(RawUpdate.announcement6("2001:db8::1", prefixes(block)));
        }
        sender.receivedNow(RawUpdate.update()
                .attribute(0x80, 14, "000201" + "10" + RawUpdate.hex("2001:db8::1") + "00" + "ff")
                .attribute(0x40, 1, "00").attribute(0x40, 2, "").localPref(100).frame());
        assertThat(reflector.loop.waiting()).as("the purge goes on later").isPositive();

        for (int block = 0; block < 100; block++) {
            sender.receivedNow(RawUpdate.update().mpUnreach(prefixes(block)).frame());
        }
        reflector.run();

        assertThat(reflector.accepted("10.0.0.1", Family.IPV6_UNICAST)).isZero();
        assertThat(receiver.routes()).isEmpty();
    }

    private static String[] prefixes(int block) {
        return IntStream.range(0, 200).mapToObj(i -> "2001:db8:%x:%x::/64".formatted(block, i)).toArray(String[]::new);
    }

    /** Reflection adds octets: what was announced before must not stay behind. */
    @Test
    void a_route_whose_attributes_grow_beyond_a_message_is_withdrawn() {
        sender.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16"));
        assertThat(receiver.routes()).containsOnlyKeys("10.1.0.0/16");

        // 4096 octets in all as received; ORIGINATOR_ID and CLUSTER_LIST make 14 more.
        RawUpdate longest = RawUpdate.announcement("10.0.0.1", "10.1.0.0/16");
        int room = 4096 - longest.frame().readableBytes() - 4;
        sender.send(longest.attribute(0xC0, 8, "fde80001".repeat(room / 4)));

        assertThat(receiver.routes()).isEmpty();
        assertThat(reflector.accepted("10.0.0.1", Family.IPV4_UNICAST)).isEqualTo(1);
    }

    /** RFC 4271 §6.3, as far as RFC 7606 has left it. */
    @Test
    void lengths_that_exceed_the_message_end_the_session_and_its_routes() {
        sender.send(RawUpdate.announcement("10.0.0.1", "10.1.0.0/16"));
        ByteBuf frame = RawUpdate.announcement("10.0.0.1", "10.2.0.0/16").frame();
        frame.setShort(19, 4000);

        sender.received(frame);

        assertThat(receiver.routes()).isEmpty();
        assertThat(sender.heard()).containsExactly("EoR IPV4_UNICAST", "EoR IPV6_UNICAST", "NOTIFICATION 3/1");
        assertThat(sender.connection().isClosed()).isTrue();
    }
}
