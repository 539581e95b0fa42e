package io.tapetum.core.session;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.event.Refusal;
import io.tapetum.core.fsm.Action;
import io.tapetum.core.fsm.Admission;
import io.tapetum.core.fsm.DownReason;
import io.tapetum.core.fsm.FsmSettings;
import io.tapetum.core.fsm.HoldTimers;
import io.tapetum.core.fsm.Negotiated;
import io.tapetum.core.fsm.PeerFsm;
import io.tapetum.core.fsm.SessionState;
import io.tapetum.core.fsm.StopReason;
import io.tapetum.core.reflection.GroupInsight;
import io.tapetum.core.reflection.GroupKey;
import io.tapetum.core.reflection.ImportRefusal;
import io.tapetum.core.reflection.Membership;
import io.tapetum.core.reflection.Workspace;
import io.tapetum.core.settings.MaximumPrefixes;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.transport.Connection;
import io.tapetum.core.transport.ConnectionHandler;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.Message;
import io.tapetum.wire.message.RouteRefresh;
import io.tapetum.wire.nlri.Prefix;

/**
 * Somebody we may have a session with: drives the state machine with connections and timers, carries out what it says,
 * and keeps the Established session. Confined to its event loop, but for {@link #id}, {@link #loop}, {@link #settings},
 * {@link #status}, {@link #isDynamic}, and what says that any thread may call it.
 */
public final class Peer {

    private static final Family[] FAMILIES = Family.values();

    /** So late no timer is unless the whole process stood still: it was stopped, or its machine was. */
    private static final long STALL_NANOS = 2_000_000_000L;

    private final int id;
    private final boolean dynamic;
    private final EventLoop loop;
    private final SharedState shared;
    private final Workspace workspace;
    private final PeerFsm fsm;
    private final Consumer<Peer> gone;
    private final PathCounts accepted = new PathCounts();
    private final StalePaths stale;
    private final PeerFigures figures = new PeerFigures();
    private final Set<Family> endOfRibsDue = EnumSet.noneOf(Family.class);
    private final Map<Integer, Link> links = new HashMap<>();
    private PrefixLimits limits;
    private final Alarm alarm;

    private @Nullable Link established;
    private @Nullable Session session;
    private int sessions;
    /** The connection that a dynamic peer was made for has not been handed in yet. */
    private boolean awaited = true;
    private boolean removed;
    /** Held down for too many prefixes: only time, or another limit, ends that. */
    private boolean overLimit;

    // Replaced on the loop as a whole; others read it for its address, which stays, or to show it.
    private volatile PeerSettings settings;

    // Written on the loop, read by whoever asks for the status; each is a value of its own, so a reader that sees one
    // a moment before another is not misled.
    private volatile SessionState state = SessionState.IDLE;
    private volatile long stateSinceNanos;
    private volatile long upOrDownSinceNanos;
    private volatile boolean stopped;
    /** An operator does not want it. Written under the lock of who shuts down and replaces peers, before the loop is told. */
    private volatile boolean held;
    private volatile @Nullable Negotiated negotiated;
    private volatile @Nullable LastError lastError;
    /** The Established session, for what it lets any thread ask; the loop itself uses {@link #session}. */
    private volatile @Nullable Session shownSession;

    /**
     * A peer that has not been started.
     *
     * @param id unique among all peers of the process, ever
     * @param dynamic whether the peer exists only as long as it is connected, its paths are kept while it
     *            restarts, or it is held down for what it did
     * @param gone told on the loop when a dynamic peer is no longer of any interest
     */
    public Peer(int id, PeerSettings settings, boolean dynamic, EventLoop loop, SharedState shared, Workspace workspace,
            RandomGenerator random, Consumer<Peer> gone) {
        this.id = id;
        this.settings = settings;
        this.dynamic = dynamic;
        this.loop = loop;
        this.shared = shared;
        this.workspace = workspace;
        this.gone = gone;
        FsmSettings fsmSettings = FsmSettings.of(shared.settings().routerId(),
                settings.template());
        this.fsm = new PeerFsm(dynamic ? fsmSettings.passive() : fsmSettings, random);
        this.limits = new PrefixLimits(settings.template().maximumPrefixes());
        this.alarm = new Alarm(loop, this::timerDue);
        this.stale = new StalePaths(shared.tables(), workspace, loop, accepted, this::removeIfGone);
        this.stateSinceNanos = loop.nanoTime();
        this.upOrDownSinceNanos = stateSinceNanos;
    }

