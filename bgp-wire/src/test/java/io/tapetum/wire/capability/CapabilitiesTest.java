package io.tapetum.wire.capability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability.AddPath;
import io.tapetum.wire.capability.Capability.AddPath.PathTuple;
import io.tapetum.wire.capability.Capability.EnhancedRouteRefresh;
import io.tapetum.wire.capability.Capability.ExtendedMessage;
import io.tapetum.wire.capability.Capability.ExtendedNextHop;
import io.tapetum.wire.capability.Capability.ExtendedNextHop.NextHopTuple;
import io.tapetum.wire.capability.Capability.FourOctetAs;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.capability.Capability.GracefulRestart.RestartTuple;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart.StaleTuple;
import io.tapetum.wire.capability.Capability.Multiprotocol;
import io.tapetum.wire.capability.Capability.RouteRefreshCapability;

class CapabilitiesTest {

    private static final int IPV6 = 2;

    @Test
    void a_speaker_without_capabilities_offers_ipv4_unicast_and_nothing_else() {
        Capabilities none = Capabilities.NONE;

        assertThat(none.families()).containsExactly(Family.IPV4_UNICAST);
        assertThat(none.routeRefresh()).isFalse();
        assertThat(none.enhancedRouteRefresh()).isFalse();
        assertThat(none.extendedMessage()).isFalse();
        assertThat(none.fourOctetAs()).isEmpty();
        assertThat(none.gracefulRestart()).isEmpty();
        assertThat(none.gracefulRestart(Family.IPV4_UNICAST)).isEmpty();
        assertThat(none.longLivedGracefulRestart()).isEmpty();
        assertThat(none.addPath(Family.IPV4_UNICAST)).isEmpty();
        assertThat(none.extendedNextHop(Family.IPV4_UNICAST, IPV6)).isFalse();
    }

    @Test
    void each_flag_is_there_when_its_capability_is() {
        assertThat(of(new RouteRefreshCapability()).routeRefresh()).isTrue();
        assertThat(of(new EnhancedRouteRefresh()).enhancedRouteRefresh()).isTrue();
        assertThat(of(new ExtendedMessage()).extendedMessage()).isTrue();
    }

    @Test
    void repeated_multiprotocol_capabilities_add_up() {
        assertThat(of(new Multiprotocol(2, 1), new Multiprotocol(1, 1), new Multiprotocol(2, 1)).families())
                .containsExactly(Family.IPV4_UNICAST, Family.IPV6_UNICAST);
    }

    @Test
    void a_speaker_that_names_families_does_not_mean_ipv4_unicast_too() {
        assertThat(of(new Multiprotocol(2, 1)).families()).containsExactly(Family.IPV6_UNICAST);
        assertThat(of(new Multiprotocol(25, 70)).families()).isEmpty();
    }

    @Test
    void the_last_graceful_restart_wins_as_a_whole() {
        GracefulRestart first = new GracefulRestart(true, true, 120, List.of(new RestartTuple(1, 1, true)));
        GracefulRestart last = new GracefulRestart(false, false, 60, List.of(new RestartTuple(2, 1, false)));

        Capabilities both = of(first, last);

        assertThat(both.gracefulRestart()).contains(last);
        assertThat(both.gracefulRestart(Family.IPV4_UNICAST)).isEmpty();
        assertThat(both.gracefulRestart(Family.IPV6_UNICAST)).contains(new RestartTuple(2, 1, false));
    }

    @Test
    void long_lived_graceful_restart_counts_only_beside_graceful_restart() {
        LongLivedGracefulRestart longLived = new LongLivedGracefulRestart(List.of(new StaleTuple(1, 1, true, 3600)));
        GracefulRestart restart = new GracefulRestart(false, false, 0, List.of());

        assertThat(of(longLived).longLivedGracefulRestart()).isEmpty();
        assertThat(of(longLived).longLivedGracefulRestart(Family.IPV4_UNICAST)).isEmpty();
        assertThat(of(longLived, restart).longLivedGracefulRestart()).contains(longLived);
        assertThat(of(restart, longLived).longLivedGracefulRestart(Family.IPV4_UNICAST))
                .contains(new StaleTuple(1, 1, true, 3600));
        assertThat(of(restart, longLived).longLivedGracefulRestart(Family.IPV6_UNICAST)).isEmpty();
    }

    @Test
    void the_last_four_octet_as_wins() {
        assertThat(of(new FourOctetAs(1), new FourOctetAs(4_294_967_295L)).fourOctetAs()).hasValue(4_294_967_295L);
    }

    @Test
    void the_last_mention_of_a_family_wins_in_add_path() {
        Capabilities repeated = of(
                new AddPath(List.of(new PathTuple(1, 1, true, true), new PathTuple(2, 1, true, false))),
                new AddPath(List.of(new PathTuple(1, 1, false, true))));

        assertThat(repeated.addPath(Family.IPV4_UNICAST)).contains(new PathTuple(1, 1, false, true));
        assertThat(repeated.addPath(Family.IPV6_UNICAST)).contains(new PathTuple(2, 1, true, false));
    }

    @Test
    void add_path_of_another_safi_is_not_that_of_unicast() {
        assertThat(of(new AddPath(List.of(new PathTuple(1, 128, true, true)))).addPath(Family.IPV4_UNICAST)).isEmpty();
    }

    @Test
    void extended_next_hops_of_several_instances_add_up() {
        Capabilities repeated = of(new ExtendedNextHop(List.of(new NextHopTuple(1, 1, IPV6))),
                new ExtendedNextHop(List.of(new NextHopTuple(1, 128, IPV6), new NextHopTuple(2, 1, 1))));

        assertThat(repeated.extendedNextHop(Family.IPV4_UNICAST, IPV6)).isTrue();
        assertThat(repeated.extendedNextHop(Family.IPV6_UNICAST, IPV6)).isFalse();
        assertThat(repeated.extendedNextHop(Family.IPV6_UNICAST, 1)).isTrue();
    }

    private static Capabilities of(Capability... capabilities) {
        return new Capabilities(List.of(capabilities));
    }
}
