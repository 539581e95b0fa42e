package io.tapetum.core.fsm;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.message.Message;

/**
 * Two state machines, a clock that jumps from event to event, and TCP between them: in order on one connection and
 * direction, with a delay drawn for each segment, so that anything may overtake on another connection.
 */
final class VirtualNetwork {

    private record Event(long atNanos, long sequence, Runnable run) {}

    private final RandomGenerator random;
    private final long maxDelayNanos;
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::sequence));
    private long sequence;
    private long nowNanos;

    VirtualNetwork(RandomGenerator random, long maxDelayNanos) {
        this.random = random;
        this.maxDelayNanos = maxDelayNanos;
    }

    long nowNanos() {
        return nowNanos;
    }

    void at(long atNanos, Runnable run) {
        events.add(new Event(Math.max(atNanos, nowNanos), sequence++, run));
    }

    void runUntil(long endNanos) {
        while (!events.isEmpty() && events.element().atNanos <= endNanos) {
            Event event = events.remove();
            nowNanos = event.atNanos;
            event.run.run();
        }
        nowNanos = endNanos;
    }

    private long delay() {
        return random.nextLong(maxDelayNanos + 1);
    }

    /** One end of a TCP connection. */
    private static final class End {
        final Speaker owner;
        int id;
        boolean open;
        boolean closed;
        long lastArrivalNanos;
        @Nullable
        End other;

        End(Speaker owner) {
            this.owner = owner;
        }
    }

    /** A host that runs a state machine, and carries out its actions. */
    final class Speaker {
        private final Map<Integer, End> ends = new HashMap<>();
        private PeerFsm fsm;
        private @Nullable Speaker peer;
        private long wakeUp;
        private int life;
        private @Nullable End session;
        int timesEstablished;
        int timesLost;
        @Nullable
        DownReason lastLoss;

        Speaker(PeerFsm fsm) {
            this.fsm = fsm;
        }

        void connectTo(Speaker other) {
            peer = other;
            other.peer = this;
        }

        PeerFsm fsm() {
            return fsm;
        }

        void start() {
            perform(fsm.start(nowNanos));
        }

        /** Power off and on: connections are forgotten; what still arrives on them is answered with a reset. */
        void reboot(PeerFsm fresh, long downNanos) {
            life++;
            for (End end : ends.values()) {
                end.closed = true;
            }
            ends.clear();
            session = null;
            fsm = fresh;
            at(nowNanos + downNanos, this::start);
        }

        /** Whether both sides have a session, and it is the same connection. */
        boolean sharesSessionWithPeer() {
            return session != null && peer != null && peer.session != null && session.other == peer.session;
        }

        boolean hasSession() {
            return session != null;
        }

        int connections() {
            return ends.size();
        }

        private void perform(Iterable<Action> actions) {
            for (Action action : actions) {
                perform(action);
            }
            long deadline = fsm.nextDeadlineNanos(nowNanos);
            if (deadline - nowNanos < PeerFsm.NEVER_NANOS) {
                long wake = ++wakeUp;
                at(deadline, () -> {
                    if (wake == wakeUp) {
                        perform(fsm.timersDue(nowNanos));
                    }
                });
            }
        }

        private void perform(Action action) {
            switch (action) {
                case Action.Connect connect -> dial(connect.connectionId());
                case Action.Send send -> {
                    End end = ends.get(send.connectionId());
                    if (end == null || !end.open) {
                        throw new AssertionError("sent on a connection that is not open: " + send);
                    }
                    transmit(end, send.message());
                }
                case Action.Close close -> {
                    End end = ends.remove(close.connectionId());
                    if (end == null) {
                        throw new AssertionError("closed a connection that is gone: " + close);
                    }
                    close(end, close.flush());
                }
                case Action.Established established -> {
                    if (session != null) {
                        throw new AssertionError("two sessions at a time");
                    }
                    session = ends.get(established.connectionId());
                    timesEstablished++;
                }
                case Action.Down down -> {
                    if (down.wasEstablished()) {
                        session = null;
                        timesLost++;
                        lastLoss = down.reason();
                    }
                }
                case Action.StateChanged _ -> {
                    // Nothing to do.
                }
            }
        }

        private void dial(int id) {
            End ours = new End(this);
            ours.id = id;
            ends.put(id, ours);
            Speaker target = peer;
            if (target == null) {
                throw new AssertionError("no peer");
            }
            End theirs = new End(target);
            ours.other = theirs;
            theirs.other = ours;
            long synArrives = nowNanos + delay();
            theirs.lastArrivalNanos = synArrives + delay();
            ours.lastArrivalNanos = synArrives + delay();
            int targetLife = target.life;
            at(theirs.lastArrivalNanos, () -> {
                if (targetLife == target.life) {
                    target.accept(theirs);
                } else {
                    theirs.closed = true;
                    reset(ours);
                }
            });
            at(ours.lastArrivalNanos, () -> {
                if (!ours.closed) {
                    ours.open = true;
                    perform(fsm.connectSucceeded(id, false, nowNanos));
                }
            });
        }

        private void accept(End end) {
            switch (fsm.incoming(false, nowNanos)) {
                case Admission.Accepted accepted -> {
                    end.id = accepted.connectionId();
                    end.open = true;
                    ends.put(end.id, end);
                    perform(accepted.actions());
                }
                case Admission.Refused refused -> {
                    end.open = true;
                    transmit(end, refused.notification());
                    close(end, true);
                }
            }
        }

        private void transmit(End from, Message message) {
            End to = from.other;
            if (to == null) {
                throw new AssertionError("half a connection");
            }
            to.lastArrivalNanos = Math.max(to.lastArrivalNanos, nowNanos + delay());
            at(to.lastArrivalNanos, () -> {
                if (to.open && !to.closed) {
                    to.owner.perform(to.owner.fsm.received(to.id, message, nowNanos));
                } else if (to.closed && !from.closed) {
                    reset(from);
                }
            });
        }

        /** An orderly close arrives after what was sent; an abort may overtake it. */
        private void close(End from, boolean flush) {
            from.closed = true;
            End to = from.other;
            if (to == null) {
                throw new AssertionError("half a connection");
            }
            long arrives = nowNanos + delay();
            if (flush || arrives < to.lastArrivalNanos && !to.open) {
                arrives = Math.max(to.lastArrivalNanos, arrives);
            }
            at(arrives, () -> lost(to));
        }

        private void reset(End end) {
            at(nowNanos + delay(), () -> lost(end));
        }

        private void lost(End end) {
            if (!end.closed) {
                end.closed = true;
                end.owner.ends.remove(end.id);
                end.owner.perform(end.owner.fsm.connectionClosed(end.id, nowNanos));
            }
        }
    }
}