    /** Unique among all peers of the process, ever. */
    public int id() {
        return id;
    }

    public EventLoop loop() {
        return loop;
    }

    public PeerSettings settings() {
        return settings;
    }

    public boolean isDynamic() {
        return dynamic;
    }

    public PeerStatus status() {
        Session shown = shownSession;
        long now = loop.nanoTime();
        return new PeerStatus(settings, dynamic, stopped, state, Duration.ofNanos(now - stateSinceNanos),
                Duration.ofNanos(now - upOrDownSinceNanos), negotiated, shown == null ? null : shown.localAddress(),
                shown == null ? Map.of() : shown.routes(), lastError, figures.at(now, shown, stale.held(now)));
    }

    /** What is counted of the peer. */
    PeerFigures figures() {
        return figures;
    }

    /** Begins to connect, or to wait for the peer, unless an operator does not want it. */
    public void start() {
        stopped = held;
        if (!held) {
            perform(fsm.start(loop.nanoTime()));
        }
    }

    // ---- what operators do

    /**
     * Whether an operator has shut it down. It stays known then, even a dynamic one: the next connection would make another
     * peer of it. Callable by any thread.
     */
    public boolean isHeld() {
        return held;
    }

    /** Whether an operator wants it. What that changes {@link #obey} does, afterwards. Callable by any thread. */
    public void hold(boolean down) {
        held = down;
    }

    /**
     * Ends the session of a peer that is held, and what is kept of those before it; starts one that was held and is not any
     * more. Does what was wished last, whatever was wished before.
     */
    public void obey(String message) {
        if (held) {
            shared.deferral().completed(id);
        }
        if (held && !stopped) {
            stop(new StopReason.Shutdown(message));
        } else if (!held && stopped) {
            start();
        }
    }

    /** Asks the peer for its routes (RFC 2918); returns whether there is a session with one that answers. */
    public boolean requestRefresh() {
        Session current = session;
        Negotiated agreed = negotiated;
        if (current == null || agreed == null || !agreed.routeRefresh()) {
            return false;
        }
        current.requestRefresh();
        return true;
    }

    /** Sends the peer all routes again; returns whether there is a session. */
    public boolean resend() {
        Session current = session;
        if (current != null) {
            current.resend();
        }
        return current != null;
    }

    /** Begins anew, with the session or with the wait after an error; returns whether there was a session. */
    public boolean reset(String message) {
        boolean up = session != null;
        perform(fsm.administrativeReset(message, loop.nanoTime()));
        return up;
    }

    // ---- what operators ask

    /** On the loop. */
    public boolean isEstablished() {
        return session != null;
    }

    /** How a family stands just now, or {@code null} if no session exchanges it. On the loop. */
    public @Nullable FamilyInsight insight(Family family) {
        Session current = session;
        return current == null ? null : current.insight(family);
    }

    /** What the session's group is told of, or {@code null} if no session exchanges this family. Callable by any thread. */
    public @Nullable GroupInsight group(Family family) {
        Session shown = shownSession;
        Membership membership = shown == null ? null : shown.membership(family);
        return membership == null ? null : membership.insight();
    }

    /**
     * How the paths of a family are held that came in this session of the peer; {@code null} if it is up, or if they are just
     * being taken away. Callable by any thread.
     */
    public @Nullable HeldPaths held(Family family, RouteSource source) {
        Session shown = shownSession;
        return shown != null && shown.source().session() == source.session()
                ? null
                : stale.held(family, loop.nanoTime());
    }

