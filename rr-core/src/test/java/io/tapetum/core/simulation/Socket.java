package io.tapetum.core.simulation;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One end of a TCP connection, with what Netty keeps around it. What is written waits here until the window of the way
 * to the other end has room; then its octets are copied and the buffer is released. They arrive later, in order, and are
 * read in pieces of any size.
 */
final class Socket {

    /** How long a peer may take to close its end after we closed ours. */
    private static final long LINGER = 2 * VirtualTime.SECOND;

    /** Who owns this end; told in events of their own. */
    interface Handler {

        void received(byte[] octets);

        void writabilityChanged();

        void closed();
    }

    private final Network network;
    private final VirtualTime time;
    private final InetAddress local;
    private final InetAddress remote;
    private @Nullable Socket peer;
    private @Nullable Handler handler;

    /* Sending: buffers that wait, the last of them not flushed; then segments on the way. A null segment is the FIN. */
    private final Deque<ByteBuf> waiting = new ArrayDeque<>();
    private int unflushed;
    private long pending;
    private long taken;
    private boolean writable = true;
    private boolean finDue;
    private boolean finSent;
    private final Deque<Segment> onTheWay = new ArrayDeque<>();
    private int windowUsed;
    private long lastArrival;

    /* Receiving: segments that have arrived and were not read. */
    private final Deque<byte[]> unread = new ArrayDeque<>();
    private int readOfFirst;
    private boolean finArrived;
    private boolean readScheduled;
    private boolean paused;
    private int slowRead;
    private long slowInterval;

    private boolean alive = true;
    private boolean vanished;
    /** A reset is on its way to both ends: what is sent until it arrives gets nowhere. */
    private boolean broken;

    private record Segment(byte[] octets, boolean fin) {}

    Socket(Network network, InetAddress local, InetAddress remote) {
        this.network = network;
        this.time = network.time();
        this.local = local;
        this.remote = remote;
    }

    void join(Socket other) {
        peer = other;
        other.peer = this;
        network.opened(this);
        network.opened(other);
    }

    InetAddress local() {
        return local;
    }

    InetAddress remote() {
        return remote;
    }

    boolean isAlive() {
        return alive && !vanished;
    }

    /** Reading begins. */
    void start(Handler owner) {
        handler = owner;
        if (!alive) {
            handler = null;
            time.after(0, owner::closed);
        }
        scheduleRead(0);
    }

    /* Sending */

    void write(ByteBuf octets) {
        network.sent(octets);
        if (!isAlive() || finDue) {
            octets.release();
            return;
        }
        unflushed++;
        waiting.add(octets);
        pending += octets.readableBytes();
        checkWritable();
    }

    void flush() {
        unflushed = 0;
        pump();
    }

    boolean isWritable() {
        return writable && alive;
    }

    /** Octets that were written and have not been read by the other end. */
    long unreadByPeer() {
        return pending + windowUsed;
    }

    long pending() {
        return pending;
    }

    long taken() {
        return taken;
    }

    private void pump() {
        if (!isAlive()) {
            return;
        }
        while (waiting.size() > unflushed && windowUsed < network.quality().window()) {
            ByteBuf first = waiting.getFirst();
            byte[] octets = new byte[Math.min(first.readableBytes(), network.quality().window() - windowUsed)];
            first.readBytes(octets);
            if (!first.isReadable()) {
                waiting.removeFirst();
                first.release();
            }
            windowUsed += octets.length;
            pending -= octets.length;
            taken += octets.length;
            send(new Segment(octets, false));
            checkWritable();
        }
        if (finDue && !finSent && waiting.isEmpty()) {
            finSent = true;
            send(new Segment(new byte[0], true));
        }
    }

    private void checkWritable() {
        boolean now = writable
                ? pending <= network.quality().highWater()
                : pending < network.quality().lowWater();
        if (now == writable) {
            return;
        }
        writable = now;
        Handler owner = handler;
        if (owner == null) {
            return;
        }
        if (network.quality().nested()) {
            owner.writabilityChanged();
        } else {
            time.after(0, () -> {
                if (handler != null) {
                    handler.writabilityChanged();
                }
            });
        }
    }

    private void send(Segment segment) {
        if (broken) {
            return;
        }
        onTheWay.add(segment);
        lastArrival = Math.max(lastArrival, time.now() + network.delay());
        time.at(lastArrival, this::arrive);
    }

