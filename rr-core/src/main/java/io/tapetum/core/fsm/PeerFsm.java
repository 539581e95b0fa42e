package io.tapetum.core.fsm;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.fsm.Admission.Refusal;
import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.MaximumPrefixes;
import io.tapetum.wire.Family;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Keepalive;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.Notification;
import io.tapetum.wire.message.Open;
import io.tapetum.wire.message.RouteRefresh;

/**
 * All the connections of one peer (RFC 4271 §8). Owned by one thread, the event loop of the peer; the class itself has no
 * locks. See the package for vocabulary and for where this differs from the RFCs.
 *
 * <p>Every event method returns what to do, in order; nothing happens between two events. An event of a connection that
 * is gone is ignored, so reports may cross with {@link Action.Close}. Times are those of one monotonic clock in
 * nanoseconds and are only compared by subtraction. After every call that returned actions, ask
 * {@link #nextDeadlineNanos} again, and after {@link #outputPending}; everything else only
 * moves deadlines further away, so a timer that fires too early finds nothing due and is set again.
 */
public final class PeerFsm {

    /** Further away than any deadline, and half of what subtraction can tell apart. */
    public static final long NEVER_NANOS = Long.MAX_VALUE / 2;

    /** How long TCP may take to open a connection: four SYNs of a kernel that doubles from one second. */
    static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);

    /** How long a connection that would win a collision may take to get its OPEN before the other one goes on. */
    static final Duration RIVAL_TIMEOUT = Duration.ofSeconds(5);

    private static final int TYPE_OPEN = 1;
    private static final int TYPE_UPDATE = 2;
    private static final int TYPE_KEEPALIVE = 4;
    private static final int TYPE_ROUTE_REFRESH = 5;

    private final RandomGenerator random;
    private final Retry retry;
    private final Connections connections = new Connections();
    private FsmSettings settings;
    private boolean started;
    /** The peer refused our capabilities: the next OPEN has none (RFC 5492 §3). */
    private boolean nextOpenIsPlain;

    private SessionState reported = SessionState.IDLE;
    private List<Action> actions = new ArrayList<>();

    public PeerFsm(FsmSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        this.retry = new Retry(random);
    }

    /** The state of the peer as a whole: that of its most advanced connection. */
    public SessionState state() {
        return connections.mostAdvanced(started && !retry.isIdleHold() ? SessionState.ACTIVE : SessionState.IDLE);
    }

    /** What was agreed on the session, or {@code null} while there is none. */
    public @Nullable Negotiated negotiated() {
        Connection session = connections.session();
        return session == null ? null : session.negotiated();
    }

    /** The hold timers of the session, for anybody who asks how long they have left; {@code null} while there is none. */
    public @Nullable HoldTimers holdTimers() {
        Connection session = connections.session();
        return session == null ? null : session.holdTimers();
    }

    /** Other settings for the connections to come; those that exist keep what they agreed on. */
    public void settings(FsmSettings changed) {
        settings = changed;
    }

    /* ---- Administrative events (RFC 4271 §8.1.2) ---- */

    /** Bring the peer up; also ends any wait after an error, and forgets how often it failed. */
    public List<Action> start(long nowNanos) {
        if (!started || connections.isEmpty()) {
            started = true;
            retry.clear();
            retry.forgetFailures();
            switch (settings.connect()) {
                case ACTIVE -> connect(nowNanos);
                case FALLBACK -> retry.waitForPeer(settings, nowNanos);
                case PASSIVE -> {
                    // The peer comes when it likes.
                }
            }
        }
        return result();
    }

    /** End all connections and stay down until {@link #start}. */
    public List<Action> stop(StopReason reason, long nowNanos) {
        endAll(reason.notification(), new DownReason.AdministrativeStop(reason), nowNanos);
        started = false;
        retry.clear();
        return result();
    }

    /**
     * End all connections with Cease/Administrative Reset and come back soon; also ends any wait after an error.
     *
     * @param message for the peer's operator (RFC 9003), empty for none
     */
    public List<Action> administrativeReset(String message, long nowNanos) {
        if (started) {
            endAll(new StopReason.Reset(message).notification(), new DownReason.AdministrativeReset(message), nowNanos);
            retry.forgetFailures();
            retry.failed(settings, false, nowNanos);
        }
        return result();
    }

    /**
     * The session has more paths of a family than {@code limit} allows: Cease/Maximum Number of Prefixes Reached, and
     * nothing more for {@link MaximumPrefixes#restartAfter}, or until {@link #start}.
     */
    public List<Action> maximumPrefixesExceeded(Family family, MaximumPrefixes limit, long nowNanos) {
        if (limit.action() == MaximumPrefixes.Action.WARN) {
            throw new IllegalArgumentException("a limit that only warns does not end a session");
        }
        if (connections.session() != null) {
            // RFC 4486 §4: AFI, SAFI and the limit.
            byte[] data = ByteBuffer.allocate(7).putShort((short) family.afi()).put((byte) family.safi())
                    .putInt(limit.limit()).array();
            endAll(Notification.of(ErrorCode.CEASE_MAXIMUM_PREFIXES, data),
                    new DownReason.MaximumPrefixesExceeded(family, limit), nowNanos);
            if (limit.action() == MaximumPrefixes.Action.RESTART) {
                retry.holdDown(limit.restartAfter(), nowNanos);
            } else {
                retry.holdDown();
            }
        }
        return result();
    }

    /* ---- TCP events (RFC 4271 §8.1.4) ---- */

    /**
     * The connection asked for by {@link Action.Connect} is open.
     *
     * @param restarting what the R bit of our OPEN says (RFC 4724 §3)
     */
    public List<Action> connectSucceeded(int connectionId, boolean restarting, long nowNanos) {
        Connection attempt = connections.findAttempt(connectionId);
        if (attempt != null) {
            sendOpen(attempt, restarting, nowNanos);
        }
        return result();
    }

    /** The connection asked for by {@link Action.Connect} could not be opened. */
    public List<Action> connectFailed(int connectionId, long nowNanos) {
        Connection attempt = connections.findAttempt(connectionId);
        if (attempt != null) {
            connections.remove(attempt);
            goOn(false, nowNanos);
        }
        return result();
    }

    /**
     * The peer opened a connection.
     *
     * @param restarting what the R bit of our OPEN says (RFC 4724 §3)
     */
    public Admission incoming(boolean restarting, long nowNanos) {
        if (!started) {
            return refuse(Refusal.STOPPED, ErrorCode.CEASE_CONNECTION_REJECTED);
        }
        if (retry.isIdleHold()) {
            return refuse(Refusal.IDLE_HOLD, ErrorCode.CEASE_CONNECTION_REJECTED);
        }
        Connection session = connections.session();
        if (session != null && !peerRestartsGracefully(session)) {
            // RFC 4271 §6.8: a session that works wins against any newcomer.
            return refuse(Refusal.ESTABLISHED, ErrorCode.CEASE_CONNECTION_COLLISION);
        }
        Connection former = connections.incoming();
        if (former != null) {
            endWithCollision(former, new DownReason.ReplacedByNewConnection(), nowNanos);
        }
        if (settings.connect() == ConnectMode.FALLBACK) {
            giveUpAttempt();
        }
        retry.disarm();
        Connection accepted = connections.addIncoming();
        sendOpen(accepted, restarting, nowNanos);
        return new Admission.Accepted(accepted.id(), result());
    }

    /** TCP closed or lost this connection. */
    public List<Action> connectionClosed(int connectionId, long nowNanos) {
        Connection connection = connections.findOpen(connectionId);
        if (connection == null) {
            return connectFailed(connectionId, nowNanos);
        }
        DownReason reason = new DownReason.ConnectionLost();
        end(connection, reason, nowNanos);
        goOn(false, nowNanos);
        return result();
    }

    /**
     * A connection that the peer opened has had this much time to become the session. RFC 4271 has a timer for each step
     * on the way, the first of minutes, as is right for a peer that we wait for; who comes by himself is ready.
     */
    public List<Action> overdue(int connectionId, Duration time, long nowNanos) {
        Connection connection = connections.findOpen(connectionId);
        if (connection != null && connection.state() != SessionState.ESTABLISHED) {
            end(connection, Notification.of(ErrorCode.HOLD_TIMER_EXPIRED),
                    new DownReason.NotEstablishedInTime(connection.state(), time.toSeconds()), nowNanos);
        }
        return result();
    }

    private static Admission refuse(Refusal refusal, ErrorCode error) {
        return new Admission.Refused(refusal, Notification.of(error));
    }

    /** RFC 4724 §5: only of such a peer does a new connection say anything about the old one. */
    private static boolean peerRestartsGracefully(Connection connection) {
        var capability = connection.negotiated().gracefulRestart();
        return capability != null && !capability.tuples().isEmpty();
    }

    private void sendOpen(Connection connection, boolean restarting, long nowNanos) {
        Open open = nextOpenIsPlain ? Negotiation.plainOffer(settings) : Negotiation.offer(settings, restarting);
        nextOpenIsPlain = false;
        connection.openSent(open, settings.timers(), nowNanos);
        actions.add(new Action.Send(connection.id(), open));
    }

    /* ---- BGP messages (RFC 4271 §8.1.5) ---- */

    /** A whole message other than UPDATE. */
    public List<Action> received(int connectionId, Message message, long nowNanos) {
        Connection connection = connections.findOpen(connectionId);
        if (connection != null) {
            switch (message) {
                case Open open -> openReceived(connection, open, nowNanos);
                case Keepalive _ -> keepaliveReceived(connection, nowNanos);
                case Notification notification -> notificationReceived(connection, notification, nowNanos);
                case RouteRefresh _ -> {
                    if (connection.state() == SessionState.ESTABLISHED) {
                        connection.heard(nowNanos);
                    } else {
                        unexpected(connection, TYPE_ROUTE_REFRESH, "ROUTE-REFRESH", nowNanos);
                    }
                }
            }
        }
        return result();
    }

    /** A message that RFC 4271 §6 answers with a NOTIFICATION, which the exception carries. */
    public List<Action> malformed(int connectionId, BgpErrorException error, long nowNanos) {
        Connection connection = connections.findOpen(connectionId);
        if (connection != null) {
            fail(connection, error, nowNanos);
        }
        return result();
    }

    /**
     * An UPDATE has come; free of allocation.
     *
     * @return whether it belongs to the session and may be processed; if not, {@link #unexpectedUpdate} says what
     *         happens
     */
    public boolean updateReceived(int connectionId, long nowNanos) {
        Connection session = connections.session();
        if (session == null || session.id() != connectionId) {
            return false;
        }
        session.heard(nowNanos);
        return true;
    }

    /** An UPDATE has come that {@link #updateReceived} did not take. */
    public List<Action> unexpectedUpdate(int connectionId, long nowNanos) {
        Connection connection = connections.findOpen(connectionId);
        if (connection != null && connection.state() != SessionState.ESTABLISHED) {
            unexpected(connection, TYPE_UPDATE, "UPDATE", nowNanos);
        }
        return result();
    }

    private void openReceived(Connection connection, Open open, long nowNanos) {
        if (connection.state() != SessionState.OPEN_SENT) {
            unexpected(connection, TYPE_OPEN, "OPEN", nowNanos);
            return;
        }
        try {
            connection.openReceived(Negotiation.agree(settings, connection.offer(), open), nowNanos);
        } catch (BgpErrorException error) {
            fail(connection, error, nowNanos);
            return;
        }
        Connection rival = connections.rivalOf(connection);
        if (rival == null) {
            confirm(connection, nowNanos);
        } else if (rival.isAttempt()) {
            giveUpAttempt();
            confirm(connection, nowNanos);
        } else {
            collide(connection, rival, nowNanos);
        }
    }

    /**
     * RFC 4271 §6.8. Both ends compute the same winner, so the loser can be closed as soon as it is known to be one. A
     * winner whose OPEN has not come yet may still fail, or may have been given up by the peer: until that is known the
     * loser is kept, but unconfirmed, so that the peer cannot take it for the session.
     */
    private void collide(Connection connection, Connection rival, long nowNanos) {
        if (connection.outgoing() == ourConnectionsWin(connection)) {
            endWithCollision(rival, new DownReason.CollisionLost(), nowNanos);
            confirm(connection, nowNanos);
        } else if (rival.state() == SessionState.OPEN_CONFIRM) {
            endWithCollision(connection, new DownReason.CollisionLost(), nowNanos);
            goOn(false, nowNanos);
        } else {
            connection.waitForRival(nowNanos + RIVAL_TIMEOUT.toNanos());
        }
    }

    /** The higher identifier, unsigned, and with equal ones the higher AS number (RFC 6286 §2.3). */
    private boolean ourConnectionsWin(Connection connection) {
        Negotiated negotiated = connection.negotiated();
        int order = Integer.compareUnsigned(connection.offer().bgpIdentifier(), negotiated.peerIdentifier());
        return order > 0 || order == 0 && settings.localAs() > negotiated.peerAs();
    }

    private void confirm(Connection connection, long nowNanos) {
        connection.confirmed(random, nowNanos);
        actions.add(new Action.Send(connection.id(), Keepalive.INSTANCE));
        if (connection.isKeepaliveReceived()) {
            establish(connection, nowNanos);
        }
    }

    private void keepaliveReceived(Connection connection, long nowNanos) {
        switch (connection.state()) {
            case ESTABLISHED -> connection.heard(nowNanos);
            case OPEN_CONFIRM -> {
                connection.keepaliveReceived(nowNanos);
                if (connection.isConfirmed()) {
                    establish(connection, nowNanos);
                }
            }
            default -> unexpected(connection, TYPE_KEEPALIVE, "KEEPALIVE", nowNanos);
        }
    }

    private void establish(Connection connection, long nowNanos) {
        Connection former = connections.session();
        if (former != null) {
            // RFC 4724 §5: without a NOTIFICATION, and its routes are kept as stale ones.
            actions.add(new Action.Close(former.id(), false));
            end(former, new DownReason.ReplacedByNewConnection(), nowNanos);
        }
        Connection rival = connections.rivalOf(connection);
        if (rival != null) {
            endWithCollision(rival, new DownReason.CollisionLost(), nowNanos);
        }
        retry.disarm();
        connections.promote(connection);
        connection.established(settings.timers(), nowNanos);
        actions.add(new Action.Established(connection.id(), connection.negotiated()));
    }

    /** A NOTIFICATION is never answered by another (RFC 4271 §6.4). */
    private void notificationReceived(Connection connection, Notification notification, long nowNanos) {
        // The peer sends its own OPEN as soon as it is connected, so its refusal of ours mostly comes in OpenConfirm.
        if (connection.state() != SessionState.ESTABLISHED
                && notification.error() == ErrorCode.OPEN_UNSUPPORTED_PARAMETER
                && !connection.offer().capabilities().isEmpty()
                && Negotiation.canDoWithoutCapabilities(settings)) {
            nextOpenIsPlain = true;
        }
        DownReason reason = new DownReason.NotificationReceived(notification);
        actions.add(new Action.Close(connection.id(), false));
        end(connection, reason, nowNanos);
        goOn(reason.protocolError(), nowNanos);
    }

    /** A well-formed message that this state has no use for (RFC 6608 §3): the data is its type. */
    private void unexpected(Connection connection, int type, String name, long nowNanos) {
        ErrorCode error = switch (connection.state()) {
            case OPEN_SENT -> ErrorCode.FSM_UNEXPECTED_IN_OPEN_SENT;
            case OPEN_CONFIRM -> ErrorCode.FSM_UNEXPECTED_IN_OPEN_CONFIRM;
            case ESTABLISHED -> ErrorCode.FSM_UNEXPECTED_IN_ESTABLISHED;
            case IDLE, CONNECT, ACTIVE -> ErrorCode.FSM_UNSPECIFIC;
        };
        fail(connection, new BgpErrorException(Notification.of(error, new byte[]{(byte) type}),
                name + " received in " + connection.state()), nowNanos);
    }

    private void fail(Connection connection, BgpErrorException error, long nowNanos) {
        String message = error.getMessage();
        end(connection, error.notification(),
                new DownReason.NotificationSent(error.notification(), message == null ? "" : message), nowNanos);
    }

    /* ---- Traffic; all free of allocation ---- */

    /** Octets of this connection were accepted: the session's peer is alive. */
    public void octetsReceived(int connectionId, long nowNanos) {
        Connection session = connections.session();
        if (session != null && session.id() == connectionId) {
            session.heard(nowNanos);
        }
    }

    /** A message of the driver's own, an UPDATE say, was handed to TCP: no KEEPALIVE is needed for a while. */
    public void messageSent(int connectionId, long nowNanos) {
        Connection session = connections.session();
        if (session != null && session.id() == connectionId) {
            session.sent(nowNanos);
        }
    }

    /** Whether there is output that TCP does not take: the send hold timer runs meanwhile (RFC 9687). */
    public void outputPending(int connectionId, boolean pending, long nowNanos) {
        Connection connection = connections.find(connectionId);
        if (connection != null) {
            connection.outputPending(pending, nowNanos);
        }
    }

    /** TCP took some of the pending output: the send hold timer starts again. */
    public void outputProgress(int connectionId, long nowNanos) {
        Connection session = connections.session();
        if (session != null && session.id() == connectionId) {
            session.outputProgress(nowNanos);
        }
    }

    /* ---- Timers (RFC 4271 §8.1.3) ---- */

    /**
     * When {@link #timersDue} has something to do; {@code nowNanos + NEVER_NANOS} if no timer runs. Free of allocation.
     */
    public long nextDeadlineNanos(long nowNanos) {
        return nowNanos + Math.min(retry.untilDue(nowNanos), connections.untilNextDeadline(nowNanos));
    }

    /**
     * We ourselves did not run for a while, so that the peer was not heard, and took nothing, says nothing about it: what
     * waits for that begins anew.
     * Without this a reflector that was frozen would give up all its peers at once when it goes on.
     */
    public void stalled(long nowNanos) {
        for (Connection connection : connections.all()) {
            connection.heard(nowNanos);
            connection.outputProgress(nowNanos);
        }
    }

    /** Does what is due; harmless when nothing is. */
    public List<Action> timersDue(long nowNanos) {
        if (retry.untilDue(nowNanos) <= 0 && retry.over(settings, nowNanos)) {
            connect(nowNanos);
        }
        // Several may be due at once, and the end of one may change what the next has to do.
        timersDue(connections.outgoing(), nowNanos);
        timersDue(connections.incoming(), nowNanos);
        timersDue(connections.session(), nowNanos);
        return result();
    }

    private void timersDue(@Nullable Connection connection, long nowNanos) {
        if (connection == null) {
            return;
        }
        if (connection.untilAttemptEnds(nowNanos) <= 0) {
            giveUpAttempt();
            goOn(false, nowNanos);
        } else if (connection.untilSendHoldExpires(nowNanos) <= 0) {
            // No NOTIFICATION: it would wait behind what the peer does not take.
            DownReason reason = new DownReason.SendHoldTimerExpired(connection.sendHoldSeconds());
            actions.add(new Action.Close(connection.id(), false));
            end(connection, reason, nowNanos);
            goOn(reason.protocolError(), nowNanos);
        } else if (connection.untilHoldExpires(nowNanos) <= 0) {
            end(connection, Notification.of(ErrorCode.HOLD_TIMER_EXPIRED),
                    new DownReason.HoldTimerExpired(connection.state(), connection.holdSeconds()), nowNanos);
        } else if (connection.untilRivalIsLate(nowNanos) <= 0) {
            Connection rival = connections.rivalOf(connection);
            if (rival != null) {
                endWithCollision(rival, new DownReason.CollisionLost(), nowNanos);
            }
            confirm(connection, nowNanos);
        } else if (connection.untilKeepalive(nowNanos) <= 0) {
            connection.keepaliveSent(random, nowNanos);
            actions.add(new Action.Send(connection.id(), Keepalive.INSTANCE));
        }
    }

    private void connect(long nowNanos) {
        retry.disarm();
        Connection attempt = connections.addOutgoing();
        attempt.attempt(nowNanos + ATTEMPT_TIMEOUT.toNanos());
        actions.add(new Action.Connect(attempt.id()));
    }

    /* ---- Endings ---- */

    /** The connection is told why, and closed; then whatever is left goes on. */
    private void end(Connection connection, Notification notification, DownReason reason, long nowNanos) {
        sendLast(connection, notification);
        end(connection, reason, nowNanos);
        goOn(reason.protocolError(), nowNanos);
    }

    private void endWithCollision(Connection connection, DownReason reason, long nowNanos) {
        sendLast(connection, Notification.of(ErrorCode.CEASE_CONNECTION_COLLISION));
        end(connection, reason, nowNanos);
    }

    private void endAll(@Nullable Notification notification, DownReason reason, long nowNanos) {
        for (Connection connection : connections.all()) {
            sendLast(connection, notification);
            end(connection, reason, nowNanos);
        }
    }

    /** Closes a connection; an attempt has nobody to tell why. */
    private void sendLast(Connection connection, @Nullable Notification notification) {
        if (notification == null || connection.isAttempt()) {
            actions.add(new Action.Close(connection.id(), false));
        } else {
            actions.add(new Action.Send(connection.id(), notification));
            actions.add(new Action.Close(connection.id(), true));
        }
    }

    private void end(Connection connection, DownReason reason, long nowNanos) {
        connections.remove(connection);
        // A session that lasts longer than the longest wait cannot flap faster than the back-off would let it.
        if (connection.wasStable(settings.timers().connectRetryMax(), nowNanos)) {
            retry.forgetFailures();
        }
        if (!connection.isAttempt()) {
            actions.add(new Action.Down(connection.id(), reason, connection.state() == SessionState.ESTABLISHED));
        }
    }

    /**
     * A connection is gone: the other one need not wait for it any more, or else it is time to think of the next.
     *
     * @param hold whether the peer has to wait, too
     */
    private void goOn(boolean hold, long nowNanos) {
        if (connections.isEmpty()) {
            retry.failed(settings, hold, nowNanos);
            return;
        }
        for (Connection rest : connections.all()) {
            if (rest.state() == SessionState.OPEN_CONFIRM && !rest.isConfirmed()) {
                confirm(rest, nowNanos);
            }
        }
    }

    private void giveUpAttempt() {
        Connection attempt = connections.attempt();
        if (attempt != null) {
            actions.add(new Action.Close(attempt.id(), false));
            connections.remove(attempt);
        }
    }

    private List<Action> result() {
        SessionState state = state();
        if (state != reported) {
            actions.add(new Action.StateChanged(reported, state));
            reported = state;
        }
        if (actions.isEmpty()) {
            return List.of();
        }
        List<Action> result = actions;
        actions = new ArrayList<>();
        return result;
    }
}
