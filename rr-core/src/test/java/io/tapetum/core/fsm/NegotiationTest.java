package io.tapetum.core.fsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.capability.Capability.AddPath;
import io.tapetum.wire.capability.Capability.EnhancedRouteRefresh;
import io.tapetum.wire.capability.Capability.ExtendedMessage;
import io.tapetum.wire.capability.Capability.ExtendedNextHop;
import io.tapetum.wire.capability.Capability.FourOctetAs;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart;
import io.tapetum.wire.capability.Capability.Multiprotocol;
import io.tapetum.wire.capability.Capability.RouteRefreshCapability;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.MessageEncoder;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.message.Open;

/** What is offered in our OPEN, what is refused in the peer's (RFC 4271 §6.2), and what both agree on. */
class NegotiationTest {

    private static final FsmSettings SETTINGS = SampleSettings.settings(ConnectMode.PASSIVE);
    private static final FsmSettings EVERYTHING = new FsmSettings(SampleSettings.AS, SampleSettings.OUR_ID,
            SampleSettings.AS, Set.of(Family.IPV4_UNICAST, Family.IPV6_UNICAST), ConnectMode.PASSIVE,
            SampleSettings.TIMERS, true, true, false, true, 120, 0);
    private static final FsmSettings NOTHING_OPTIONAL = new FsmSettings(SampleSettings.AS, SampleSettings.OUR_ID,
            SampleSettings.AS, Set.of(Family.IPV4_UNICAST), ConnectMode.PASSIVE, SampleSettings.TIMERS, false, false,
            false, false, 0, 0);
    private static final LongLivedGracefulRestart LONG_LIVED = new LongLivedGracefulRestart(
            List.of(new LongLivedGracefulRestart.StaleTuple(1, 1, true, 60)));

    /* Our OPEN */

    @Test
    void our_open_offers_every_family_and_add_path_for_receiving_only() {
        assertThat(Negotiation.offer(EVERYTHING, false)).isEqualTo(new Open(4, 64512, 90, SampleSettings.OUR_ID,
                List.of(new Multiprotocol(1, 1), new Multiprotocol(2, 1), new RouteRefreshCapability(),
                        new ExtendedNextHop(List.of(new ExtendedNextHop.NextHopTuple(1, 1, 2))), new ExtendedMessage(),
                        new GracefulRestart(false, false, 120,
                                List.of(new GracefulRestart.RestartTuple(1, 1, true),
                                        new GracefulRestart.RestartTuple(2, 1, true))),
                        new FourOctetAs(64512),
                        new AddPath(List.of(new AddPath.PathTuple(1, 1, true, false),
                                new AddPath.PathTuple(2, 1, true, false))),
                        new EnhancedRouteRefresh(), new LongLivedGracefulRestart(List.of()))));
    }

    @Test
    void our_open_asks_for_a_long_lived_stale_time_of_every_family_and_keeps_forwarding() {
        FsmSettings settings = SampleSettings.withLongLivedStaleSeconds(EVERYTHING, 3600);

        assertThat(octets(Negotiation.offer(settings, false))).endsWith("470e" + "00010180000e10" + "00020180000e10");
    }

    @Test
    void our_open_says_that_we_understand_long_lived_stale_routes_even_if_we_ask_for_no_time() {
        assertThat(octets(Negotiation.offer(EVERYTHING, false))).endsWith("4600" + "4700");
    }

    @Test
    void a_long_lived_stale_time_is_not_asked_for_without_graceful_restart() {
        FsmSettings settings = SampleSettings.withLongLivedStaleSeconds(NOTHING_OPTIONAL, 3600);

        assertThat(octets(Negotiation.offer(settings, false))).endsWith("4600");
    }

    private static String octets(Open open) {
        ByteBuf octets = Unpooled.buffer();
        MessageEncoder.write(open, octets);
        return ByteBufUtil.hexDump(octets);
    }

    @Test
    void our_open_leaves_out_what_is_switched_off() {
        assertThat(Negotiation.offer(NOTHING_OPTIONAL, true).capabilities()).containsExactly(new Multiprotocol(1, 1),
                new RouteRefreshCapability(), new FourOctetAs(64512), new EnhancedRouteRefresh());
    }

