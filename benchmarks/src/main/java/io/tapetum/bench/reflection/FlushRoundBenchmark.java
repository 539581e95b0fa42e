package io.tapetum.bench.reflection;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.tapetum.bench.HotPathBenchmark;
import io.tapetum.bench.routes.CalicoRoutes;
import io.tapetum.bench.routes.RouteSet;
import io.tapetum.bench.routes.RouteTable;
import io.tapetum.bench.routes.Updates;
import io.tapetum.wire.frame.FrameDecoder;

/**
 * UPDATEs of one client, and the flush round that brings them to all others: parsing, interning, the Adj-RIB-In, the
 * decision, the log, and a cursor for each client. An operation is one round with all its UPDATEs, of four blocks each.
 * The connections count octets and drop them: no system call, no write of a socket, no timer is measured.
 *
 * <p>With few clients the score is the cost of the UPDATEs; what it grows by with a thousand is the fan-out. With many
 * UPDATEs in a round, a visit to a client serves for all of them.
 */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class FlushRoundBenchmark extends HotPathBenchmark {

    private static final int SENDER = 0;
    private static final int UPDATES = 1000;

    /** Clients in one update group, besides the sender. */
    @Param({"1", "1000"})
    private int clients;

    /** UPDATEs that arrive before the round begins. */
    @Param({"1", "100"})
    private int updates;

    private ClientFleet fleet;
    /** All UPDATEs back to back, as a socket is read into a buffer. */
    private final ByteBuf stream = ByteBufAllocator.DEFAULT.directBuffer();
    /** The same, cut into frames. */
    private final ByteBuf[] frames = new ByteBuf[2 * UPDATES];
    private final int[] ends = new int[2 * UPDATES];
    private EmbeddedChannel channel;
    private int next;
    private long before;

    /** Establishes the sessions, and makes two variants of each UPDATE, so that each changes the routes again. */
    @Setup
    public void prepare() {
        if (frames.length % updates != 0) {
            throw new IllegalArgumentException("updates is " + updates + ", must divide " + frames.length);
        }
        fleet = new ClientFleet(1 + clients);
        channel = new EmbeddedChannel(new FrameDecoder(frame -> fleet.receive(SENDER, frame)));
        RouteTable routes = CalicoRoutes.ipv4(UPDATES * CalicoRoutes.BLOCKS_PER_NODE);
        for (int i = 0; i < UPDATES; i++) {
            RouteSet set = routes.sets().get(i);
            frames[i] = Updates.frame(routes.family(), set);
            frames[UPDATES + i] = Updates.frame(routes.family(), set.with(set.attributes().withMed(1)));
        }
        for (int i = 0; i < frames.length; i++) {
            stream.writeBytes(frames[i], frames[i].readerIndex(), frames[i].readableBytes());
            ends[i] = stream.writerIndex();
        }
        before = fleet.octetsSentTo(clients);
    }

    /** Makes sure that the last client got something. */
    @TearDown
    public void check() {
        channel.checkException();
        channel.finishAndReleaseAll();
        stream.release();
        if (fleet.octetsSentTo(clients) == before) {
            throw new IllegalStateException("nothing was reflected");
        }
    }

    /** From the frames that arrive to the slices that are handed to the connections. */
    @Benchmark
    public long round() {
        for (int i = 0; i < updates; i++) {
            fleet.receive(SENDER, frames[next]);
            next = next + 1 < frames.length ? next + 1 : 0;
        }
        fleet.flushRound();
        return fleet.octetsSentTo(clients);
    }

    /**
     * From the octets of one read to the slices: the same behind a {@link FrameDecoder}. The whole way from a socket to
     * the log, and from the log to all sockets.
     */
    @Benchmark
    public long wholeWay() {
        int from = next == 0 ? 0 : ends[next - 1];
        stream.setIndex(from, ends[next + updates - 1]);
        // Not written to the channel, which would make a promise for it.
        channel.pipeline().fireChannelRead(stream.retain()).fireChannelReadComplete();
        next = next + updates < frames.length ? next + updates : 0;
        fleet.flushRound();
        return fleet.octetsSentTo(clients);
    }
}
