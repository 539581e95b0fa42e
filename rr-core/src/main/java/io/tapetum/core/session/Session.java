package io.tapetum.core.session;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.fsm.HoldTimers;
import io.tapetum.core.fsm.Negotiated;
import io.tapetum.core.history.FollowedPrefix;
import io.tapetum.core.history.Occurrence;
import io.tapetum.core.reflection.GroupKey;
import io.tapetum.core.reflection.ImportRefusal;
import io.tapetum.core.reflection.ImportRules;
import io.tapetum.core.reflection.Membership;
import io.tapetum.core.reflection.RoutingTables;
import io.tapetum.core.reflection.Workspace;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.transport.Connection;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.Change;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeError;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.RouteRefresh;
import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.update.UpdateContext;
import io.tapetum.wire.update.UpdateParser;

/**
 * An Established session: takes UPDATEs to the Adj-RIB-In and on to the update groups, and sends what the groups' logs
 * hold. Confined to its peer's event loop. The way of an UPDATE allocates nothing but what the tables keep.
 */
final class Session {

    private static final Family[] FAMILIES = Family.values();

    private final PeerSettings settings;
    private final RouteSource source;
    private final Connection connection;
    private final RoutingTables tables;
    private final ImportRules importRules;
    private final RestartDeferral deferral;
    private final Workspace workspace;
    private final Consumer<ReflectorEvent> events;
    private final UpdateParser parser;
    private final PathCounts accepted;
    private final EventLoop loop;
    private final LongConsumer sent;
    private final TrafficCounters traffic;
    private final HoldTimers holdTimers;
    private final UpdateCounters counters = new UpdateCounters();
    private final InetAddress localAddress;
    private final List<FamilySession> families = new ArrayList<>();
    private final Set<Family> givenUp = EnumSet.noneOf(Family.class);

    /**
     * A {@link Lapse}: the connection has had octets that the kernel has not taken, as far as is known. Volatile for those who
     * ask for the status; written on the loop, when it changes.
     */
    private volatile long waitingSince = Lapse.NONE;

    // Volatile for those who ask what was refused: made once, on the loop, at the first refusal.
    private volatile @Nullable RefusedAnnouncements refused;

    // Volatile for those who ask for the status: replaced as wholes on the loop, the first when the session begins and ends,
    // the second when an End-of-RIB comes.
    private volatile Map<Family, FamilySession> shownFamilies = Map.of();
    private volatile Set<Family> endOfRibsReceived = Set.of();

    /**
     * A session that has not begun.
     *
     * @param traffic counts what it sends
     * @param holdTimers that may end it
     * @param sent told when something was sent, and the time
     */
    Session(PeerSettings settings, RouteSource source, Connection connection, UpdateContext context,
            PathCounts accepted, SharedState shared, EventLoop loop, Workspace workspace, TrafficCounters traffic,
            HoldTimers holdTimers, LongConsumer sent) {
        this.settings = settings;
        this.source = source;
        this.connection = connection;
        this.localAddress = connection.localAddress();
        this.tables = shared.tables();
        this.importRules = shared.importRules();
        this.deferral = shared.deferral();
        this.loop = loop;
        this.workspace = workspace;
        this.events = shared.events();
        this.parser = new UpdateParser(context, tables.attributes());
        this.accepted = accepted;
        this.sent = sent;
        this.traffic = traffic;
        this.holdTimers = holdTimers;
    }

    RouteSource source() {
        return source;
    }

    /** The address of our end. Callable by any thread. */
    InetAddress localAddress() {
        return localAddress;
    }

    /** A family's routes as they are now. Callable by any thread. */
    RouteCounts routes(Family family) {
        FamilySession own = shownFamilies.get(family);
        return counters.with(family, accepted.of(family), own == null ? 0 : own.announced());
    }

    /** Every family's routes as they are now. Callable by any thread. */
    Map<Family, RouteCounts> routes() {
        return ofEachFamily((family, _) -> routes(family));
    }

    /** How every family is doing now. Callable by any thread. */
    Map<Family, FamilyFigures> figures(long nowNanos) {
        // The kernel may have taken all by now, which nobody is told.
        long waitingNanos = connection.hasPending() ? Lapse.nanos(waitingSince, nowNanos) : 0;
        Set<Family> completed = endOfRibsReceived;
        return ofEachFamily((family, own) -> own.figures(waitingNanos, completed.contains(family), nowNanos));
    }

