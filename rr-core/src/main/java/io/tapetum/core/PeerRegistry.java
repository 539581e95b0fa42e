package io.tapetum.core;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.event.Refusal;
import io.tapetum.core.session.Peer;
import io.tapetum.core.settings.DynamicRange;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.transport.Doorkeeper;

/**
 * Which peer an address belongs to. A peer given one by one comes before any range, a longer range before a shorter one.
 *
 * <p>Thread-safe: connections are accepted on one thread and dynamic peers end on others. One lock suffices, for it is
 * taken once per connection.
 */
final class PeerRegistry {

    /** A dynamic peer is never connected to, so its port is never used. */
    private static final int DYNAMIC_PEER_PORT = 179;

    private final Map<InetAddress, Peer> peers = new HashMap<>();
    private final IdentityHashMap<Peer, AddressRange> dynamic = new IdentityHashMap<>();
    private final List<AddressRange> ranges = new ArrayList<>();
    private boolean closed;

    PeerRegistry(List<DynamicRange> ranges) {
        for (DynamicRange range : ranges) {
            this.ranges.add(new AddressRange(range));
        }
        this.ranges.sort(Comparator.comparingInt((AddressRange range) -> range.settings().prefixLength()).reversed());
    }

    /**
     * Adds a peer given one by one.
     *
     * @return the one that had this address until now, whose connections are to end, or {@code null}; the new one itself
     *         if nobody is accepted any more
     */
    synchronized @Nullable Peer add(Peer peer) {
        if (closed) {
            return peer;
        }
        Peer former = peers.put(peer.settings().address(), peer);
        if (former != null) {
            AddressRange range = dynamic.remove(former);
            if (range != null) {
                range.peerRemoved();
            }
        }
        return former;
    }

    /** Forgets a peer given one by one, unless another has its address already. */
    synchronized void forget(Peer peer) {
        peers.remove(peer.settings().address(), peer);
    }

    /** The peers given one by one, by address. */
    synchronized Map<InetAddress, Peer> given() {
        Map<InetAddress, Peer> given = new HashMap<>(peers);
        given.values().removeAll(dynamic.keySet());
        return given;
    }

    /** What {@link #find} found. */
    sealed interface Found {

        /** The address belongs to this peer. */
        record Known(Peer peer) implements Found {}

        /** The address belongs to nobody who may come, or who may come now. */
        record Unwelcome(Refusal why) implements Found {}
    }

    /**
     * The peer of an address; one is made if the address is in a dynamic range that is not full.
     *
     * @param doorkeeper asked before one is made
     * @param maker makes a peer with these settings
     */
    synchronized Found find(InetAddress address, Doorkeeper doorkeeper, Function<PeerSettings, Peer> maker) {
        if (closed) {
            return new Found.Unwelcome(new Refusal.ShuttingDown());
        }
        Peer peer = peers.get(address);
        if (peer != null) {
            Refusal refusal = doorkeeper.refuses(peer.settings());
            return refusal == null ? new Found.Known(peer) : new Found.Unwelcome(refusal);
        }
        AddressRange range = rangeOf(address);
        if (range == null) {
            return new Found.Unwelcome(new Refusal.UnknownSource());
        }
        DynamicRange settings = range.settings();
        if (range.isFull()) {
            return new Found.Unwelcome(new Refusal.RangeFull(settings.name(), settings.limit()));
        }
        PeerSettings wanted = new PeerSettings(address.getHostAddress(), address, null, DYNAMIC_PEER_PORT,
                settings.template());
        Refusal refusal = doorkeeper.refuses(wanted);
        if (refusal != null) {
            return new Found.Unwelcome(refusal);
        }
        Peer made = maker.apply(wanted);
        peers.put(address, made);
        dynamic.put(made, range);
        range.peerAdded();
        return new Found.Known(made);
    }

    /** Ranges are never added or taken away. */
    boolean hasRanges() {
        return !ranges.isEmpty();
    }

    private @Nullable AddressRange rangeOf(InetAddress address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return range;
            }
        }
        return null;
    }

    /** Forgets a dynamic peer. */
    synchronized void remove(Peer peer) {
        AddressRange range = dynamic.remove(peer);
        if (range != null) {
            range.peerRemoved();
            peers.remove(peer.settings().address(), peer);
        }
    }

    /** Accepts nobody any more; returns all peers there are. */
    synchronized Collection<Peer> close() {
        closed = true;
        return List.copyOf(peers.values());
    }

    /** Whether nobody is accepted any more. */
    synchronized boolean isClosed() {
        return closed;
    }

    /** The peer that has this address now. */
    synchronized @Nullable Peer at(InetAddress address) {
        return peers.get(address);
    }

    synchronized Collection<Peer> all() {
        return List.copyOf(peers.values());
    }
}