    @Test
    void extended_next_hop_is_not_offered_without_ipv4() {
        FsmSettings ipv6 = SampleSettings.withFamilies(EVERYTHING, Set.of(Family.IPV6_UNICAST));
        assertThat(Negotiation.offer(ipv6, false).capabilities()).noneMatch(ExtendedNextHop.class::isInstance);
    }

    @Test
    void a_restarting_reflector_says_so() {
        // given
        Rig rig = new Rig(SETTINGS).start();

        // when
        Admission admission = rig.fsm.incoming(true, rig.now);

        // then
        assertThat(admission).isInstanceOfSatisfying(Admission.Accepted.class,
                accepted -> assertThat(rig.did(accepted.actions()).sentOpen().capabilities())
                        .filteredOn(GracefulRestart.class::isInstance).singleElement()
                        .asInstanceOf(type(GracefulRestart.class)).matches(GracefulRestart::restarting));
    }

    @Test
    void an_as_number_of_four_octets_is_as_trans_in_the_two_octet_field() {
        Open open = Negotiation.offer(SampleSettings.withAs(SETTINGS, 4_200_000_000L, 4_200_000_000L), false);
        assertThat(open.myAs()).isEqualTo(23456);
        assertThat(open.capabilities()).contains(new FourOctetAs(4_200_000_000L));
    }

    /* What both agree on */

    @Test
    void a_calico_node_gets_what_both_sides_offer() throws BgpErrorException {
        Open theirs = SampleSettings.calicoOpen(SampleSettings.LOWER_ID);
        assertThat(agree(EVERYTHING, theirs)).isEqualTo(new Negotiated(theirs, 64512, SampleSettings.LOWER_ID, true,
                90, 30, Set.of(Family.IPV4_UNICAST), true, Set.of(Family.IPV4_UNICAST), Set.of(), false, true, true,
                false,
                new GracefulRestart(false, false, 120, List.of(new GracefulRestart.RestartTuple(1, 1, false))),
                new LongLivedGracefulRestart(List.of())));
    }

    @Test
    void nothing_is_agreed_that_we_did_not_offer() throws BgpErrorException {
        Open theirs = SampleSettings.open(180, SampleSettings.LOWER_ID,
                List.of(new Multiprotocol(1, 1), new ExtendedMessage(),
                        new AddPath(List.of(new AddPath.PathTuple(1, 1, true, true))),
                        new ExtendedNextHop(List.of(new ExtendedNextHop.NextHopTuple(1, 1, 2))),
                        new EnhancedRouteRefresh()));
        Negotiated agreed = agree(NOTHING_OPTIONAL, theirs);
        assertThat(agreed.extendedMessages()).isFalse();
        assertThat(agreed.addPathReceive()).isEmpty();
        assertThat(agreed.extendedNextHop()).isFalse();
        assertThat(agreed.fourOctetAs()).isFalse();
        assertThat(agreed.routeRefresh()).isFalse();
        assertThat(agreed.enhancedRouteRefresh()).as("brackets around answers that cannot be asked for").isFalse();
        assertThat(agreed.gracefulRestart()).isNull();
    }

    @Test
    void extended_messages_and_next_hops_are_agreed_when_both_offer_them() throws BgpErrorException {
        Open theirs = SampleSettings.open(180, SampleSettings.LOWER_ID,
                List.of(new Multiprotocol(1, 1), new Multiprotocol(2, 1), new ExtendedMessage(),
                        new ExtendedNextHop(List.of(new ExtendedNextHop.NextHopTuple(1, 128, 2),
                                new ExtendedNextHop.NextHopTuple(1, 1, 2)))));
        Negotiated agreed = agree(EVERYTHING, theirs);
        assertThat(agreed.extendedMessages()).isTrue();
        assertThat(agreed.extendedNextHop()).isTrue();
        assertThat(agreed.families()).containsExactlyInAnyOrder(Family.IPV4_UNICAST, Family.IPV6_UNICAST);
    }