    /** Asked of every session for each scrape, and most have one family: that costs one small map. */
    private <T> Map<Family, T> ofEachFamily(BiFunction<Family, FamilySession, T> said) {
        Map<Family, FamilySession> shown = shownFamilies;
        Map<Family, T> all = Map.of();
        for (Family family : FAMILIES) {
            FamilySession own = shown.get(family);
            if (own != null) {
                T ofFamily = said.apply(family, own);
                all = all.isEmpty() ? Map.of(family, ofFamily) : with(all, family, ofFamily);
            }
        }
        return all;
    }

    private static <T> Map<Family, T> with(Map<Family, T> before, Family family, T ofFamily) {
        Map<Family, T> all = new EnumMap<>(before);
        all.put(family, ofFamily);
        return Map.copyOf(all);
    }

    /** Until the hold timer ends the session, if it runs. Callable by any thread. */
    @Nullable
    Duration holdLeft(long nowNanos) {
        return holdTimers.holdLeft(nowNanos);
    }

    /** Until the send hold timer does, if output waits. Callable by any thread. */
    @Nullable
    Duration sendHoldLeft(long nowNanos) {
        return connection.hasPending() ? holdTimers.sendHoldLeft(nowNanos) : null;
    }

    /** The part of a family, for those who ask what its group is told of; {@code null} if there is none. Callable by any thread. */
    @Nullable
    Membership membership(Family family) {
        FamilySession own = shownFamilies.get(family);
        return own == null ? null : own.membership();
    }

    /** What was refused, if anything. Callable by any thread. */
    @Nullable
    RefusedAnnouncements refused() {
        return refused;
    }

    /** How a family stands just now. On the loop. */
    @Nullable
    FamilyInsight insight(Family family) {
        FamilySession own = shownFamilies.get(family);
        return own == null
                ? null
                : new FamilyInsight(own.membership().insight(), own.membership().cursor(), own.isEndOfRibSent(),
                        connection.hasPending(), givenUp.contains(family));
    }

    /** Asks the peer for its routes of all families (RFC 2918 §4). */
    void requestRefresh() {
        for (FamilySession own : families) {
            own.requestRefresh();
        }
        connection.flush();
        sent.accept(loop.nanoTime());
    }

    /** Sends the peer all routes again. */
    void resend() {
        families.forEach(FamilySession::refresh);
        flush();
    }

