package io.tapetum.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.tapetum.core.session.PeerStatus;
import io.tapetum.rib.AttributeTable;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.update.UpdateContext;

/** A table so large that a lost session's routes are not purged in one go. */
@ExtendWith(CheapBuffers.class)
class LargeTableTest {

    private static final int PREFIXES = 30_000;
    private static final RunSettings SETTINGS = new RunSettings(64512, 65010, 2, 0, Set.of(Family.IPV4_UNICAST), 1, 1,
            90, false, false, false, 120, 0, 1);
    private static final Network.Quality SWIFT = new Network.Quality(VirtualTime.MILLI / 100, VirtualTime.MILLI / 50,
            1 << 20, 32 << 10, 64 << 10, 1 << 20, true);

    private World world = world(0);
    private Topology topology = new Topology(world, SETTINGS, Topology.Shape.SINGLE);

    /** A network whose first client restarts gracefully, so that it may come back before its old session is gone. */
    LargeTableTest() {
        for (long seed = 0; !restartsGracefully(); seed++) {
            world = world(seed);
            topology = new Topology(world, SETTINGS, Topology.Shape.SINGLE);
        }
    }

    private static World world(long seed) {
        return new World(new SplittableRandom(seed), SWIFT, random -> new Announcements(random,
                UpdateContext.internal(64512, Set.of(Family.IPV4_UNICAST)), 65010, 120, new AttributeTable()));
    }

    private boolean restartsGracefully() {
        SpeakerSettings settings = topology.speakers().getFirst().settings();
        return settings.capable() && settings.gracefulRestart();
    }

    @Test
    void a_client_that_returns_before_its_old_routes_are_purged_has_them_counted_and_later_purged() {
        // given
        ReflectorNode reflector = topology.reflectors().getFirst();
        Speaker client = topology.speakers().getFirst();
        List<Prefix> prefixes = new ArrayList<>();
        for (int i = 0; i < PREFIXES; i++) {
            prefixes.add(Prefix.ipv4(0x1000_0000 + (i << 8), 24));
        }
        client.announce(prefixes, Map.of(Family.IPV4_UNICAST, NextHop.ipv4(0x0A000001)));
        reflector.start();
        topology.speakers().forEach(Speaker::start);
        pass(20);
        assertThat(accepted(reflector, client)).isEqualTo(PREFIXES);

        // when
        reflector.excuse(client);
        client.crash();
        client.start();
        pass(20);

        // then
        assertThat(reflector.reflector().tables().adjRibIn(Family.IPV4_UNICAST).prefixes()).isEqualTo(PREFIXES);
        assertThat(accepted(reflector, client)).isEqualTo(PREFIXES);

        // when
        client.stop();
        pass(20);

        // then
        assertThat(reflector.reflector().tables().adjRibIn(Family.IPV4_UNICAST).prefixes()).isZero();
        assertThat(accepted(reflector, client)).isZero();
    }

    private void pass(int seconds) {
        world.time().runUntil(world.time().now() + seconds * VirtualTime.SECOND);
    }

    private static int accepted(ReflectorNode reflector, Speaker client) {
        for (PeerStatus status : reflector.reflector().status().toList()) {
            if (status.peer().address().equals(client.address())) {
                return status.accepted(Family.IPV4_UNICAST);
            }
        }
        throw new IllegalArgumentException(client.name());
    }
}