    /** The announcement of a prefix that was refused, if there is one that is remembered. Callable by any thread. */
    public @Nullable RefusedAnnouncement refused(Prefix prefix) {
        Session shown = shownSession;
        RefusedAnnouncements memory = shown == null ? null : shown.refused();
        RefusedAnnouncements.Remembered found = memory == null ? null : memory.find(prefix);
        return found == null
                ? null
                : new RefusedAnnouncement(settings, found.pathId(), found.refusal(),
                        Duration.ofNanos(Math.max(0, loop.nanoTime() - found.atNanos())));
    }

    /** Whether more announcements were refused than are remembered, or {@code null}. Callable by any thread. */
    public @Nullable ManyRefused manyRefused(Family family) {
        Session shown = shownSession;
        RefusedAnnouncements memory = shown == null ? null : shown.refused();
        ImportRefusal last = memory == null ? null : memory.lastOfMany();
        long announcements = shown == null ? 0 : shown.routes(family).refused();
        return last == null || announcements == 0 ? null : new ManyRefused(settings, announcements, last);
    }

    /** Other settings of the same peer, with which a session that is up can go on. */
    public void adjust(PeerSettings changed) {
        boolean sameLimits = changed.template().maximumPrefixes().equals(settings.template().maximumPrefixes());
        settings = changed;
        if (!sameLimits) {
            limits = new PrefixLimits(changed.template().maximumPrefixes());
        }
        fsm.settings(FsmSettings.of(shared.settings().routerId(), changed.template()));
        if (overLimit && sameLimits) {
            return; // another port or timer is no reason to let it back in
        }
        if (session == null && !stopped) {
            // Where and whether to connect may be what changed.
            perform(fsm.start(loop.nanoTime()));
        } else {
            checkMaximumPrefixes();
        }
    }

    /** Ends the session and accepts no other. */
    public void stop(StopReason reason) {
        stopped = true;
        perform(fsm.stop(reason, loop.nanoTime()));
        stale.discard();
        removeIfGone();
    }

    /**
     * Takes a connection that the peer opened.
     *
     * @return who is to be told what happens on it, or {@code null} if the peer is not there any more and the caller
     *         should ask anew whose it is
     */
    public @Nullable ConnectionHandler incoming(Connection connection) {
        if (removed) {
            return null;
        }
        awaited = false;
        return switch (fsm.incoming(shared.deferral().holds(), loop.nanoTime())) {
            case Admission.Accepted accepted -> {
                Link link = Link.incoming(accepted.connectionId(), this, connection);
                links.put(link.id(), link);
                perform(accepted.actions());
                yield link;
            }
            case Admission.Refused refused -> {
                shared.events().accept(
                        new ReflectorEvent.ConnectionRefused(settings.address(),
                                new Refusal.NotWanted(refused.refusal())));
                Link.send(refused.notification(), connection, figures.sent());
                connection.close();
                removeIfGone();
                yield Link.ignored();
            }
        };
    }

    /** The connection a dynamic peer was made for did not come after all. */
    public void abandon() {
        awaited = false;
        removeIfGone();
    }

