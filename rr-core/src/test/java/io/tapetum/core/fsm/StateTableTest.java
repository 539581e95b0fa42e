package io.tapetum.core.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.message.RouteRefresh;

/** RFC 4271 §8.2.2 as one table: what every event leads to in every state. */
class StateTableTest {

    enum Given {
        STOPPED, IDLE_HOLD, CONNECT, ACTIVE, OPEN_SENT, OPEN_CONFIRM, ESTABLISHED
    }

    enum Event {
        START, STOP, CONNECTED, CONNECT_FAILED, INCOMING, CLOSED, OPEN, KEEPALIVE, UPDATE, ROUTE_REFRESH, CEASE,
        OPEN_ERROR, MALFORMED, TIMER
    }

    /** Given, event, next state, actions. TIMER is the nearest deadline. */
    private static final String TABLE = """
                                        STOPPED      | START          | CONNECT      | connect
                                        STOPPED      | STOP           | IDLE         |
                                        STOPPED      | CONNECTED      | IDLE         |
                                        STOPPED      | CONNECT_FAILED | IDLE         |
                                        STOPPED      | INCOMING       | IDLE         | refuse 6/5
                                        STOPPED      | CLOSED         | IDLE         |
                                        STOPPED      | OPEN           | IDLE         |
                                        STOPPED      | KEEPALIVE      | IDLE         |
                                        STOPPED      | UPDATE         | IDLE         |
                                        STOPPED      | ROUTE_REFRESH  | IDLE         |
                                        STOPPED      | CEASE          | IDLE         |
                                        STOPPED      | OPEN_ERROR     | IDLE         |
                                        STOPPED      | MALFORMED      | IDLE         |
                                        STOPPED      | TIMER          | IDLE         |

                                        IDLE_HOLD    | START          | CONNECT      | connect
                                        IDLE_HOLD    | STOP           | IDLE         |
                                        IDLE_HOLD    | CONNECTED      | IDLE         |
                                        IDLE_HOLD    | CONNECT_FAILED | IDLE         |
                                        IDLE_HOLD    | INCOMING       | IDLE         | refuse 6/5
                                        IDLE_HOLD    | CLOSED         | IDLE         |
                                        IDLE_HOLD    | OPEN           | IDLE         |
                                        IDLE_HOLD    | KEEPALIVE      | IDLE         |
                                        IDLE_HOLD    | UPDATE         | IDLE         |
                                        IDLE_HOLD    | ROUTE_REFRESH  | IDLE         |
                                        IDLE_HOLD    | CEASE          | IDLE         |
                                        IDLE_HOLD    | OPEN_ERROR     | IDLE         |
                                        IDLE_HOLD    | MALFORMED      | IDLE         |
                                        IDLE_HOLD    | TIMER          | CONNECT      | connect

                                        CONNECT      | START          | CONNECT      |
                                        CONNECT      | STOP           | IDLE         | abort
                                        CONNECT      | CONNECTED      | OPEN_SENT    | send OPEN
                                        CONNECT      | CONNECT_FAILED | ACTIVE       |
                                        CONNECT      | INCOMING       | OPEN_SENT    | send OPEN
                                        CONNECT      | CLOSED         | ACTIVE       |
                                        CONNECT      | OPEN           | CONNECT      |
                                        CONNECT      | KEEPALIVE      | CONNECT      |
                                        CONNECT      | UPDATE         | CONNECT      |
                                        CONNECT      | ROUTE_REFRESH  | CONNECT      |
                                        CONNECT      | CEASE          | CONNECT      |
                                        CONNECT      | OPEN_ERROR     | CONNECT      |
                                        CONNECT      | MALFORMED      | CONNECT      |
                                        CONNECT      | TIMER          | ACTIVE       | abort

                                        ACTIVE       | START          | CONNECT      | connect
                                        ACTIVE       | STOP           | IDLE         |
                                        ACTIVE       | CONNECTED      | ACTIVE       |
                                        ACTIVE       | CONNECT_FAILED | ACTIVE       |
                                        ACTIVE       | INCOMING       | OPEN_SENT    | send OPEN
                                        ACTIVE       | CLOSED         | ACTIVE       |
                                        ACTIVE       | OPEN           | ACTIVE       |
                                        ACTIVE       | KEEPALIVE      | ACTIVE       |
                                        ACTIVE       | UPDATE         | ACTIVE       |
                                        ACTIVE       | ROUTE_REFRESH  | ACTIVE       |
                                        ACTIVE       | CEASE          | ACTIVE       |
                                        ACTIVE       | OPEN_ERROR     | ACTIVE       |
                                        ACTIVE       | MALFORMED      | ACTIVE       |
                                        ACTIVE       | TIMER          | CONNECT      | connect

                                        OPEN_SENT    | START          | OPEN_SENT    |
                                        OPEN_SENT    | STOP           | IDLE         | send 6/2, close, down AdministrativeStop
                                        OPEN_SENT    | CONNECTED      | OPEN_SENT    |
                                        OPEN_SENT    | CONNECT_FAILED | OPEN_SENT    |
                                        OPEN_SENT    | INCOMING       | OPEN_SENT    | send OPEN
                                        OPEN_SENT    | CLOSED         | ACTIVE       | down ConnectionLost
                                        OPEN_SENT    | OPEN           | OPEN_CONFIRM | send KEEPALIVE
                                        OPEN_SENT    | KEEPALIVE      | IDLE         | send 5/1, close, down NotificationSent
                                        OPEN_SENT    | UPDATE         | IDLE         | send 5/1, close, down NotificationSent
                                        OPEN_SENT    | ROUTE_REFRESH  | IDLE         | send 5/1, close, down NotificationSent
                                        OPEN_SENT    | CEASE          | ACTIVE       | abort, down NotificationReceived
                                        OPEN_SENT    | OPEN_ERROR     | IDLE         | abort, down NotificationReceived
                                        OPEN_SENT    | MALFORMED      | IDLE         | send 1/1, close, down NotificationSent
                                        OPEN_SENT    | TIMER          | ACTIVE       | send 4/0, close, down HoldTimerExpired

                                        OPEN_CONFIRM | START          | OPEN_CONFIRM |
                                        OPEN_CONFIRM | STOP           | IDLE         | send 6/2, close, down AdministrativeStop
                                        OPEN_CONFIRM | CONNECTED      | OPEN_CONFIRM |
                                        OPEN_CONFIRM | CONNECT_FAILED | OPEN_CONFIRM |
                                        OPEN_CONFIRM | INCOMING       | OPEN_CONFIRM | send OPEN
                                        OPEN_CONFIRM | CLOSED         | ACTIVE       | down ConnectionLost
                                        OPEN_CONFIRM | OPEN           | IDLE         | send 5/2, close, down NotificationSent
                                        OPEN_CONFIRM | KEEPALIVE      | ESTABLISHED  | up
                                        OPEN_CONFIRM | UPDATE         | IDLE         | send 5/2, close, down NotificationSent
                                        OPEN_CONFIRM | ROUTE_REFRESH  | IDLE         | send 5/2, close, down NotificationSent
                                        OPEN_CONFIRM | CEASE          | ACTIVE       | abort, down NotificationReceived
                                        OPEN_CONFIRM | OPEN_ERROR     | IDLE         | abort, down NotificationReceived
                                        OPEN_CONFIRM | MALFORMED      | IDLE         | send 1/1, close, down NotificationSent
                                        OPEN_CONFIRM | TIMER          | OPEN_CONFIRM | send KEEPALIVE

                                        ESTABLISHED  | START          | ESTABLISHED  |
                                        ESTABLISHED  | STOP           | IDLE         | send 6/2, close, down AdministrativeStop
                                        ESTABLISHED  | CONNECTED      | ESTABLISHED  |
                                        ESTABLISHED  | CONNECT_FAILED | ESTABLISHED  |
                                        ESTABLISHED  | INCOMING       | ESTABLISHED  | refuse 6/7
                                        ESTABLISHED  | CLOSED         | ACTIVE       | down ConnectionLost
                                        ESTABLISHED  | OPEN           | IDLE         | send 5/3, close, down NotificationSent
                                        ESTABLISHED  | KEEPALIVE      | ESTABLISHED  |
                                        ESTABLISHED  | UPDATE         | ESTABLISHED  | process
                                        ESTABLISHED  | ROUTE_REFRESH  | ESTABLISHED  |
                                        ESTABLISHED  | CEASE          | ACTIVE       | abort, down NotificationReceived
                                        ESTABLISHED  | OPEN_ERROR     | IDLE         | abort, down NotificationReceived
                                        ESTABLISHED  | MALFORMED      | IDLE         | send 1/1, close, down NotificationSent
                                        ESTABLISHED  | TIMER          | ESTABLISHED  | send KEEPALIVE
                                        """;

