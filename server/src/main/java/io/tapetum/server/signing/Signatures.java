package io.tapetum.server.signing;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ServerChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.core.settings.DynamicRange;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.journal.EventKind;
import io.tapetum.server.keys.Keyring;
import io.tapetum.server.keys.TcpKey;
import io.tapetum.server.logging.RepeatedEvents;

/**
 * Keeps the keys of all sockets as the settings and the keyring want them: on listeners before anybody can connect, on
 * connections from their first segment, and on both when keys change. Nothing is left unsigned because something is
 * missing: whose key is not there, or has no room in the kernel, gets no session.
 *
 * <p>While two keys of a reference are valid, those who connect may use either. The kernel knows only one for an address, so
 * listeners ask for them in turns of one second: a SYN that came at the wrong time is sent again a second later (RFC 6298
 * §2.1), and should there be three keys, the peer's next attempt has other turns.
 *
 * <p>Any thread may call. One lock suffices, for nothing of this happens on the way of an UPDATE.
 */
public final class Signatures {

    private static final Logger LOG = LoggerFactory.getLogger("tapetum");

    private static final long TURN_SECONDS = 1;

    /** How often keys that found no room are tried again: an operator may have made some. */
    private static final long RETRY_SECONDS = 5;

    private final Keyring ring;
    private final Collection<DynamicRange> ranges;
    private final ScheduledExecutorService clock;
    private final Map<Channel, ListenerKeys> listeners = new LinkedHashMap<>();
    private final Map<Channel, LiveKey> connections = new HashMap<>();
    private final KeyTroubles troubles = new KeyTroubles();
    private final RepeatedEvents<String> refused = new RepeatedEvents<>(RepeatedEvents.INTERVAL, 10);
    private Claims claims;
    private KeyPlan plan = KeyPlan.EMPTY;
    private int turn;
    private boolean ticking;
    /** A listener lacks a key for another reason than room. */
    private boolean incomplete;

    /**
     * Signatures of nobody yet.
     *
     * @param ranges from where peers may come that are not given one by one
     * @param clock runs what has to happen later
     */
    public Signatures(Keyring ring, Collection<DynamicRange> ranges, ScheduledExecutorService clock) {
        this.ring = ring;
        this.ranges = List.copyOf(ranges);
        this.clock = clock;
        this.claims = new Claims(List.of(), ranges);
        ring.whenChanged(this::keyChanged);
    }

    /** Counts keys in these meters. */
    public void countIn(MeterRegistry meters) {
        Gauge.builder("tapetum.tcp.md5.keys", this, Signatures::keysOnListeners)
                .description("TCP-MD5 keys that the kernel has for listening sockets").register(meters);
        Gauge.builder("tapetum.tcp.md5.keys.without.room", this, Signatures::keysWithoutRoom)
                .description("TCP-MD5 keys for which the kernel has no room (net.core.optmem_max)").register(meters);
        Gauge.builder("tapetum.tcp.md5.keys.missing", this, Signatures::missingKeys)
                .description("TCP-MD5 keys that peers need and that are not there").register(meters);
    }

    /** Makes these the peers that are given one by one. To be called before the reflector knows of them. */
    public synchronized void peersAre(Collection<PeerSettings> peers) {
        claims = new Claims(peers, ranges);
        adjust();
    }

    /**
     * Puts all keys on a listener that is not bound yet.
     *
     * @throws IOException if the kernel refuses a key
     */
    public synchronized void guard(ServerChannel listener, Reach reach) throws IOException {
        ListenerKeys keys = new ListenerKeys(listener, reach);
        plan = claims.plan(this::keyOfTheMoment);
        keys.apply(plan);
        listeners.put(listener, keys);
        listener.closeFuture().addListener(_ -> forget(listener));
        troubles.missing(claims, ring);
        troubles.withoutRoom(listeners.values());
        tickIfNeeded();
    }

