package io.tapetum.core.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.MaximumPrefixes;
import io.tapetum.wire.Family;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.message.ShutdownCommunication;

/** Endings that are our own decision: what the peer is told, what operators read, and when the peer may come back. */
class StopTest {

    private static final FsmSettings SETTINGS = SampleSettings.settings(ConnectMode.ACTIVE);

    static Stream<Arguments> stopReasons() {
        return Stream.of(Arguments.of(new StopReason.Shutdown("disk full"), "send 6/2, close", "disk full"),
                Arguments.of(new StopReason.Deconfigured(), "send 6/3, close", "removed from the configuration"),
                Arguments.of(new StopReason.Reset(""), "send 6/4, close", "reset by an operator"),
                Arguments.of(new StopReason.ConfigurationChange(), "send 6/6, close", "configuration changed"),
                Arguments.of(new StopReason.Silent(), "abort", "without a NOTIFICATION"));
    }

    @ParameterizedTest
    @MethodSource("stopReasons")
    void every_stop_reason_has_its_cease_and_its_text(StopReason reason, String told, String text) {
        // given
        Rig rig = Rig.established(SETTINGS, SampleSettings.calicoOpen(SampleSettings.LOWER_ID));

        // when
        rig.stop(reason);

        // then
        assertThat(rig.did()).isEqualTo(told + ", down AdministrativeStop");
        assertThat(rig.lastDown().wasEstablished()).isTrue();
        assertThat(rig.lastDown().reason().text()).contains(text);
        assertThat(rig.noTimerRuns()).isTrue();
    }

    @Test
    void a_peers_shutdown_message_is_shown_to_operators() {
        // given
        Rig rig = Rig.established(SETTINGS, SampleSettings.calicoOpen(SampleSettings.LOWER_ID));

        // when
        rig.receive(ShutdownCommunication.notification(ErrorCode.CEASE_ADMINISTRATIVE_SHUTDOWN,
                "kernel\nupgrade"));

        // then
        assertThat(rig.lastDown().reason().text()).contains("6/2").contains("\"kernel\uFFFDupgrade\"");
    }

    @Test
    void an_administrative_reset_lets_the_peer_come_back_at_once() {
        // given
        Rig rig = Rig.established(SETTINGS, SampleSettings.calicoOpen(SampleSettings.LOWER_ID));

        // when
        rig.did(rig.fsm.administrativeReset("new cable", rig.now));

        // then
        assertThat(rig.did()).isEqualTo("send 6/4, close, down AdministrativeReset");
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ACTIVE);
        assertThat(rig.incoming().did()).isEqualTo("send OPEN");
    }

    @Test
    void an_administrative_reset_of_a_stopped_peer_does_not_start_it() {
        Rig rig = new Rig(SETTINGS);
        rig.did(rig.fsm.administrativeReset("", rig.now));
        assertThat(rig.actions()).isEmpty();
        assertThat(rig.fsm.state()).isEqualTo(SessionState.IDLE);
    }

    @Test
    void too_many_prefixes_hold_the_peer_down_for_as_long_as_configured() {
        // given
        Rig rig = Rig.established(SETTINGS, SampleSettings.calicoOpen(SampleSettings.LOWER_ID));
        MaximumPrefixes limit = new MaximumPrefixes(0x01020304, 80, MaximumPrefixes.Action.RESTART,
                Duration.ofMinutes(10));

        // when
        rig.did(rig.fsm.maximumPrefixesExceeded(Family.IPV6_UNICAST, limit, rig.now));

        // then
        assertThat(rig.actions()).contains(new Action.Send(rig.id,
                Notification.of(ErrorCode.CEASE_MAXIMUM_PREFIXES, new byte[]{0, 2, 1, 1, 2, 3, 4})));
        assertThat(rig.lastDown().reason()).isInstanceOf(DownReason.MaximumPrefixesExceeded.class);
        assertThat(rig.fsm.incoming(false, rig.now)).isInstanceOf(Admission.Refused.class);
        assertThat(rig.untilDeadline()).isEqualTo(Duration.ofMinutes(10));
        assertThat(rig.passToNextDeadline().did()).isEqualTo("connect");
    }

    @Test
    void too_many_prefixes_may_hold_the_peer_down_until_an_operator_clears_it() {
        // given
        Rig rig = Rig.established(SETTINGS, SampleSettings.calicoOpen(SampleSettings.LOWER_ID));
        MaximumPrefixes limit = new MaximumPrefixes(10, 80, MaximumPrefixes.Action.SHUTDOWN, Duration.ZERO);

        // when
        rig.did(rig.fsm.maximumPrefixesExceeded(Family.IPV4_UNICAST, limit, rig.now));

        // then
        assertThat(rig.noTimerRuns()).isTrue();
        assertThat(rig.fsm.incoming(false, rig.now)).isInstanceOfSatisfying(Admission.Refused.class,
                refused -> assertThat(refused.refusal()).isEqualTo(Admission.Refusal.IDLE_HOLD));
        assertThat(rig.start().did()).isEqualTo("connect");
    }

    @Test
    void stopping_ends_both_connections_and_the_candidate() {
        // given
        Rig rig = Rig.established(SETTINGS, SampleSettings.calicoOpen(SampleSettings.LOWER_ID));
        rig.incoming();

        // when
        rig.stop(new StopReason.Deconfigured());

        // then
        assertThat(rig.did()).isEqualTo(
                "send 6/3, close, down AdministrativeStop, send 6/3, close, down AdministrativeStop");
        assertThat(rig.receive(Keepalive.INSTANCE).actions()).isEmpty();
    }

    @Test
    void every_down_reason_reads_as_a_sentence_for_operators() {
        Notification cease = Notification.of(ErrorCode.CEASE_BFD_DOWN);
        MaximumPrefixes limit = new MaximumPrefixes(10, 80, MaximumPrefixes.Action.SHUTDOWN, Duration.ZERO);
        Map<DownReason, String> texts = Map.of(new DownReason.NotificationSent(cease, "why"), "6/10",
                new DownReason.NotificationReceived(cease), "6/10",
                new DownReason.HoldTimerExpired(SessionState.ESTABLISHED, 90), "90 s",
                new DownReason.HoldTimerExpired(SessionState.OPEN_SENT, 240), "no OPEN",
                new DownReason.SendHoldTimerExpired(480), "480 s", new DownReason.ConnectionLost(), "TCP",
                new DownReason.CollisionLost(), "collision", new DownReason.ReplacedByNewConnection(), "new connection",
                new DownReason.MaximumPrefixesExceeded(Family.IPV4_UNICAST, limit), "10 paths");
        texts.forEach((reason, part) -> assertThat(reason.text()).contains(part));
    }
}
