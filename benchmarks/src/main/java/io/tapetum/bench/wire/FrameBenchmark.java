package io.tapetum.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.tapetum.bench.HotPathBenchmark;
import io.tapetum.bench.routes.Network;
import io.tapetum.bench.routes.RouteTable;
import io.tapetum.bench.routes.Updates;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.frame.FrameDecoder;
import io.tapetum.wire.frame.FrameSink;
import io.tapetum.wire.frame.Framing;
import io.tapetum.wire.message.BgpErrorException;

/**
 * Cutting a stream of UPDATEs into frames. An operation is one frame. No socket is read, and nobody looks into the
 * frames.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class FrameBenchmark extends HotPathBenchmark {

    private static final int FRAMES = 1000;

    @Param
    private Network network;

    private ByteBuf stream;
    private final Frames frames = new Frames();
    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(frames));

    /** Takes as many UPDATEs of the table as an invocation decodes. */
    @Setup
    public void prepare() {
        RouteTable table = network.table(10 * FRAMES);
        stream = Updates.stream(new RouteTable(table.family(), table.sets().subList(0, FRAMES)));
    }

    /** Looks for errors that the pipeline kept to itself. */
    @TearDown
    public void check() {
        channel.checkException();
        channel.finishAndReleaseAll();
    }

    /** Headers alone: checked, and skipped to the next. Should allocate nothing. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int headers() throws BgpErrorException {
        stream.readerIndex(0);
        int count = 0;
        while (stream.isReadable()) {
            stream.skipBytes(Framing.frameLength(stream, BgpHeader.MAX_LENGTH));
            count++;
        }
        return count;
    }

    /** The decoder in a pipeline, with all frames in one read: a view of each for the sink. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long oneRead() {
        stream.readerIndex(0);
        channel.writeInbound(stream.retainedDuplicate());
        return frames.octets;
    }

    /** The same in reads of 1448 octets, a TCP segment each: frames that are cut in two must be put together. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long readsOfOneSegment() {
        stream.readerIndex(0);
        while (stream.isReadable()) {
            channel.writeInbound(stream.readRetainedSlice(Math.min(1448, stream.readableBytes())));
        }
        return frames.octets;
    }

    /** Who takes the frames. */
    private static final class Frames implements FrameSink {

        private long octets;

        @Override
        public void frame(ByteBuf frame) {
            octets += frame.readableBytes();
        }
    }
}