    /**
     * The least time to live that packets to a listener may have left: what the least strict peer asks for, 0 for any. Of
     * a peer that asks for more the SYN is looked at, and its connection asks for that.
     */
    public synchronized int minimumTtl() {
        return claims.templates().mapToInt(template -> template.protection().minimumTtl()).min().orElse(0);
    }

    /** The time to live of what a listener answers: what reaches the peer that wants most, 0 for the kernel's own. */
    public synchronized int ttlOfAnswers() {
        return claims.templates().mapToInt(template -> template.protection().ttl(template.ttl())).max().orElse(0);
    }

    /**
     * Says why a connection that a listener accepted cannot be trusted to be its peer's, if it cannot. Otherwise its key
     * follows the ring's from now on.
     */
    public synchronized Optional<String> accepted(Channel listener, Channel connection, InetAddress peer) {
        ListenerKeys keys = listeners.get(listener);
        if (keys == null) {
            return Optional.of("the listener is closed");
        }
        TcpKey key = keys.keyOf(peer);
        Protection protection = claims.of(peer);
        if (protection.isSigned() && (key == null || !ring.valid(protection.key()).contains(key))) {
            return problem(peer).or(() -> Optional.of("its TCP-MD5 key is not on the listener yet"));
        }
        boolean ipv6Socket = keys.reach().isIpv6Socket();
        if (protection.isSigned()) {
            try {
                // It has the key of the handshake, or none if there was none then, and may have waited for us since.
                Md5Option.set(connection, ipv6Socket, KeyPrefix.of(peer), key);
            } catch (IOException e) {
                return Optional.of("the kernel refuses its TCP-MD5 key: " + e.getMessage());
            }
        }
        follow(connection, new LiveKey(connection, ipv6Socket, peer, key));
        return Optional.empty();
    }

    /**
     * Signs a connection that is about to be opened.
     *
     * @throws IOException if there is no key, or the kernel refuses it; the message is for operators
     */
    public synchronized void opening(Channel connection, InetAddress peer) throws IOException {
        boolean ipv6Socket = peer instanceof Inet6Address;
        Protection protection = claims.of(peer);
        TcpKey key = null;
        if (protection.isSigned()) {
            key = keyOfTheMoment(protection.key());
            if (key == null) {
                throw new IOException(missing(protection.key()));
            }
            Md5Option.set(connection, ipv6Socket, KeyPrefix.of(peer), key);
        }
        follow(connection, new LiveKey(connection, ipv6Socket, peer, key));
    }

    private void follow(Channel connection, LiveKey key) {
        connections.put(connection, key);
        connection.closeFuture().addListener(_ -> forget(connection));
    }

    /** What was accepted, or was to be opened, has come to nothing. Of what was closed we hear. */
    public synchronized void forget(Channel closed) {
        listeners.remove(closed);
        connections.remove(closed);
    }

    /** Why a peer can have no session, or none that it opens, as far as that is known here. */
    public synchronized Optional<String> problem(InetAddress peer) {
        Protection protection = claims.of(peer);
        if (!protection.isSigned()) {
            return plan.unsignable().stream().anyMatch(prefix -> prefix.contains(peer))
                    ? Optional.of(
                            "it has no TCP-MD5 key, but is in a range that has one, so the kernel drops its packets:"
                                    + " give it a key, or the range none")
                    : Optional.empty();
        }
        List<TcpKey> valid = ring.valid(protection.key());
        if (valid.isEmpty()) {
            return Optional.of(missing(protection.key()));
        }
        return listeners.values().stream().anyMatch(keys -> keys.isWithoutRoom(peer) && !keys.asks(peer, valid))
                ? Optional.of(
                        "the kernel has no room for its TCP-MD5 key on the listener: raise " + OptionMemory.SYSCTL)
                : Optional.empty();
    }

    private static String missing(String reference) {
        return "its TCP-MD5 key " + reference + " is not there, and without it there is no session";
    }