    @ParameterizedTest
    @CsvSource({"true,false,false", "false,true,true", "true,true,true", "false,false,false"})
    void path_ids_come_only_from_a_peer_that_offers_to_send_them(boolean receive, boolean send, boolean expected)
            throws BgpErrorException {
        Open theirs = SampleSettings.open(180, SampleSettings.LOWER_ID,
                List.of(new AddPath(List.of(new AddPath.PathTuple(1, 1, receive, send)))));
        assertThat(agree(SETTINGS, theirs).addPathReceive().contains(Family.IPV4_UNICAST)).isEqualTo(expected);
    }

    /** RFC 7911 §4, both ways, family by family: what we offer against what the peer offers. */
    @ParameterizedTest
    @MethodSource("addPathOffers")
    void path_ids_go_a_way_only_if_its_sender_and_its_receiver_offered_it(Family family, boolean weReceive,
            boolean weSend, boolean theyReceive, boolean theySend) throws BgpErrorException {
        FsmSettings ours = SampleSettings.withAddPath(EVERYTHING, weReceive, weSend);
        Family other = family == Family.IPV4_UNICAST ? Family.IPV6_UNICAST : Family.IPV4_UNICAST;
        Open theirs = SampleSettings.open(180, SampleSettings.LOWER_ID,
                List.of(new Multiprotocol(1, 1), new Multiprotocol(2, 1), new AddPath(
                        List.of(new AddPath.PathTuple(family.afi(), family.safi(), theyReceive, theySend)))));

        Negotiated agreed = agree(ours, theirs);

        assertThat(agreed.addPathReceive().contains(family)).isEqualTo(weReceive && theySend);
        assertThat(agreed.addPathSend().contains(family)).isEqualTo(weSend && theyReceive);
        assertThat(agreed.addPathReceive()).doesNotContain(other);
        assertThat(agreed.addPathSend()).doesNotContain(other);
    }

    private static Stream<Arguments> addPathOffers() {
        return Arrays.stream(Family.values()).flatMap(family -> IntStream.range(0, 16).mapToObj(bits -> Arguments
                .of(family, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0)));
    }

    @Test
    void add_path_is_offered_the_ways_it_is_wanted() {
        assertThat(Negotiation.offer(SampleSettings.withAddPath(SETTINGS, false, true), false).capabilities())
                .contains(new AddPath(List.of(new AddPath.PathTuple(1, 1, false, true))));
        assertThat(Negotiation.offer(SampleSettings.withAddPath(SETTINGS, true, true), false).capabilities())
                .contains(new AddPath(List.of(new AddPath.PathTuple(1, 1, true, true))));
    }

    @Test
    void path_ids_of_a_family_that_is_not_common_do_not_count() throws BgpErrorException {
        Open theirs = SampleSettings.open(180, SampleSettings.LOWER_ID,
                List.of(new Multiprotocol(1, 1), new AddPath(List.of(new AddPath.PathTuple(2, 1, true, true),
                        new AddPath.PathTuple(1, 128, true, true)))));
        assertThat(agree(EVERYTHING, theirs).addPathReceive()).isEmpty();
    }

    @Test
    void an_open_without_multiprotocol_capability_offers_ipv4_unicast() throws BgpErrorException {
        Negotiated agreed = agree(EVERYTHING, SampleSettings.open(180, SampleSettings.LOWER_ID, List.of()));
        assertThat(agreed.families()).containsExactly(Family.IPV4_UNICAST);
        assertThat(agreed.fourOctetAs()).isFalse();
    }

    @Test
    void families_and_capabilities_that_are_unknown_here_are_ignored() throws BgpErrorException {
        Open theirs = SampleSettings.open(180, SampleSettings.LOWER_ID, List.of(new Multiprotocol(25, 70),
                new Multiprotocol(2, 1), new Multiprotocol(2, 1), new Capability.Unknown(73, new byte[]{1, 'a', 0})));
        assertThat(agree(EVERYTHING, theirs).families()).containsExactly(Family.IPV6_UNICAST);
    }

