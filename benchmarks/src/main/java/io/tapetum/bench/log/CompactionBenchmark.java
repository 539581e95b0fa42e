package io.tapetum.bench.log;

import java.util.SplittableRandom;

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
import io.tapetum.rib.log.LogCursor;
import io.tapetum.rib.log.OutboundLog;
import io.tapetum.rib.log.SliceSink;

/**
 * What it costs to keep an outbound log small while its routes change. Compaction has no entrance of its own: it happens
 * within appends, so it is measured as what they cost more. The routes are those of Calico nodes, four blocks each.
 */
public class CompactionBenchmark extends HotPathBenchmark {

    private static final int ANOTHER_PEER = 1;
    private static final int SWEPT = 10_000;

    /**
     * A node's routes announced again, which supersedes its older UPDATE. An operation is one such UPDATE. Nobody reads.
     */
    @Benchmark
    public int announceAgain(Churn churn) {
        return churn.changes.announceRun(churn.log, churn.next());
    }

    /**
     * A whole table withdrawn, node by node, and announced anew, while a session keeps up. The withdrawals become more
     * than the log puts up with, and are swept out. An operation is one route: its withdrawal, its announcement, and its
     * share of the sweeps and of what the session reads.
     */
    @Benchmark
    @OperationsPerInvocation(SWEPT)
    public long sweep(Table table) {
        for (int run = 0; run < table.changes.runs(); run++) {
            table.changes.withdrawRun(table.log, run);
            table.read();
        }
        for (int run = 0; run < table.changes.runs(); run++) {
            table.changes.announceRun(table.log, run);
            table.read();
        }
        return table.octets;
    }

    /** In which order routes are announced again. */
    public enum Order {
        /**
         * As they stand in the log: it dies from its head on, segment by segment, and nothing is left to be rewritten.
         */
        IN_TURN,
        /**
         * At random: every segment that is half dead is rewritten with the other half. So about as many routes are
         * rewritten as are announced, and what this order costs more is compaction, and misses of the cache.
         */
        AT_RANDOM
    }

    /** A log in which nodes are announced again. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
    public static class Churn {

        @Param
        private Order order;

        /** Routes in the log. */
        @Param({"100000"})
        private int prefixes;

        private final SplittableRandom random = new SplittableRandom(4271);
        private ChangedRoutes changes;
        private OutboundLog log;
        private int place;

        /** Fills the log, and ages it until its segments are as they will be from then on. */
        @Setup
        public void prepare() {
            changes = new ChangedRoutes(CalicoRoutes.ipv4(prefixes));
            log = changes.filledLog();
            for (int i = 0; i < 4 * changes.runs(); i++) {
                changes.announceRun(log, next());
            }
        }

        /** Makes sure that there was something to measure, and gives the buffers back. */
        @TearDown
        public void release() {
            long compactions = log.statistics().compactions();
            log.close();
            if (compactions == 0) {
                throw new IllegalStateException("nothing was compacted");
            }
        }

        private int next() {
            if (order == Order.AT_RANDOM) {
                return random.nextInt(changes.runs());
            }
            place = place + 1 < changes.runs() ? place + 1 : 0;
            return place;
        }
    }

    /** A log whose routes go and come, and a session that reads it. */
    @State(Scope.Thread)
    public static class Table implements SliceSink {

        private final ChangedRoutes changes = new ChangedRoutes(CalicoRoutes.ipv4(SWEPT));
        private final OutboundLog log = changes.filledLog();
        private final LogCursor cursor = log.join(ANOTHER_PEER);
        private long octets;

        /** Makes sure that there was something to measure, and gives the buffers back. */
        @TearDown
        public void release() {
            long compactions = log.statistics().compactions();
            cursor.close();
            log.close();
            if (compactions == 0) {
                throw new IllegalStateException("nothing was swept");
            }
        }

        private void read() {
            cursor.gather(this, Integer.MAX_VALUE);
        }

        @Override
        public void add(ByteBuf buffer, int offset, int length, int messages) {
            octets += length;
        }
    }
}
