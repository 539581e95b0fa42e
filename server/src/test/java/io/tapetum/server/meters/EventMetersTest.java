package io.tapetum.server.meters;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.event.Refusal;
import io.tapetum.core.fsm.Admission;

/** What is counted of the reflector's events. */
class EventMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final EventMeters meters = new EventMeters(registry);

    private double refused(Refusal.Reason reason) {
        return registry.get("tapetum.connections.refused").tag("reason", reason.label()).counter().count();
    }

    @ParameterizedTest
    @EnumSource
    void every_reason_has_a_counter_before_anything_happens(Refusal.Reason reason) {
        assertThat(refused(reason)).isZero();
    }

    @Test
    void refusals_are_counted_by_reason_and_not_by_source() {
        for (int i = 1; i < 10; i++) {
            meters.accept(new ReflectorEvent.ConnectionRefused(InetAddress.ofLiteral("10.0.0." + i),
                    new Refusal.UnknownSource()));
        }
        meters.accept(new ReflectorEvent.ConnectionRefused(InetAddress.ofLiteral("10.0.0.1"),
                new Refusal.NotWanted(Admission.Refusal.IDLE_HOLD)));

        assertThat(refused(Refusal.Reason.UNKNOWN_SOURCE)).isEqualTo(9);
        assertThat(refused(Refusal.Reason.HELD_DOWN)).isOne();
        assertThat(refused(Refusal.Reason.STOPPED)).isZero();
    }

    @Test
    void every_kind_of_refusal_is_told_with_what_to_do_about_it_or_why() {
        assertThat(new Refusal.HalfOpenLimit(7).text()).contains("7", "tapetum.connections.half-open");
        assertThat(new Refusal.TotalLimit(8).text()).contains("8", "tapetum.connections.maximum");
        assertThat(new Refusal.SourceLimit(9).text()).contains("9", "tapetum.connections.per-source");
        assertThat(new Refusal.RateLimit(10, Duration.ofMinutes(1)).text()).contains("10", "60 s",
                "tapetum.connections.rate");
        assertThat(new Refusal.Unprotected("its key x is not there").text()).isEqualTo("its key x is not there");
    }
}