    @Test
    void of_a_repeated_graceful_restart_capability_the_last_counts() throws BgpErrorException {
        GracefulRestart last = new GracefulRestart(true, false, 7, List.of());
        Open theirs = SampleSettings.open(180, SampleSettings.LOWER_ID,
                List.of(new GracefulRestart(false, false, 120, List.of()), last));
        assertThat(agree(SETTINGS, theirs).gracefulRestart()).isEqualTo(last);
    }

    @Test
    void long_lived_graceful_restart_counts_only_beside_graceful_restart() throws BgpErrorException {
        Open theirs = SampleSettings.open(180, SampleSettings.LOWER_ID, List.of(LONG_LIVED));
        assertThat(agree(SETTINGS, theirs).longLivedGracefulRestart()).isNull();
    }

    @Test
    void long_lived_graceful_restart_is_kept_to_if_both_sides_announce_it() throws BgpErrorException {
        Open theirs = SampleSettings.open(180, SampleSettings.LOWER_ID,
                List.of(new GracefulRestart(false, false, 120, List.of()), LONG_LIVED));
        assertThat(agree(SETTINGS, theirs).longLivedGracefulRestart()).isEqualTo(LONG_LIVED);
        assertThat(agree(NOTHING_OPTIONAL, theirs).longLivedGracefulRestart())
                .isEqualTo(new LongLivedGracefulRestart(List.of()));
    }

    @ParameterizedTest
    @CsvSource({"90,240,90,30", "90,30,30,10", "90,3,3,1", "90,0,0,0", "0,240,0,0", "65535,65535,65535,21845"})
    void the_smaller_hold_time_counts_and_zero_means_none(int ours, int theirs, int hold, int keepalive)
            throws BgpErrorException {
        FsmSettings settings = SampleSettings.withTimers(SETTINGS,
                SampleSettings.withHoldTime(SampleSettings.TIMERS, ours));
        Negotiated agreed = agree(settings, SampleSettings.open(theirs, SampleSettings.LOWER_ID, List.of()));
        assertThat(agreed.holdTimeSeconds()).isEqualTo(hold);
        assertThat(agreed.keepaliveSeconds()).isEqualTo(keepalive);
    }

    /* Refusals */