    record Row(Given given, Event event, SessionState next, String actions) {}

    static Stream<Row> rows() {
        return TABLE.lines().filter(line -> !line.isBlank()).map(line -> {
            List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            return new Row(Given.valueOf(cells.get(0)), Event.valueOf(cells.get(1)),
                    SessionState.valueOf(cells.get(2)), cells.get(3));
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void every_event_has_one_outcome_in_every_state(Row row) {
        // given
        Rig rig = in(row.given);
        SessionState before = rig.fsm.state();

        // when
        String did = happens(row.event, rig);

        // then
        assertThat(did).isEqualTo(row.actions);
        assertThat(rig.fsm.state()).isEqualTo(row.next);
        if (before != row.next) {
            assertThat(rig.actions()).contains(new Action.StateChanged(before, row.next));
        } else {
            assertThat(rig.actions()).noneMatch(Action.StateChanged.class::isInstance);
        }
    }

    @Test
    void the_table_is_complete() {
        Set<String> pairs = new HashSet<>();
        rows().forEach(row -> pairs.add(row.given + " " + row.event));
        assertThat(pairs).hasSize(Given.values().length * Event.values().length);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void an_event_of_a_connection_that_is_gone_changes_nothing(Row row) {
        // given
        Rig rig = in(row.given);
        int current = rig.id;
        rig.id = current + 1000;

        // when
        String did = switch (row.event) {
            case START, STOP, INCOMING, TIMER -> "";
            default -> happens(row.event, rig);
        };

        // then
        assertThat(did).isEmpty();
        assertThat(rig.fsm.state()).isEqualTo(in(row.given).fsm.state());
    }

    private static Rig in(Given given) {
        FsmSettings settings = SampleSettings.settings(ConnectMode.ACTIVE);
        var peerOpen = SampleSettings.openWithoutGracefulRestart(SampleSettings.LOWER_ID);
        return switch (given) {
            case STOPPED -> new Rig(settings);
            case IDLE_HOLD -> Rig.openSent(settings).receive(Keepalive.INSTANCE);
            case CONNECT -> new Rig(settings).start();
            case ACTIVE -> {
                Rig rig = new Rig(settings).start();
                yield rig.did(rig.fsm.connectFailed(rig.id, rig.now));
            }
            case OPEN_SENT -> Rig.openSent(settings);
            case OPEN_CONFIRM -> Rig.openConfirm(settings, peerOpen);
            case ESTABLISHED -> Rig.established(settings, peerOpen);
        };
    }

    private static String happens(Event event, Rig rig) {
        PeerFsm fsm = rig.fsm;
        return switch (event) {
            case START -> rig.start().did();
            case STOP -> rig.stop(new StopReason.Shutdown("")).did();
            case CONNECTED -> rig.connected().did();
            case CONNECT_FAILED -> rig.did(fsm.connectFailed(rig.id, rig.now)).did();
            case INCOMING -> switch (fsm.incoming(false, rig.now)) {
                case Admission.Accepted accepted -> rig.did(accepted.actions()).did();
                case Admission.Refused refused -> {
                    rig.did(List.of());
                    yield "refuse " + Rig.describe(refused.notification());
                }
            };
            case CLOSED -> rig.closed().did();
            case OPEN -> rig.receive(SampleSettings.openWithoutGracefulRestart(SampleSettings.LOWER_ID)).did();
            case KEEPALIVE -> rig.receive(Keepalive.INSTANCE).did();
            case UPDATE -> {
                if (fsm.updateReceived(rig.id, rig.now)) {
                    rig.did(List.of());
                    yield "process";
                }
                yield rig.did(fsm.unexpectedUpdate(rig.id, rig.now)).did();
            }
            case ROUTE_REFRESH -> rig.receive(new RouteRefresh(1, RouteRefresh.REQUEST, 1)).did();
            case CEASE -> rig.receive(Notification.of(ErrorCode.CEASE_OTHER_CONFIGURATION_CHANGE)).did();
            case OPEN_ERROR -> rig.receive(Notification.of(ErrorCode.OPEN_BAD_PEER_AS)).did();
            case MALFORMED -> rig.did(fsm.malformed(rig.id, new BgpErrorException(
                    Notification.of(ErrorCode.HEADER_NOT_SYNCHRONIZED), "marker 0x00"), rig.now)).did();
            case TIMER -> rig.noTimerRuns() ? rig.did(fsm.timersDue(rig.now)).did() : rig.passToNextDeadline().did();
        };
    }
}
