package io.tapetum.bench.log;

import io.netty.buffer.ByteBuf;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import io.tapetum.bench.HotPathBenchmark;
import io.tapetum.bench.routes.CalicoRoutes;
import io.tapetum.bench.routes.Network;
import io.tapetum.rib.log.LogCursor;
import io.tapetum.rib.log.OutboundLog;
import io.tapetum.rib.log.SliceSink;

/**
 * Appending to an outbound log. All routes of the log stem from one client and are re-announced in turn, so every append
 * supersedes an older entry, and compaction has its share in each score. Not measured: how attributes are rewritten, and
 * sending.
 */
public class AppendBenchmark extends HotPathBenchmark {

    private static final int FILLED = 50_000;
    private static final int FIFTY = 50;

    /** A whole table into an empty log, run by run of equal attributes. An operation is one prefix. */
    @Benchmark
    @OperationsPerInvocation(FILLED)
    public int fill(Table table) {
        OutboundLog log = table.changes.emptyLog();
        int appended = table.changes.announceAll(log);
        log.close();
        return appended;
    }

    /** An UPDATE of one prefix. */
    @Benchmark
    public long announceOne(Log log) {
        log.changes.announce(log.log, log.next(1), 1, 0);
        return log.read();
    }

    /** An UPDATE of fifty prefixes. */
    @Benchmark
    public long announceFifty(Log log) {
        log.changes.announce(log.log, log.next(FIFTY), FIFTY, 0);
        return log.read();
    }

    /** An UPDATE that withdraws a prefix, and one that announces it again. */
    @Benchmark
    public long flap(Log log) {
        int prefix = log.next(1);
        log.changes.withdraw(log.log, prefix, 1);
        log.read();
        log.changes.announce(log.log, prefix, 1, 0);
        return log.read();
    }

    /** What an empty log is filled with. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
    public static class Table {

        @Param
        private Network network;

        private ChangedRoutes changes;

        /** Makes the changes. */
        @Setup
        public void prepare() {
            changes = new ChangedRoutes(network.table(FILLED));
        }
    }

    /** Who reads while the log is appended to. */
    public enum Reader {
        /** Nobody: withdrawals are forgotten at once. */
        NONE,
        /** A session that reads what was appended, which is measured along. */
        CURRENT,
        /** A session that read the table and then no more: the log keeps what it has to learn of. */
        STUCK
    }

    /** A log of a cluster's routes. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
    public static class Log implements SliceSink {

        private static final int ANOTHER_PEER = 1;

        @Param
        private Reader reader;

        /** Routes in the log. */
        @Param({"100000"})
        private int prefixes;

        private ChangedRoutes changes;
        private OutboundLog log;
        private LogCursor cursor;
        private long octets;
        private int place;

        /** Fills the log, and lets the session read it. */
        @Setup
        public void prepare() {
            changes = new ChangedRoutes(CalicoRoutes.ipv4(prefixes));
            log = changes.filledLog();
            cursor = log.join(ANOTHER_PEER);
            while (!cursor.atTail()) {
                cursor.gather(this, Integer.MAX_VALUE);
            }
            if (reader == Reader.NONE) {
                cursor.close();
            }
        }

        /** Gives the buffers back. */
        @TearDown
        public void release() {
            cursor.close();
            log.close();
        }

        /** Lets the session read, if it does; returns what it has read so far. */
        long read() {
            if (reader == Reader.CURRENT) {
                cursor.gather(this, Integer.MAX_VALUE);
            }
            return octets;
        }

        @Override
        public void add(ByteBuf buffer, int offset, int length, int messages) {
            octets += length;
        }

        int next(int count) {
            int next = place;
            place = place + 2 * count <= prefixes ? place + count : 0;
            return next;
        }
    }
}