    /** Expected AS, the two-octet field, the capability or -1, and the NOTIFICATION or nothing. */
    @ParameterizedTest
    @CsvSource({"64512,64512,-1,", "64512,64512,64512,", "64512,23456,64512,", "4200000000,23456,4200000000,",
            "64512,64513,-1,2/2", "64512,64513,64513,2/2", "64512,64513,64512,2/2", "64512,64512,64513,2/2",
            "64512,64512,0,2/2", "64512,0,-1,2/2", "64512,0,64512,2/2", "4200000000,23456,-1,2/2",
            "4200000000,64512,4200000000,2/2", "64512,23456,23456,2/2", "23456,23456,-1,2/2"})
    void the_as_number_is_checked_in_both_fields(long expected, int field, long capability, String refusal) {
        List<Capability> capabilities = capability < 0 ? List.of() : List.of(new FourOctetAs(capability));
        FsmSettings settings = SampleSettings.withAs(SETTINGS, 64999, expected);
        Open theirs = new Open(4, field, 90, SampleSettings.LOWER_ID, capabilities);
        if (refusal == null) {
            assertThat(agreeOrFail(settings, theirs).peerAs()).isEqualTo(expected);
        } else {
            assertThat(refusal(settings, theirs)).isEqualTo(Notification.of(ErrorCode.OPEN_BAD_PEER_AS));
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void a_hold_time_of_one_or_two_seconds_is_unacceptable(int holdTime) {
        assertThat(refusal(SETTINGS, SampleSettings.open(holdTime, SampleSettings.LOWER_ID, List.of())))
                .isEqualTo(Notification.of(ErrorCode.OPEN_UNACCEPTABLE_HOLD_TIME));
    }

    @Test
    void another_version_is_answered_with_ours() {
        assertThat(refusal(SETTINGS, new Open(3, 64512, 90, SampleSettings.LOWER_ID, List.of())))
                .isEqualTo(Notification.of(ErrorCode.OPEN_UNSUPPORTED_VERSION, new byte[]{0, 4}));
    }

    @Test
    void identifier_zero_is_bad_everywhere_and_our_own_only_within_the_as() {
        FsmSettings external = SampleSettings.withAs(SETTINGS, 64999, 64512);
        Notification bad = Notification.of(ErrorCode.OPEN_BAD_IDENTIFIER);
        assertThat(refusal(SETTINGS, SampleSettings.open(90, 0, List.of()))).isEqualTo(bad);
        assertThat(refusal(external, SampleSettings.open(90, 0, List.of()))).isEqualTo(bad);
        assertThat(refusal(SETTINGS, SampleSettings.open(90, SampleSettings.OUR_ID, List.of()))).isEqualTo(bad);
        assertThat(agreeOrFail(external, SampleSettings.open(90, SampleSettings.OUR_ID, List.of())).internal())
                .isFalse();
    }

    @Test
    void a_peer_without_a_common_family_is_told_ours() {
        Open theirs = SampleSettings.open(90, SampleSettings.LOWER_ID, List.of(new Multiprotocol(25, 70)));
        assertThat(refusal(EVERYTHING, theirs)).isEqualTo(Notification.of(ErrorCode.OPEN_UNSUPPORTED_CAPABILITY,
                new byte[]{1, 4, 0, 1, 0, 1, 1, 4, 0, 2, 0, 1}));
    }

    @Test
    void a_refusal_names_what_came_and_what_was_expected() {
        assertThatThrownBy(() -> agree(SETTINGS, new Open(4, 64513, 90, SampleSettings.LOWER_ID, List.of())))
                .hasMessageContaining("64513").hasMessageContaining("64512");
    }

    /* A peer from before capabilities (RFC 5492 §3) */

    @Test
    void a_peer_that_refuses_capabilities_gets_one_open_without_them() {
        // given
        Rig rig = Rig.openSent(SETTINGS);
        rig.receive(Notification.of(ErrorCode.OPEN_UNSUPPORTED_PARAMETER)).passToNextDeadline();

        // when
        rig.incoming();

        // then
        assertThat(rig.sentOpen().capabilities()).isEmpty();
        rig.receive(SampleSettings.calicoOpen(SampleSettings.LOWER_ID));
        assertThat(rig.did()).isEqualTo("send KEEPALIVE");

        // when
        rig.closed().incoming();

        // then
        assertThat(rig.sentOpen().capabilities()).isNotEmpty();
    }

    @Test
    void the_refusal_of_our_capabilities_may_come_after_the_peers_own_open() {
        // given
        Rig rig = Rig.openSent(SETTINGS);
        rig.receive(SampleSettings.open(90, SampleSettings.LOWER_ID, List.of()));

        // when
        rig.receive(Notification.of(ErrorCode.OPEN_UNSUPPORTED_PARAMETER)).passToNextDeadline();

        // then
        assertThat(rig.incoming().sentOpen().capabilities()).isEmpty();
    }

    @Test
    void capabilities_are_offered_again_where_the_session_is_nothing_without_them() {
        // given
        Rig rig = Rig.openSent(SampleSettings.withFamilies(SETTINGS, Set.of(Family.IPV6_UNICAST)));

        // when
        rig.receive(Notification.of(ErrorCode.OPEN_UNSUPPORTED_PARAMETER)).passToNextDeadline();

        // then
        assertThat(rig.incoming().sentOpen().capabilities()).isNotEmpty();
    }

    private static Negotiated agree(FsmSettings settings, Open theirs) throws BgpErrorException {
        return Negotiation.agree(settings, Negotiation.offer(settings, false), theirs);
    }

    private static Negotiated agreeOrFail(FsmSettings settings, Open theirs) {
        try {
            return agree(settings, theirs);
        } catch (BgpErrorException error) {
            throw new AssertionError(error);
        }
    }

    private static Notification refusal(FsmSettings settings, Open theirs) {
        try {
            throw new AssertionError("agreed on " + agree(settings, theirs));
        } catch (BgpErrorException error) {
            return error.notification();
        }
    }
}