    /** How many keys the kernel has for all listeners. */
    synchronized int keysOnListeners() {
        return listeners.values().stream().mapToInt(ListenerKeys::count).sum();
    }

    /** How many keys found no room. */
    synchronized int keysWithoutRoom() {
        return listeners.values().stream().mapToInt(ListenerKeys::countWithoutRoom).sum();
    }

    /** How many references have no key. */
    synchronized int missingKeys() {
        return (int) claims.references().stream().filter(reference -> ring.valid(reference).isEmpty()).count();
    }

    private synchronized void keyChanged(String reference) {
        if (claims.references().contains(reference)) {
            adjust();
        }
    }

    /** The key with which a new connection is signed now. */
    private @Nullable TcpKey keyOfTheMoment(String reference) {
        List<TcpKey> valid = ring.valid(reference);
        if (valid.isEmpty()) {
            return null;
        }
        return valid.get(turn % valid.size());
    }

    /** Brings every socket in line with settings and ring. */
    private void adjust() {
        adjustListeners();
        List.copyOf(connections.values()).forEach(this::adjust); // those that are closed are forgotten meanwhile
        troubles.missing(claims, ring);
        troubles.withoutRoom(listeners.values());
        tickIfNeeded();
    }

    private void adjustListeners() {
        plan = claims.plan(this::keyOfTheMoment);
        incomplete = false;
        for (ListenerKeys keys : listeners.values()) {
            try {
                keys.apply(plan);
            } catch (IOException e) {
                incomplete = true;
                refused.happened(String.valueOf(e.getMessage())).ifPresent(times -> LOG.atError()
                        .addKeyValue(EventKind.KEY, EventKind.KEYS)
                        .log("the kernel refuses a TCP-MD5 key for a listener; who needs it cannot connect: {} ({})",
                                e.getMessage(), times));
            }
        }
    }

    private void adjust(LiveKey live) {
        Optional<Protection> protection = claims.find(live.peer());
        if (protection.isEmpty()) {
            return; // its peer is being sent away, and hears that only if it is signed as ever
        }
        try {
            if (protection.get().isSigned()) {
                live.follow(ring.valid(protection.get().key()));
            } else {
                live.remove();
            }
        } catch (IOException e) {
            String address = live.peer().getHostAddress();
            LOG.atError().addKeyValue(EventKind.KEY, EventKind.KEYS).addKeyValue("address", address).log(
                    "the kernel refuses the TCP-MD5 key of the connection with {}, which therefore ends: {}", address,
                    e.getMessage());
            live.close();
        }
    }

    private void tickIfNeeded() {
        boolean overlap = overlaps();
        if (!overlap) {
            turn = 0;
        }
        if (!ticking && (overlap || incomplete || keysWithoutRoom() > 0)) {
            ticking = true;
            clock.schedule(this::tick, overlap ? TURN_SECONDS : RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private boolean overlaps() {
        return claims.references().stream().anyMatch(reference -> ring.valid(reference).size() > 1);
    }

    private synchronized void tick() {
        ticking = false;
        turn++;
        try {
            adjustListeners();
            for (LiveKey live : List.copyOf(connections.values())) {
                Protection protection = claims.of(live.peer());
                List<TcpKey> valid = protection.isSigned() ? ring.valid(protection.key()) : List.of();
                if (valid.size() > 1) {
                    tryOther(live, valid);
                }
            }
            troubles.withoutRoom(listeners.values());
        } finally {
            tickIfNeeded();
        }
    }

    private static void tryOther(LiveKey live, List<TcpKey> valid) {
        try {
            live.tryOther(valid);
        } catch (IOException | ChannelException e) {
            String address = live.peer().getHostAddress();
            LOG.atDebug().addKeyValue(EventKind.KEY, EventKind.KEYS).addKeyValue("address", address)
                    .log("the connection with {} ended while its other key was tried: {}", address, e.getMessage());
        }
    }
}