    private void arrive() {
        Socket receiver = peer;
        if (receiver == null || onTheWay.isEmpty()) {
            return;
        }
        if (network.way(local, remote) == Network.Way.SILENT || !network.isUp(remote) || !network.isUp(local)) {
            time.after(Network.RETRANSMIT, this::arrive);
            return;
        }
        Segment segment = onTheWay.removeFirst();
        if (!receiver.alive || receiver.vanished) {
            // Nobody is there any more, and the host says so.
            windowUsed = 0;
            onTheWay.clear();
            time.after(network.delay(), this::lost);
            return;
        }
        if (segment.fin) {
            receiver.finArrived = true;
        } else {
            receiver.unread.add(segment.octets);
        }
        receiver.scheduleRead(0);
    }

    /* Receiving */

    /** Stops or goes on reading. */
    void paused(boolean stop) {
        paused = stop;
        scheduleRead(0);
    }

    /** Reads at most so many octets at a time, and waits so long in between; 0 octets for as many as there are. */
    void slow(int octets, long interval) {
        slowRead = octets;
        slowInterval = interval;
    }

    private void scheduleRead(long delay) {
        if (!readScheduled && !paused && handler != null && isAlive() && (!unread.isEmpty() || finArrived)) {
            readScheduled = true;
            time.after(delay, this::read);
        }
    }

    private void read() {
        readScheduled = false;
        Handler owner = handler;
        if (owner == null || paused || !isAlive()) {
            return;
        }
        byte[] segment = unread.peekFirst();
        if (segment == null) {
            if (finArrived) {
                ended();
            }
            return;
        }
        int limit = slowRead > 0 ? slowRead : network.random().nextInt(network.quality().maxRead()) + 1;
        byte[] octets = Arrays.copyOfRange(segment, readOfFirst, Math.min(segment.length, readOfFirst + limit));
        readOfFirst += octets.length;
        if (readOfFirst == segment.length) {
            unread.removeFirst();
            readOfFirst = 0;
        }
        Socket sender = peer;
        if (sender != null) {
            sender.windowUsed -= octets.length;
            time.after(0, sender::pump);
        }
        owner.received(octets);
        scheduleRead(slowRead > 0 ? slowInterval : 0);
    }

    /* Ending */

    /** Sends what waits and then the FIN; what still comes is read by the owner, who may drop it. */
    void close() {
        if (!isAlive() || finDue) {
            return;
        }
        finDue = true;
        flush();
        time.after(LINGER, this::abort);
    }

    /** Closes at once; what waits is lost, what is on the way may arrive. */
    void abort() {
        if (!isAlive()) {
            return;
        }
        release();
        // A kernel with unread octets answers with a reset, which overtakes what is on the way.
        if (!unread.isEmpty() || network.random().nextBoolean()) {
            onTheWay.clear();
            Socket other = peer;
            if (other != null && network.way(local, remote) != Network.Way.SILENT && network.isUp(local)) {
                time.after(network.delay(), other::lost);
            }
        } else {
            send(new Segment(new byte[0], true));
        }
        dead();
    }

    /** Both ends find out that the connection is no more. */
    void reset() {
        Socket other = peer;
        broken = true;
        onTheWay.clear();
        time.after(network.delay(), this::lost);
        if (other != null) {
            other.broken = true;
            other.onTheWay.clear();
            time.after(network.delay(), other::lost);
        }
    }

    /** This end is forgotten without a word to anybody. */
    void vanish() {
        vanished = true;
        handler = null;
        onTheWay.clear();
        release();
        network.gone(this);
    }

    /** The peer has closed: without half-open connections that is our end too. */
    private void ended() {
        release();
        onTheWay.clear();
        Socket other = peer;
        send(new Segment(new byte[0], true));
        if (other != null && other.finDue) {
            time.after(network.delay(), other::lost);
        }
        dead();
    }

    private void lost() {
        if (isAlive()) {
            release();
            dead();
        }
    }

    private void dead() {
        alive = false;
        network.gone(this);
        Handler owner = handler;
        handler = null;
        if (owner != null) {
            time.after(0, owner::closed);
        }
    }

    private void release() {
        for (ByteBuf octets : waiting) {
            octets.release();
        }
        waiting.clear();
        unflushed = 0;
        pending = 0;
        unread.clear();
        readOfFirst = 0;
    }
}
