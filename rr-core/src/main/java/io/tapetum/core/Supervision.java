package io.tapetum.core;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.tapetum.core.history.FollowedPrefix.History;
import io.tapetum.core.history.FollowedPrefixes;
import io.tapetum.core.inquiry.Findings;
import io.tapetum.core.inquiry.Inquirer;
import io.tapetum.core.reflection.RoutingTables;
import io.tapetum.core.session.ManyRefused;
import io.tapetum.core.session.Peer;
import io.tapetum.core.session.RefusedAnnouncement;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.nlri.Prefix;

/** What operators ask of a reflector, and what they do to its peers. Its methods may be called by any thread. */
public final class Supervision {

    private final PeerRegistry registry;
    private final RoutingTables tables;
    private final EventLoop loop;

    /**
     * @param loop whose clock and timers are used
     */
    Supervision(PeerRegistry registry, RoutingTables tables, EventLoop loop) {
        this.registry = registry;
        this.tables = tables;
        this.loop = loop;
    }

    /** The peers with this name or, if there is none, the one with this address; empty if there is neither. */
    public List<Peer> peers(String nameOrAddress) {
        Collection<Peer> all = registry.all();
        List<Peer> named = all.stream().filter(peer -> peer.settings().name().equals(nameOrAddress)).toList();
        return named.isEmpty()
                ? all.stream().filter(peer -> isAddress(peer.settings().address(), nameOrAddress)).toList()
                : named;
    }

    private static boolean isAddress(InetAddress address, String text) {
        return Prefix.parse(text).filter(prefix -> text.indexOf('/') < 0)
                .filter(prefix -> NextHop.of(address).is(prefix.family() == Family.IPV6_UNICAST, prefix.high(),
                        prefix.low()))
                .isPresent();
    }

    /** All peers there are. */
    public Collection<Peer> peers() {
        return registry.all();
    }

    /** Whether there are ranges of addresses, whose peers are known only while they are there. */
    public boolean hasRanges() {
        return registry.hasRanges();
    }

    /**
     * Ends the sessions of these peers and accepts no others until {@link #release}, whatever becomes of their settings.
     * Who is not known any more is passed over.
     *
     * @param message for the peers' operators (RFC 9003), empty for none
     * @return of how many peers, once it has been done
     */
    public synchronized CompletableFuture<Integer> shutDown(Collection<Peer> peers, String message) {
        return hold(peers, true, message);
    }

    /** Lets those of these peers come back that were shut down; returns how many those are, once they were started. */
    public synchronized CompletableFuture<Integer> release(Collection<Peer> peers) {
        return hold(peers.stream().filter(Peer::isHeld).toList(), false, "");
    }

    private CompletableFuture<Integer> hold(Collection<Peer> peers, boolean down, String message) {
        Set<Peer> known = registry.isClosed() ? Set.of() : Set.copyOf(registry.all());
        List<Peer> concerned = peers.stream().filter(known::contains).toList();
        concerned.forEach(peer -> peer.hold(down));
        return onTheirLoops(concerned, peer -> {
            peer.obey(message);
            return true;
        });
    }

    /**
     * Does something with peers, each on its event loop.
     *
     * @param action returns whether the peer counts
     * @return how many counted, once it has been done
     */
    public CompletableFuture<Integer> onTheirLoops(Collection<Peer> peers, Predicate<Peer> action) {
        AtomicInteger counted = new AtomicInteger();
        return CompletableFuture
                .allOf(peers.stream().map(peer -> CompletableFuture.runAsync(
                        () -> counted.addAndGet(action.test(peer) ? 1 : 0), peer.loop()::execute))
                        .toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> counted.get());
    }

    /** Finds out why a peer has a prefix, or has it not; complete when the peer's event loop has answered. */
    public CompletableFuture<Findings> find(Peer peer, Prefix prefix) {
        Collection<Peer> all = registry.all();
        List<RefusedAnnouncement> refused = Inquirer.refused(all, prefix);
        List<ManyRefused> many = refused.isEmpty() ? Inquirer.manyRefused(all, prefix) : List.of();
        return CompletableFuture.supplyAsync(
                () -> new Inquirer(tables).find(peer, prefix, refused, many), peer.loop()::execute);
    }

    /** Begins to follow a prefix, or follows it for longer; see {@link FollowedPrefixes#follow}. */
    public boolean follow(Prefix prefix) {
        FollowedPrefixes followed = tables.followed();
        long now = loop.nanoTime();
        loop.execute(
                () -> loop.schedule(now + FollowedPrefixes.TIME.toNanos(), () -> followed.endOverdue(loop.nanoTime())));
        return followed.follow(prefix, now);
    }

    /** What has happened to a prefix since it is followed; empty if it is not. */
    public Optional<History> history(Prefix prefix) {
        return tables.followed().history(prefix, nanoTime());
    }

    /** The clock of what is told with a time. */
    public long nanoTime() {
        return loop.nanoTime();
    }
}
