package io.tapetum.core.fsm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

import io.tapetum.core.settings.ConnectMode;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.message.Open;
import io.tapetum.wire.message.RouteRefresh;

/** A state machine with a clock, driven by hand. Remembers what the last event led to. */
final class Rig {

    /** Late in the life of a clock that wraps around: nothing may compare times other than by subtraction. */
    private static final long START_NANOS = Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();

    final PeerFsm fsm;
    long now = START_NANOS;
    /** The connection that was opened last. */
    int id;
    private List<Action> actions = List.of();

    Rig(FsmSettings settings) {
        fsm = new PeerFsm(settings, new SplittableRandom(4271));
    }

    Rig(ConnectMode mode) {
        this(SampleSettings.settings(mode));
    }

    /* Ways into a state, on an outgoing connection in ACTIVE mode, on an incoming one otherwise */

    static Rig established(FsmSettings settings, Open peerOpen) {
        return openConfirm(settings, peerOpen).receive(Keepalive.INSTANCE);
    }

    static Rig openConfirm(FsmSettings settings, Open peerOpen) {
        return openSent(settings).receive(peerOpen);
    }

    static Rig openSent(FsmSettings settings) {
        Rig rig = new Rig(settings).start();
        return settings.connect() == ConnectMode.ACTIVE ? rig.connected() : rig.incoming();
    }

    /* Events */

    Rig did(List<Action> result) {
        actions = result;
        for (Action action : result) {
            if (action instanceof Action.Connect connect) {
                id = connect.connectionId();
            }
        }
        return this;
    }

    Rig start() {
        return did(fsm.start(now));
    }

    Rig stop(StopReason reason) {
        return did(fsm.stop(reason, now));
    }

    Rig connected() {
        return did(fsm.connectSucceeded(id, false, now));
    }

    Rig incoming() {
        if (!(fsm.incoming(false, now) instanceof Admission.Accepted accepted)) {
            throw new AssertionError("refused");
        }
        id = accepted.connectionId();
        return did(accepted.actions());
    }

    Rig receive(Message message) {
        return receiveOn(id, message);
    }

    Rig receiveOn(int connectionId, Message message) {
        return did(fsm.received(connectionId, message, now));
    }

    Rig overdue(Duration time) {
        return did(fsm.overdue(id, time, now));
    }

    Rig closed() {
        return did(fsm.connectionClosed(id, now));
    }

    /** Lets time pass and does what falls due, in order; remembers everything that led to. */
    Rig pass(Duration time) {
        long end = now + time.toNanos();
        List<Action> all = new ArrayList<>();
        while (fsm.nextDeadlineNanos(now) - end <= 0) {
            now = fsm.nextDeadlineNanos(now);
            did(fsm.timersDue(now));
            all.addAll(actions);
        }
        now = end;
        actions = all;
        return this;
    }

    Rig passToNextDeadline() {
        return pass(untilDeadline());
    }

    /* What came of it */

    Duration untilDeadline() {
        return Duration.ofNanos(fsm.nextDeadlineNanos(now) - now);
    }

    boolean noTimerRuns() {
        return fsm.nextDeadlineNanos(now) - now == PeerFsm.NEVER_NANOS;
    }

    List<Action> actions() {
        return actions;
    }

    /** The actions in words, without state changes. */
    String did() {
        return describe(actions);
    }

    Down lastDown() {
        return actions.stream().filter(Action.Down.class::isInstance).map(Action.Down.class::cast)
                .map(down -> new Down(down.connectionId(), down.reason(), down.wasEstablished()))
                .reduce((_, last) -> last).orElseThrow();
    }

    /** A {@link Action.Down}, for short. */
    record Down(int connectionId, DownReason reason, boolean wasEstablished) {}

    Open sentOpen() {
        return actions.stream().filter(Action.Send.class::isInstance).map(Action.Send.class::cast)
                .map(Action.Send::message).filter(Open.class::isInstance).map(Open.class::cast).findFirst()
                .orElseThrow();
    }

    static String describe(List<Action> actions) {
        return actions.stream().filter(action -> !(action instanceof Action.StateChanged)).map(Rig::describe)
                .collect(Collectors.joining(", "));
    }

    private static String describe(Action action) {
        return switch (action) {
            case Action.Connect _ -> "connect";
            case Action.Send send -> "send " + describe(send.message());
            case Action.Close close -> close.flush() ? "close" : "abort";
            case Action.Established _ -> "up";
            case Action.Down down -> "down " + down.reason().getClass().getSimpleName();
            case Action.StateChanged changed -> changed.from() + "->" + changed.to();
        };
    }

    static String describe(Message message) {
        return switch (message) {
            case Open _ -> "OPEN";
            case Keepalive _ -> "KEEPALIVE";
            case Notification notification -> notification.code() + "/" + notification.subcode();
            case RouteRefresh _ -> "ROUTE-REFRESH";
        };
    }
}
