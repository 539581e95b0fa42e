package io.tapetum.core.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.message.Open;

/** Two connections with one peer (RFC 4271 §6.8, RFC 6286 §2.3): which survives, and when that is known. */
class CollisionTest {

    private static final FsmSettings SETTINGS = SampleSettings.settings(ConnectMode.ACTIVE);
    private static final Open LOWER = SampleSettings.calicoOpen(SampleSettings.LOWER_ID);
    private static final Open HIGHER = SampleSettings.calicoOpen(SampleSettings.HIGHER_ID);

    /** Both connections in OpenSent. */
    private static final class Both {
        final Rig rig;
        final int outgoing;
        final int incoming;

        Both(FsmSettings settings) {
            rig = new Rig(settings).start().connected();
            outgoing = rig.id;
            incoming = rig.incoming().id;
        }

        Rig on(int connectionId, Message message) {
            return rig.receiveOn(connectionId, message);
        }
    }

    /** The peer's identifier, on which connection its OPEN comes, and which one is closed at once, if any. */
    @ParameterizedTest
    @CsvSource({"LOWER,outgoing,incoming", "LOWER,incoming,none", "HIGHER,incoming,outgoing",
            "HIGHER,outgoing,none"})
    void the_connection_of_the_higher_identifier_survives(String identifier, String openOn, String closed) {
        // given
        Both both = new Both(SETTINGS);
        int on = openOn.equals("outgoing") ? both.outgoing : both.incoming;

        // when
        Rig rig = both.on(on, identifier.equals("LOWER") ? LOWER : HIGHER);

        // then
        if (closed.equals("none")) {
            assertThat(rig.did()).as("nothing is confirmed that may have to go").isEmpty();
        } else {
            int loser = closed.equals("outgoing") ? both.outgoing : both.incoming;
            assertThat(rig.actions()).startsWith(
                    new Action.Send(loser, Notification.of(ErrorCode.CEASE_CONNECTION_COLLISION)),
                    new Action.Close(loser, true), new Action.Down(loser, new DownReason.CollisionLost(), false),
                    new Action.Send(on, Keepalive.INSTANCE));
        }
    }

    @Test
    void the_loser_that_had_its_open_first_goes_when_the_winner_gets_its_own() {
        // given
        Both both = new Both(SETTINGS);
        both.on(both.incoming, LOWER);

        // when
        Rig rig = both.on(both.outgoing, LOWER);

        // then
        assertThat(rig.did()).isEqualTo("send 6/7, close, down CollisionLost, send KEEPALIVE");
        assertThat(both.on(both.outgoing, Keepalive.INSTANCE).did()).isEqualTo("up");
    }

    @Test
    void the_loser_goes_on_when_the_winner_is_gone() {
        // given
        Both both = new Both(SETTINGS);
        both.on(both.incoming, LOWER);

        // when
        both.rig.id = both.outgoing;
        Rig rig = both.rig.closed();

        // then
        assertThat(rig.did()).isEqualTo("down ConnectionLost, send KEEPALIVE");
        assertThat(both.on(both.incoming, Keepalive.INSTANCE).did()).isEqualTo("up");
    }

    @Test
    void a_peer_that_confirmed_the_loser_does_not_get_a_session_until_the_winner_is_gone() {
        // given
        Both both = new Both(SETTINGS);
        both.on(both.incoming, LOWER);

        // when
        Rig rig = both.on(both.incoming, Keepalive.INSTANCE);

        // then
        assertThat(rig.fsm.state()).isEqualTo(SessionState.OPEN_CONFIRM);
        assertThat(both.on(both.outgoing, Notification.of(ErrorCode.CEASE_CONNECTION_COLLISION)).did())
                .isEqualTo("abort, down NotificationReceived, send KEEPALIVE, up");
    }

    @Test
    void a_winner_that_stays_mute_loses_after_all() {
        // given
        Both both = new Both(SETTINGS);
        both.on(both.incoming, LOWER);

        // when
        both.rig.pass(PeerFsm.RIVAL_TIMEOUT);

        // then
        assertThat(both.rig.did()).isEqualTo("send 6/7, close, down CollisionLost, send KEEPALIVE");
        assertThat(both.rig.lastDown().connectionId()).isEqualTo(both.outgoing);
    }

