package io.tapetum.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import io.tapetum.load.measure.Latencies;
import io.tapetum.load.relay.Reflection;
import io.tapetum.load.relay.Relay;
import io.tapetum.load.route.RouteBooks;
import io.tapetum.load.verify.Fault;
import io.tapetum.wire.message.MessageLengths;

/** Twenty clients at a relay, which can be made to do something wrong. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "every client has a loopback address of its own")
class FleetTest {

    private static final int NODES = 20;
    private static final int END_OF_RIB = MessageLengths.MIN_UPDATE;

    @Test
    void everybody_knows_everything_if_the_relay_does_as_it_should() throws Exception {
        Latencies latencies = new Latencies();
        try (Relay relay = new Relay(0, Reflection::right); Fleet fleet = fleet(relay, Duration.ofSeconds(20))) {
            fleet.connect();

            long nanos = fleet.announce(latencies);
            fleet.settle(Duration.ofMillis(20));

            assertThat(nanos).isPositive();
            assertThat(latencies.count()).isEqualTo(NODES * (NODES - 1) * 3);
            assertThat(latencies.maxNanos()).isLessThanOrEqualTo(nanos);
            assertThat(fleet.received().routes()).isEqualTo(NODES * (NODES - 1) * 3);
            assertThat(fleet.received().messages()).isGreaterThanOrEqualTo(NODES * (NODES - 1));
        }
    }

    @Test
    void the_same_clients_can_do_it_again_in_new_sessions() throws Exception {
        try (Relay relay = new Relay(0, Reflection::right); Fleet fleet = fleet(relay, Duration.ofSeconds(20))) {
            fleet.connect();
            fleet.announce();

            fleet.disconnect();
            fleet.renew();
            fleet.connect();
            fleet.announce();

            assertThat(fleet.received().routes()).isEqualTo(2 * NODES * (NODES - 1) * 3);
        }
    }

    /** The other faults are named for client 0 only, or for any UPDATE but one in the tests of the check itself. */
    @ParameterizedTest
    @EnumSource(mode = Mode.INCLUDE, names = {"CLUSTER_LIST", "UNKNOWN_ATTRIBUTE", "LACKING", "FIELDS"})
    void a_wrong_update_fails_the_run_and_says_at_which_client(Fault fault) throws Exception {
        assertFails(onceWrong(fault), FailureKind.WRONG, fault.complaint());
    }

    @Test
    void a_wrong_next_hop_fails_the_run() throws Exception {
        assertFails(onceWrong(Fault.NEXT_HOP), FailureKind.WRONG, "NEXT_HOP is 100.64.0.99 instead of 100.64.0.");
    }

    @Test
    void routes_that_are_there_before_they_are_announced_fail_the_run() throws Exception {
        try (Relay relay = new Relay(0, Reflection::right); Fleet fleet = fleet(relay, Duration.ofSeconds(20))) {
            fleet.connect();
            fleet.announce();

            assertThatThrownBy(fleet::announce).isInstanceOf(LoadFailedException.class)
                    .hasMessageContaining("was told of routes before anybody announced them");
        }
    }

    @Test
    void a_notification_fails_the_run() throws Exception {
        assertFails((_, _, out) -> Fault.notification(out), FailureKind.SESSION_LOST, "Cease/Out of Resources");
    }

    @Test
    void a_dropped_update_fails_the_run_and_the_first_missing_prefix_is_named() throws Exception {
        AtomicInteger seen = new AtomicInteger();
        Reflection forgetful = (update, originator, out) -> {
            if (update.readableBytes() == END_OF_RIB || seen.incrementAndGet() != 5) {
                Reflection.right(update, originator, out);
            }
        };
        try (Relay relay = new Relay(0, forgetful); Fleet fleet = fleet(relay, Duration.ofSeconds(2))) {
            fleet.connect();

            assertThatThrownBy(fleet::announce).isInstanceOf(LoadFailedException.class)
                    .hasMessageMatching("127\\.2\\.0\\.\\d+ lacks 10\\.\\S+/26 of 127\\.2\\.0\\.\\d+, and 57 routes"
                            + " are missing at 19 of 20 clients after 2 s")
                    .extracting(e -> ((LoadFailedException) e).kind()).isEqualTo(FailureKind.NOT_CONVERGED);
        }
    }

    @Test
    void a_reflector_that_is_not_there_fails_the_run() {
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 1);
        try (Fleet fleet = new Fleet(nobody, RouteBooks.calico(2, 1, 0), 2, Duration.ofSeconds(1))) {
            assertThatThrownBy(fleet::connect).isInstanceOf(LoadFailedException.class)
                    .hasMessageContaining("2 sessions did not come up").hasMessageContaining("refused")
                    .extracting(e -> ((LoadFailedException) e).kind()).isEqualTo(FailureKind.NOT_AVAILABLE);
        }
    }

    private static void assertFails(Reflection reflection, FailureKind kind, String complaint) {
        try (Relay relay = new Relay(0, reflection); Fleet fleet = fleet(relay, Duration.ofSeconds(20))) {
            assertThatThrownBy(() -> {
                fleet.connect();
                fleet.announce();
            }).isInstanceOf(LoadFailedException.class).hasMessageContaining("127.2.0.").hasMessageContaining(complaint)
                    .extracting(e -> ((LoadFailedException) e).kind()).isEqualTo(kind);
        }
    }

    /** Spoils the UPDATE of the fifth client that sends one. */
    private static Reflection onceWrong(Fault fault) {
        AtomicInteger seen = new AtomicInteger();
        return (update, originator, out) -> {
            if (update.readableBytes() != END_OF_RIB && seen.incrementAndGet() == 5) {
                fault.reflect(update, originator, out);
            } else {
                Reflection.right(update, originator, out);
            }
        };
    }

    private static Fleet fleet(Relay relay, Duration timeout) {
        return new Fleet(relay.address(), RouteBooks.calico(NODES, 2, 1), NODES, timeout);
    }
}