    /** Joins the update groups of the negotiated families and begins to send their tables. */
    void begin(Negotiated negotiated, Function<Family, GroupKey> keys) {
        // Only a peer with graceful restart keeps what it had from us before we restarted, and waits for the end.
        boolean keepsRoutes = negotiated.gracefulRestart() != null;
        BooleanSupplier endOfRibHeldBack = () -> keepsRoutes && deferral.holds();
        if (endOfRibHeldBack.getAsBoolean()) {
            deferral.whenOver(() -> loop.execute(this::flush));
        }
        Map<Family, FamilySession> begun = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            if (!negotiated.families().contains(family)) {
                continue;
            }
            Membership membership = tables.groups(family).join(keys.apply(family), loop,
                    this::flush, source.peerId(), workspace);
            FamilySession own = new FamilySession(family, connection, endOfRibHeldBack,
                    negotiated.enhancedRouteRefresh(),
                    done -> events.accept(new ReflectorEvent.TableSent(settings, done)), traffic, membership);
            families.add(own);
            begun.put(family, own);
        }
        shownFamilies = Map.copyOf(begun);
    }

    /**
     * Takes an UPDATE to the tables, and what it changed to every update group.
     *
     * @throws BgpErrorException if the session must end for it (RFC 7606 §2)
     */
    void update(ByteBuf frame) throws BgpErrorException {
        parser.parse(frame);
        if (!parser.errors().isEmpty()) {
            events.accept(new ReflectorEvent.MalformedUpdate(settings, parser.errors()));
        }
        Family disabled = parser.disabledFamily();
        if (disabled != null && givenUp.add(disabled)) {
            giveUp(disabled);
        }
        Family unreachable = parser.unreachableFamily();
        Family reachable = parser.reachableFamily();
        // RFC 4271 §4.3: a prefix both withdrawn and announced in one message is announced, so withdrawals go first.
        if (unreachable != null) {
            withdraw(unreachable, parser.unreachable());
        }
        withdraw(Family.IPV4_UNICAST, parser.withdrawn());
        if (reachable != null) {
            announce(reachable, parser.reachable(), parser.reachableAttributes());
        }
        announce(Family.IPV4_UNICAST, parser.announced(), parser.attributes());
        Family ended = parser.endOfRib();
        if (ended != null && !endOfRibsReceived.contains(ended)) {
            Set<Family> more = EnumSet.of(ended);
            more.addAll(endOfRibsReceived);
            endOfRibsReceived = Set.copyOf(more);
        }
    }

    /** RFC 7606 §2, "AFI/SAFI disable": the family's routes go, and what still comes of it is passed over. */
    private void giveUp(Family family) {
        events.accept(new ReflectorEvent.FamilyDisabled(settings, family, parser.errors()));
        accepted.clear(family);
        new PathPurge(source, family, tables, workspace, loop).run();
    }

    private void announce(Family family, PrefixReader prefixes, @Nullable PathAttributes attributes) {
        if (givenUp.contains(family)) {
            return;
        }
        ImportRefusal refusal = parser.treatAsWithdraw() || attributes == null
                ? malformed()
                : importRules.refusal(attributes, source);
        // RFC 7606 §2, RFC 4456 §8: a route that may not be used takes the place of the one before it, that is, none.
        if (attributes == null || refusal != null) {
            refuse(family, prefixes, attributes, refusal == null ? malformed() : refusal);
            return;
        }
        AdjRibIn table = tables.adjRibIn(family);
        RibChanges changes = workspace.changes();
        RefusedAnnouncements forgetting = remembered();
        FollowedPrefix[] followed = tables.followed().active();
        int announced = 0;
        int added = 0;
        int repeated = 0;
        while (prefixes.next()) {
            announced++;
            int changedBefore = changes.size();
            Change change = table.announce(source, prefixes.pathId(), prefixes.high(), prefixes.low(),
                    prefixes.length(), attributes, changes);
            if (change == Change.ADDED) {
                added++;
            } else if (change == Change.UNCHANGED) {
                repeated++;
            }
            if (forgetting != null) {
                forgetting.remove(family, prefixes.high(), prefixes.low(), prefixes.length(), prefixes.pathId());
            }
            if (followed.length > 0) {
                record(followed, family, prefixes, Occurrence.Kind.ANNOUNCED, attributes, null,
                        changes.size() > changedBefore);
            }
        }
        accepted.add(family, added);
        counters.announced(family, announced, repeated);
        distribute(family, changes);
    }

    /** Takes announced prefixes out of the table. */
    private void refuse(Family family, PrefixReader prefixes, @Nullable PathAttributes attributes,
            ImportRefusal refusal) {
        AdjRibIn table = tables.adjRibIn(family);
        RibChanges changes = workspace.changes();
        FollowedPrefix[] followed = tables.followed().active();
        RefusedAnnouncements memory = refused;
        long now = loop.nanoTime();
        int announced = 0;
        int removed = 0;
        while (prefixes.next()) {
            announced++;
            int changedBefore = changes.size();
            if (table.withdraw(source, prefixes.pathId(), prefixes.high(), prefixes.low(), prefixes.length(),
                    changes)) {
                removed++;
            }
            if (memory == null) {
                memory = new RefusedAnnouncements();
                refused = memory;
            }
            memory.add(family, prefixes.high(), prefixes.low(), prefixes.length(), prefixes.pathId(), refusal, now);
            if (followed.length > 0) {
                record(followed, family, prefixes, Occurrence.Kind.REFUSED, attributes, refusal,
                        changes.size() > changedBefore);
            }
        }
        accepted.add(family, -removed);
        counters.refused(family, announced);
        distribute(family, changes);
    }

    /** What RFC 7606 found in the last UPDATE that takes its routes. */
    private ImportRefusal malformed() {
        return new ImportRefusal.Malformed(parser.errors().stream()
                .filter(error -> error.outcome() != AttributeError.Outcome.ATTRIBUTE_DISCARD).findFirst()
                .map(AttributeError::text).orElse("no attributes"));
    }

    private void withdraw(Family family, PrefixReader prefixes) {
        if (givenUp.contains(family)) {
            return; // the purge takes the paths, and the counts have been cleared for it
        }
        AdjRibIn table = tables.adjRibIn(family);
        RibChanges changes = workspace.changes();
        RefusedAnnouncements forgetting = remembered();
        FollowedPrefix[] followed = tables.followed().active();
        int withdrawn = 0;
        int removed = 0;
        while (prefixes.next()) {
            withdrawn++;
            int changedBefore = changes.size();
            if (table.withdraw(source, prefixes.pathId(), prefixes.high(), prefixes.low(), prefixes.length(),
                    changes)) {
                removed++;
            }
            if (forgetting != null) {
                forgetting.remove(family, prefixes.high(), prefixes.low(), prefixes.length(), prefixes.pathId());
            }
            if (followed.length > 0) {
                record(followed, family, prefixes, Occurrence.Kind.WITHDRAWN, null, null,
                        changes.size() > changedBefore);
            }
        }
        accepted.add(family, -removed);
        counters.withdrawn(family, withdrawn, withdrawn - removed);
        distribute(family, changes);
    }

    /** What was refused and must be forgotten if it comes in another form; {@code null} if there is nothing. */
    private @Nullable RefusedAnnouncements remembered() {
        RefusedAnnouncements memory = refused;
        return memory == null || memory.isEmpty() ? null : memory;
    }

    private void record(FollowedPrefix[] followed, Family family, PrefixReader prefix, Occurrence.Kind kind,
            @Nullable PathAttributes attributes, @Nullable ImportRefusal refusal, boolean bestChanged) {
        for (FollowedPrefix one : followed) {
            if (one.is(family, prefix.high(), prefix.low(), prefix.length())) {
                one.record(new Occurrence(loop.nanoTime(), kind, source, prefix.pathId(), attributes,
                        refusal == null ? null : refusal.text(), bestChanged));
            }
        }
    }

    private void distribute(Family family, RibChanges changes) {
        tables.groups(family).distribute(changes, workspace);
        changes.clear();
    }

    /** The family whose End-of-RIB the last UPDATE was, or {@code null} (RFC 4724 §2). */
    @Nullable
    Family endOfRib() {
        return parser.endOfRib();
    }

    /** A ROUTE-REFRESH came (RFC 2918 §4). One for a family that is not shared is ignored. */
    void refresh(RouteRefresh request) {
        Family family = Family.of(request.afi(), request.safi());
        if (request.subtype() != RouteRefresh.REQUEST) {
            return; // RFC 7313 §5: BoRR and EoRR frame an answer; others are not known
        }
        for (FamilySession own : families) {
            if (own.family() == family) {
                own.refresh();
            }
        }
        flush();
    }

    /** Sends what there is, as far as the connection takes it. */
    void flush() {
        checkWaiting();
        boolean anything = false;
        boolean news = false;
        for (int i = 0; i < families.size(); i++) {
            FamilySession own = families.get(i);
            anything |= own.flush();
            news |= own.isAtTail() == own.isKnownToBeBehind();
        }
        if (anything) {
            connection.flush();
        }
        if (anything || news) {
            settle(anything);
        }
    }

    /** Takes down what a flush came to: who has everything, and who has to wait, and since when. */
    private void settle(boolean anything) {
        long now = loop.nanoTime();
        boolean everything = true;
        for (int i = 0; i < families.size(); i++) {
            families.get(i).settle(now);
            everything &= families.get(i).isAtTail();
        }
        if (!anything) {
            return;
        }
        sent.accept(now);
        if (connection.hasPending()) {
            if (waitingSince == Lapse.NONE) {
                waitingSince = Lapse.since(now);
            }
        } else if (everything && !families.isEmpty()) { // a session that died of it has none
            workspace.round().taken(now);
        }
    }

    /**
     * Looks whether the kernel has taken what waited. Called whenever something may be written next, or what waits then would
     * seem to have waited since.
     */
    void checkWaiting() {
        if (waitingSince != Lapse.NONE && !connection.hasPending()) {
            waitingSince = Lapse.NONE;
        }
    }

    /** Leaves the update groups: nothing is sent any more. What was received is purged by the peer. */
    void end() {
        shownFamilies = Map.of();
        for (FamilySession own : families) {
            own.close();
        }
        families.clear();
    }
}