    private void perform(List<Action> actions) {
        for (int i = 0; i < actions.size(); i++) {
            perform(actions.get(i));
        }
        setAlarm(loop.nanoTime());
        removeIfGone();
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Connect connect -> {
                Link link = Link.outgoing(connect.connectionId(), this);
                links.put(link.id(), link);
                link.attempted(shared.connector().connect(settings, loop, link));
            }
            case Action.Send send -> {
                Link link = links.get(send.connectionId());
                if (link != null) {
                    link.send(send.message());
                    outputChanged(link);
                }
            }
            case Action.Close close -> {
                Link link = links.remove(close.connectionId());
                if (link != null) {
                    link.close(close.flush());
                }
            }
            case Action.Established up -> begin(up.connectionId(), up.negotiated());
            case Action.Down down -> down(down);
            case Action.StateChanged changed -> {
                state = changed.to();
                stateSinceNanos = loop.nanoTime();
                overLimit &= changed.to() == SessionState.IDLE;
                shared.events().accept(new ReflectorEvent.StateChanged(settings, changed.from(), changed.to()));
            }
        }
    }

    private void begin(int connectionId, Negotiated agreed) {
        Link link = links.get(connectionId);
        Connection connection = link == null ? null : link.connection();
        HoldTimers holdTimers = fsm.holdTimers();
        if (link == null || connection == null || holdTimers == null) {
            return; // lost while the message before was sent; the state machine has been told
        }
        connection.established();
        if (agreed.extendedMessages()) {
            connection.maximumMessageLength(BgpHeader.MAX_EXTENDED_LENGTH);
        }
        negotiated = agreed;
        stateSinceNanos = loop.nanoTime();
        upOrDownSinceNanos = stateSinceNanos;
        sessions++;
        NextHop self = NextHop.of(connection.localAddress());
        Session begun = new Session(settings, SessionTerms.source(id, sessions, settings, agreed), connection,
                SessionTerms.updateContext(settings, agreed, shared.settings()), accepted, shared, loop, workspace,
                figures.sent(), holdTimers, now -> routesSent(link, now));
        figures.sessions().up();
        session = begun;
        shownSession = begun;
        established = link;
        stale.sessionBegan(agreed);
        expectEndOfRibs(agreed);
        shared.events().accept(new ReflectorEvent.PeerUp(settings, agreed));
        begun.begin(agreed,
                family -> GroupKey.of(family, settings.template(), agreed, self, shared.selfToInternal()));
        begun.flush();
    }

    private void expectEndOfRibs(Negotiated agreed) {
        GracefulRestart restart = agreed.gracefulRestart();
        endOfRibsDue.clear();
        // RFC 4724 §4.1: a peer that restarts as well may wait for us, and one without the capability need not send any. A
        // peer that names no family restarts nothing and waits for nobody, whatever its R bit says: FRR sets it always.
        if (restart == null || (restart.restarting() && !restart.tuples().isEmpty())) {
            shared.deferral().completed(id);
        } else {
            endOfRibsDue.addAll(agreed.families());
        }
    }

    private void down(Action.Down down) {
        DownReason reason = down.reason();
        lastError = LastError.of(reason);
        if (!down.wasEstablished()) {
            shared.events().accept(new ReflectorEvent.ConnectionFailed(settings, reason.text()));
            return;
        }
        Session ended = session;
        if (ended == null) {
            return;
        }
        shared.events().accept(new ReflectorEvent.PeerDown(settings, reason,
                Duration.ofNanos(loop.nanoTime() - stateSinceNanos)));
        figures.sessions().down(DownCause.of(reason));
        Negotiated agreed = negotiated;
        upOrDownSinceNanos = loop.nanoTime();
        session = null;
        shownSession = null;
        established = null;
        negotiated = null;
        limits.forget();
        ended.end();
        Set<Family> kept = agreed == null ? Set.of() : stale.keep(ended.source(), agreed, reason);
        for (Family family : FAMILIES) {
            boolean hasPaths = accepted.of(family) > 0;
            accepted.clear(family);
            if (hasPaths && !kept.contains(family)) {
                new PathPurge(ended.source(), family, shared.tables(), workspace, loop).run();
            }
        }
    }

    private void setAlarm(long now) {
        alarm.setBy(fsm.nextDeadlineNanos(now), now);
    }

    private void timerDue(long lateNanos) {
        long now = loop.nanoTime();
        if (lateNanos >= STALL_NANOS) {
            // What the peer has sent meanwhile waits in its socket.
            fsm.stalled(now);
        }
        for (Link link : links.values()) {
            reportOutput(link, now);
        }
        perform(fsm.timersDue(now));
    }

    private void outputChanged(Link link) {
        reportOutput(link, loop.nanoTime());
    }

    private void routesSent(Link link, long now) {
        fsm.messageSent(link.id(), now);
        reportOutput(link, now);
    }

    /** Tells the state machine whether output waits and whether the peer takes it, for the send hold timer. */
    private void reportOutput(Link link, long now) {
        if (link.hasProgressed()) {
            fsm.outputProgress(link.id(), now);
        }
        if (established == link && session != null) {
            session.checkWaiting();
        }
        boolean pending = link.hasPending();
        fsm.outputPending(link.id(), pending, now);
        if (pending) {
            // Nothing else may be due for long, or ever if the hold time is 0. What was sent only puts deadlines off.
            setAlarm(now);
        }
    }

    /**
     * A dynamic peer without a connection is forgotten, but not while it is held down: it would come back as if nothing
     * had happened, with its back-off and its maximum of prefixes forgotten.
     */
    private void removeIfGone() {
        boolean heldDown = fsm.state() == SessionState.IDLE && !stopped;
        if (dynamic && !held && !awaited && !removed && links.isEmpty() && !heldDown && !stale.any()) {
            removed = true;
            alarm.cancel();
            gone.accept(this);
        }
    }

    private void checkMaximumPrefixes() {
        if (limits.areNone()) {
            return;
        }
        for (Family family : FAMILIES) {
            MaximumPrefixes limit = limits.of(family);
            int paths = accepted.of(family);
            if (limit == null) {
                continue;
            }
            if (limits.reachesWarning(family, paths)) {
                shared.events().accept(new ReflectorEvent.MaximumPrefixesReached(settings, family, paths, limit));
            }
            if (limits.forbids(family, paths)) {
                overLimit = true;
                perform(fsm.maximumPrefixesExceeded(family, limit, loop.nanoTime()));
                return;
            }
        }
    }

    // ---- what happens on the peer's connections

    void connected(Link link) {
        perform(fsm.connectSucceeded(link.id(), shared.deferral().holds(), loop.nanoTime()));
    }

    void connectFailed(Link link, String reason) {
        lastError = new LastError(LastError.Kind.SOCKET, reason);
        links.remove(link.id());
        perform(fsm.connectFailed(link.id(), loop.nanoTime()));
    }

    void octetsReceived(Link link) {
        fsm.octetsReceived(link.id(), loop.nanoTime());
    }

    void updateReceived(Link link, ByteBuf frame) throws BgpErrorException {
        long now = loop.nanoTime();
        Session current = session;
        if (!fsm.updateReceived(link.id(), now)) {
            perform(fsm.unexpectedUpdate(link.id(), now));
        } else if (current != null && established == link) {
            workspace.received(now);
            current.update(frame);
            workspace.delays().decision().record(loop.nanoTime() - now);
            checkMaximumPrefixes();
            Family ended = current.endOfRib();
            if (ended != null) {
                endOfRibReceived(ended);
            }
        }
    }

    private void endOfRibReceived(Family family) {
        stale.sweep(family);
        endOfRibsDue.remove(family);
        if (endOfRibsDue.isEmpty()) {
            shared.deferral().completed(id);
        }
    }

    void messageReceived(Link link, Message message) {
        perform(fsm.received(link.id(), message, loop.nanoTime()));
        Session current = session;
        if (message instanceof RouteRefresh refresh && current != null && established == link) {
            current.refresh(refresh);
        }
    }

    void malformed(Link link, BgpErrorException error) {
        perform(fsm.malformed(link.id(), error, loop.nanoTime()));
    }

    void overdue(Link link, Duration time) {
        perform(fsm.overdue(link.id(), time, loop.nanoTime()));
    }

    void writabilityChanged(Link link) {
        outputChanged(link);
        Session current = session;
        if (current != null && established == link) {
            current.flush();
        }
    }

    void closed(Link link) {
        links.remove(link.id());
        perform(fsm.connectionClosed(link.id(), loop.nanoTime()));
    }
}
