package io.tapetum.core.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.message.Open;

/** A peer with graceful restart that connects while its old session seems to be up (RFC 4724 §5). */
class RestartedPeerTest {

    private static final FsmSettings SETTINGS = SampleSettings.settings(ConnectMode.FALLBACK);
    private static final Open OPEN = SampleSettings.calicoOpen(SampleSettings.LOWER_ID);

    private final Rig rig = Rig.established(SETTINGS, OPEN);
    private final int old = rig.id;
    private int fresh;

    @BeforeEach
    void the_peer_connects_again() {
        fresh = rig.incoming().id;
        assertThat(rig.did()).isEqualTo("send OPEN");
    }

    @Test
    void the_new_connection_takes_over_once_it_is_as_far_as_established() {
        // when
        rig.receive(OPEN);

        // then
        assertThat(rig.did()).isEqualTo("send KEEPALIVE");

        // when
        rig.receive(Keepalive.INSTANCE);

        // then
        assertThat(rig.actions()).startsWith(new Action.Close(old, false),
                new Action.Down(old, new DownReason.ReplacedByNewConnection(), true));
        assertThat(rig.did()).isEqualTo("abort, down ReplacedByNewConnection, up");
        assertThat(rig.fsm.updateReceived(fresh, rig.now)).isTrue();
        assertThat(rig.fsm.updateReceived(old, rig.now)).isFalse();
    }

    @Test
    void until_then_the_old_session_works() {
        rig.receive(OPEN);
        assertThat(rig.fsm.updateReceived(old, rig.now)).isTrue();
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void a_new_connection_that_comes_to_nothing_does_not_end_the_session() {
        assertThat(rig.closed().did()).isEqualTo("down ConnectionLost");
        assertThat(rig.lastDown().wasEstablished()).isFalse();
        assertThat(rig.fsm.updateReceived(old, rig.now)).isTrue();
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void a_stranger_behind_the_same_address_does_not_end_the_session() {
        rig.receive(new Open(4, 65000, 90, SampleSettings.LOWER_ID, List.of()));
        assertThat(rig.did()).isEqualTo("send 2/2, close, down NotificationSent");
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void an_update_on_the_new_connection_before_its_time_is_an_error_of_that_one() {
        assertThat(rig.fsm.updateReceived(fresh, rig.now)).isFalse();
        assertThat(rig.did(rig.fsm.unexpectedUpdate(fresh, rig.now)).did())
                .isEqualTo("send 5/1, close, down NotificationSent");
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void when_the_old_session_ends_first_the_new_connection_goes_on() {
        // when
        rig.receiveOn(old, Notification.of(ErrorCode.HOLD_TIMER_EXPIRED));

        // then
        assertThat(rig.did()).isEqualTo("abort, down NotificationReceived");
        assertThat(rig.fsm.state()).isEqualTo(SessionState.OPEN_SENT);
        assertThat(rig.receive(OPEN).receive(Keepalive.INSTANCE).did()).isEqualTo("up");
    }

    @Test
    void routes_may_stay_when_tcp_ended_without_a_notification() {
        assertThat(new DownReason.ReplacedByNewConnection().allowsGracefulRestart()).isTrue();
        assertThat(Rig.established(SETTINGS, OPEN).closed().lastDown().reason().allowsGracefulRestart()).isTrue();
        assertThat(rig.receiveOn(old, OPEN).lastDown().reason().allowsGracefulRestart()).isFalse();
        assertThat(Rig.established(SETTINGS, OPEN).pass(Duration.ofSeconds(90)).lastDown().reason()
                .allowsGracefulRestart()).as("after the hold time, which is told by a NOTIFICATION").isFalse();
    }

    @Test
    void a_third_connection_replaces_the_second() {
        assertThat(rig.incoming().did()).isEqualTo("send 6/7, close, down ReplacedByNewConnection, send OPEN");
        assertThat(rig.lastDown().connectionId()).isEqualTo(fresh);
    }

    @Test
    void a_peer_whose_capability_names_no_family_cannot_replace_its_session() {
        // given
        List<Capability> capabilities = new ArrayList<>(SampleSettings.calicoCapabilities());
        capabilities.add(new GracefulRestart(false, false, 120, List.of()));
        Rig other = Rig.established(SETTINGS, SampleSettings.open(90, SampleSettings.LOWER_ID, capabilities));

        // when
        Admission admission = other.fsm.incoming(false, other.now);

        // then
        assertThat(admission).isEqualTo(new Admission.Refused(Admission.Refusal.ESTABLISHED,
                Notification.of(ErrorCode.CEASE_CONNECTION_COLLISION)));
    }
}
