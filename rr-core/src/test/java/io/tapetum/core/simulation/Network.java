package io.tapetum.core.simulation;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * TCP between hosts: connections are opened, refused or left without an answer, and their octets travel as the
 * {@link Quality} says. The state of the way between two hosts can be changed at any time.
 */
final class Network {

    /** How long a kernel tries to reach a host that does not answer. */
    private static final long CONNECT_TIMEOUT = 21 * VirtualTime.SECOND;
    /** How long a kernel waits before it sends again what was not acknowledged. */
    static final long RETRANSMIT = 200 * VirtualTime.MILLI;

    private static final int FEW_KEEPALIVES = 3 * 19;

    /** The way between two hosts. */
    enum Way {
        OPEN,
        /** Nothing passes, and nobody is told. */
        SILENT,
        /** Whoever tries is told at once that it does not work. */
        REFUSED
    }

    /**
     * What the network is like in a run.
     *
     * @param minDelay least time from one host to another, nanoseconds
     * @param maxDelay greatest such time
     * @param window how many octets may be on the way, or unread at the receiver, in one direction of a connection
     * @param lowWater a sender that was not writable is writable again once fewer octets than this wait
     * @param highWater a sender is not writable any more when more octets than this wait
     * @param maxRead most octets that are read at once
     * @param nested whether a sender is told that its writability changed while it writes, as Netty does it, or later
     */
    record Quality(long minDelay, long maxDelay, int window, int lowWater, int highWater, int maxRead,
            boolean nested) {}

    /** Where connections arrive. */
    interface Listener {

        /** A connection was opened to this host; it is read from once somebody calls {@link Socket#start}. */
        void accepted(Socket socket);
    }

    /** Who asked for a connection. */
    interface Dialer {

        void connected(Socket socket);

        void failed(String reason);
    }

    private record Ends(InetAddress one, InetAddress other) {

        static Ends of(InetAddress a, InetAddress b) {
            return Arrays.compareUnsigned(a.getAddress(), b.getAddress()) <= 0 ? new Ends(a, b) : new Ends(b, a);
        }
    }

    private final VirtualTime time;
    private final RandomGenerator random;
    private final Quality quality;
    private final Map<InetAddress, Listener> listeners = new HashMap<>();
    private final Set<InetAddress> down = new HashSet<>();
    private final Map<Ends, Way> ways = new HashMap<>();
    private final Set<Socket> open = new LinkedHashSet<>();
    private final Set<ByteBuf> buffers = Collections.newSetFromMap(new IdentityHashMap<>());

    Network(VirtualTime time, RandomGenerator random, Quality quality) {
        this.time = time;
        this.random = random;
        this.quality = quality;
    }

    VirtualTime time() {
        return time;
    }

    RandomGenerator random() {
        return random;
    }

    Quality quality() {
        return quality;
    }

    void listen(InetAddress address, Listener listener) {
        listeners.put(address, listener);
    }

    void way(InetAddress a, InetAddress b, Way way) {
        ways.put(Ends.of(a, b), way);
    }

    Way way(InetAddress a, InetAddress b) {
        return ways.getOrDefault(Ends.of(a, b), Way.OPEN);
    }

    boolean isUp(InetAddress host) {
        return !down.contains(host);
    }

    /** The host falls silent, and forgets all its connections. */
    void crash(InetAddress host) {
        down.add(host);
        for (Socket socket : socketsOf(host)) {
            socket.vanish();
        }
    }

    void revive(InetAddress host) {
        down.remove(host);
    }

    /** All connections between two hosts are reset. */
    void reset(InetAddress a, InetAddress b) {
        for (Socket socket : socketsOf(a)) {
            if (socket.remote().equals(b)) {
                socket.reset();
            }
        }
    }

    /** All connections of a host are reset, as when its process is killed. */
    void reset(InetAddress host) {
        for (Socket socket : socketsOf(host)) {
            socket.reset();
        }
    }

    List<Socket> socketsOf(InetAddress host) {
        List<Socket> sockets = new ArrayList<>();
        for (Socket socket : open) {
            if (socket.local().equals(host)) {
                sockets.add(socket);
            }
        }
        return sockets;
    }

    /** Remembers what these octets are a part of. */
    void sent(ByteBuf octets) {
        ByteBuf whole = octets.unwrap();
        buffers.add(whole == null ? octets : whole);
    }

    /** How many of the buffers that were ever sent have not been released. */
    long unreleased() {
        return buffers.stream().filter(buffer -> buffer.refCnt() > 0).count();
    }

    /** Whether nothing but a few KEEPALIVEs is on its way anywhere. */
    boolean isIdle() {
        return open.stream().allMatch(socket -> socket.unreadByPeer() <= FEW_KEEPALIVES);
    }

    void opened(Socket socket) {
        open.add(socket);
    }

    void gone(Socket socket) {
        open.remove(socket);
    }

    long delay() {
        return random.nextLong(quality.minDelay(), quality.maxDelay() + 1);
    }

    /**
     * Opens a connection; the dialer hears of it later.
     *
     * @return gives the attempt up
     */
    Runnable connect(InetAddress from, InetAddress to, Dialer dialer) {
        Attempt attempt = new Attempt(from, to, dialer);
        time.after(delay(), attempt::arrived);
        return attempt::giveUp;
    }

    private final class Attempt {

        private final InetAddress from;
        private final InetAddress to;
        private final Dialer dialer;
        private @Nullable Socket socket;
        private boolean givenUp;

        Attempt(InetAddress from, InetAddress to, Dialer dialer) {
            this.from = from;
            this.to = to;
            this.dialer = dialer;
        }

        void arrived() {
            Listener listener = listeners.get(to);
            if (way(from, to) == Way.SILENT || !isUp(to)) {
                time.after(CONNECT_TIMEOUT, () -> failed("connection timed out"));
            } else if (way(from, to) == Way.REFUSED || listener == null) {
                time.after(delay(), () -> failed("connection refused"));
            } else if (isUp(from)) {
                Socket near = new Socket(Network.this, from, to);
                Socket far = new Socket(Network.this, to, from);
                near.join(far);
                socket = near;
                listener.accepted(far);
                time.after(delay(), this::answered);
            }
        }

        private void answered() {
            Socket opened = socket;
            if (opened == null || !opened.isAlive()) {
                failed("connection reset");
            } else if (givenUp) {
                opened.abort();
            } else {
                dialer.connected(opened);
            }
        }

        private void failed(String reason) {
            if (!givenUp && isUp(from)) {
                dialer.failed(reason);
            }
        }

        void giveUp() {
            givenUp = true;
        }
    }
}
