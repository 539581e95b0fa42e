package io.tapetum.bench.log;

import io.netty.buffer.ByteBuf;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.tapetum.bench.HotPathBenchmark;
import io.tapetum.bench.routes.Network;
import io.tapetum.rib.log.LogCursor;
import io.tapetum.rib.log.OutboundLog;
import io.tapetum.rib.log.SliceSink;

/**
 * Reading an outbound log with a session's cursor: which octets are to be sent. What is handed out is counted, not
 * sliced, queued or sent.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class GatherBenchmark extends HotPathBenchmark implements SliceSink {

    private static final int ANOTHER_PEER = 1;
    /** What a session takes at a time. */
    private static final int ROUND_OCTETS = 256 * 1024;

    @Param
    private Network network;

    /** Routes in the log. */
    @Param({"250000"})
    private int prefixes;

    private OutboundLog log;
    private LogCursor cursor;
    private long octets;

    /** Fills the log. */
    @Setup
    public void prepare() {
        log = new ChangedRoutes(network.table(prefixes)).filledLog();
        cursor = log.join(ANOTHER_PEER);
        wholeLog();
    }

    /** Gives the buffers back. */
    @TearDown
    public void release() {
        cursor.close();
        log.close();
    }

    /** The whole log, as a session that asks for a route refresh gets it. An operation is all of it. */
    @Benchmark
    public long wholeLog() {
        cursor.rewind();
        while (!cursor.atTail()) {
            cursor.gather(this, ROUND_OCTETS);
        }
        return octets;
    }

    /** A look at the tail that finds nothing new: what a flush round costs a session in vain. */
    @Benchmark
    public int nothingNew() {
        return cursor.gather(this, ROUND_OCTETS);
    }

    @Override
    public void add(ByteBuf buffer, int offset, int length, int messages) {
        octets += length;
    }
}
