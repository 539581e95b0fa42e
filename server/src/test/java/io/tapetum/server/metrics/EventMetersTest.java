package io.tapetum.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.event.Refusal;
import io.tapetum.core.fsm.Admission;
import io.tapetum.core.fsm.DownReason;
import io.tapetum.core.fsm.SessionState;
import io.tapetum.core.session.DownCause;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.server.config.Configuration;

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

    @ParameterizedTest
    @EnumSource
    void every_cause_of_an_end_has_a_counter_before_anything_happens(DownCause cause) {
        assertThat(ended(SeriesLabels.word(cause))).isZero();
    }

    @Test
    void ends_of_sessions_are_counted_by_cause(@TempDir Path folder) throws Exception {
        PeerSettings peer = Configuration.load(Files.writeString(folder.resolve("tapetum.conf"),
                "tapetum { router-id = 10.0.0.1, listen = [ \"10.0.0.1\" ], peers = [ { address = 10.0.0.2 } ] }"))
                .reflector().peers().getFirst();

        meters.accept(down(peer, new DownReason.HoldTimerExpired(SessionState.ESTABLISHED, 90)));
        meters.accept(down(peer, new DownReason.HoldTimerExpired(SessionState.ESTABLISHED, 90)));
        meters.accept(down(peer, new DownReason.SendHoldTimerExpired(480)));

        assertThat(ended("hold-timer")).isEqualTo(2);
        assertThat(ended("send-hold-timer")).isOne();
        assertThat(ended("connection-lost")).isZero();
    }

    private static ReflectorEvent down(PeerSettings peer, DownReason reason) {
        return new ReflectorEvent.PeerDown(peer, reason, Duration.ofHours(1));
    }

    private double ended(String cause) {
        return registry.get("tapetum.sessions.down").tag("cause", cause).counter().count();
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