    @Test
    void the_peers_connection_wins_against_a_confirmed_one_of_ours_if_its_identifier_is_higher() {
        // given
        Rig rig = Rig.openConfirm(SETTINGS, HIGHER);
        int outgoing = rig.id;

        // when
        rig.incoming().receive(HIGHER);

        // then
        assertThat(rig.did()).isEqualTo("send 6/7, close, down CollisionLost, send KEEPALIVE");
        assertThat(rig.lastDown().connectionId()).isEqualTo(outgoing);
    }

    @Test
    void the_peers_connection_loses_against_a_confirmed_one_of_ours_if_its_identifier_is_lower() {
        // given
        Rig rig = Rig.openConfirm(SETTINGS, LOWER);

        // when
        rig.incoming().receive(LOWER);

        // then
        assertThat(rig.did()).isEqualTo("send 6/7, close, down CollisionLost");
        assertThat(rig.lastDown().connectionId()).isEqualTo(rig.id);
        assertThat(rig.fsm.state()).isEqualTo(SessionState.OPEN_CONFIRM);
    }

    @ParameterizedTest
    @CsvSource({"64999,true", "64000,false"})
    void equal_identifiers_of_different_ases_are_decided_by_the_as_number(long ourAs, boolean oursWins) {
        // given
        Both both = new Both(SampleSettings.withAs(SETTINGS, ourAs, SampleSettings.AS));

        // when
        Rig rig = both.on(both.outgoing, SampleSettings.calicoOpen(SampleSettings.OUR_ID));

        // then
        assertThat(rig.did()).isEqualTo(oursWins ? "send 6/7, close, down CollisionLost, send KEEPALIVE" : "");
    }

    @Test
    void an_attempt_is_given_up_when_the_peers_connection_has_its_open() {
        // given
        Rig rig = new Rig(SETTINGS).start();
        int attempt = rig.id;
        rig.incoming();

        // when
        rig.receive(LOWER);

        // then
        assertThat(rig.actions()).startsWith(new Action.Close(attempt, false));
        assertThat(rig.did()).isEqualTo("abort, send KEEPALIVE");
        assertThat(rig.did(rig.fsm.connectSucceeded(attempt, false, rig.now)).actions()).isEmpty();
    }

    @Test
    void the_session_ends_every_other_connection() {
        // given
        Rig rig = Rig.openConfirm(SETTINGS, HIGHER);
        int outgoing = rig.id;
        rig.incoming();

        // when
        rig.receiveOn(outgoing, Keepalive.INSTANCE);

        // then
        assertThat(rig.did()).isEqualTo("send 6/7, close, down CollisionLost, up");
        assertThat(rig.fsm.state()).isEqualTo(SessionState.ESTABLISHED);
    }

    @Test
    void an_error_on_one_connection_leaves_the_other_alone() {
        // given
        Both both = new Both(SETTINGS);

        // when
        Rig rig = both.on(both.incoming, Keepalive.INSTANCE);

        // then
        assertThat(rig.did()).isEqualTo("send 5/1, close, down NotificationSent");
        assertThat(rig.fsm.state()).isEqualTo(SessionState.OPEN_SENT);
        assertThat(both.on(both.outgoing, LOWER).did()).isEqualTo("send KEEPALIVE");
    }

    @Test
    void a_second_connection_of_the_peer_replaces_its_first() {
        // given
        Rig rig = Rig.openSent(SampleSettings.settings(ConnectMode.PASSIVE));
        int first = rig.id;

        // when
        rig.incoming();

        // then
        assertThat(rig.did()).isEqualTo("send 6/7, close, down ReplacedByNewConnection, send OPEN");
        assertThat(rig.receiveOn(first, LOWER).actions()).isEmpty();
        assertThat(rig.receive(LOWER).did()).isEqualTo("send KEEPALIVE");
    }
}
