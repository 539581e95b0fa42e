package io.tapetum.bench.rib;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

import io.tapetum.bench.HotPathBenchmark;
import io.tapetum.bench.routes.InternetRoutes;
import io.tapetum.bench.routes.Peers;
import io.tapetum.bench.routes.Prefix;
import io.tapetum.bench.routes.RouteSet;
import io.tapetum.bench.routes.RouteTable;
import io.tapetum.bench.routes.Updates;
import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.Change;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * Changes of the Adj-RIB-In. An operation is one prefix, of one peer that nobody else competes with. The batch of
 * changes is filled and thrown away; what the update groups make of it is measured elsewhere. With {@code -t 2} two
 * event loops change different prefixes of one table.
 */
public class AdjRibInBenchmark extends HotPathBenchmark {

    /** As many as the reflector has. */
    private static final int STRIPES = 64;
    private static final int INSERTED = 100_000;

    private static final RouteSource PEER = Peers.client(0);

    /** A whole table into an empty one, whose growth counts. */
    @Benchmark
    @OperationsPerInvocation(INSERTED)
    public AdjRibIn insert(Routes routes, Batch batch) {
        AdjRibIn table = new AdjRibIn(Family.IPV4_UNICAST, STRIPES);
        for (int i = 0; i < INSERTED; i++) {
            routes.announce(table, i, routes.attributes, batch.empty());
        }
        return table;
    }

    /** Announced again with other attributes: a decision, a change. Should allocate nothing. */
    @Benchmark
    public Change replace(Full full, Routes routes, Batch batch) {
        int i = batch.next(full.prefixes);
        return routes.announce(full.table, i, batch.alternate(routes), batch.empty());
    }

    /** Announced again as it is, which a peer's refresh does. Should allocate nothing. */
    @Benchmark
    public Change repeat(Full full, Routes routes, Batch batch) {
        return routes.announce(full.table, batch.next(full.prefixes), routes.attributes, batch.empty());
    }

    /** Withdrawn, and announced anew: an entry goes, another comes. */
    @Benchmark
    public Change withdrawAndInsert(Full full, Routes routes, Batch batch) {
        int i = batch.next(full.prefixes);
        routes.withdraw(full.table, i, batch.empty());
        return routes.announce(full.table, i, routes.attributes, batch.empty());
    }

    /** What is announced: in arrays, because a list of objects would add misses of the cache. */
    @State(Scope.Benchmark)
    public static class Routes {

        private static final int MOST = 250_000;

        private final long[] high = new long[MOST];
        private final int[] length = new int[MOST];
        private final PathAttributes attributes;
        private final PathAttributes others;

        public Routes() {
            RouteTable routes = InternetRoutes.ipv4(MOST);
            int i = 0;
            for (Prefix prefix : routes.prefixes()) {
                high[i] = prefix.high();
                length[i++] = prefix.length();
            }
            RouteSet set = routes.sets().getFirst();
            attributes = Updates.received(routes.family(), set, AttributeCandidate::make);
            others = Updates.received(routes.family(), set.with(set.attributes().withMed(4271)),
                    AttributeCandidate::make);
        }

        Change announce(AdjRibIn table, int i, PathAttributes with, RibChanges changes) {
            return table.announce(PEER, 0, high[i], 0, length[i], with, changes);
        }

        boolean withdraw(AdjRibIn table, int i, RibChanges changes) {
            return table.withdraw(PEER, 0, high[i], 0, length[i], changes);
        }
    }

    /** A table that was filled. */
    @State(Scope.Benchmark)
    public static class Full {

        @Param({"1000", "250000"})
        private int prefixes;

        private final AdjRibIn table = new AdjRibIn(Family.IPV4_UNICAST, STRIPES);

        /** Fills the table. */
        @Setup
        public void prepare(Routes routes) {
            RibChanges changes = new RibChanges();
            for (int i = 0; i < prefixes; i++) {
                routes.announce(table, i, routes.attributes, changes);
                changes.clear();
            }
        }
    }

    /** A thread's batch of changes, and its place in the table: each thread has its own prefixes. */
    @State(Scope.Thread)
    public static class Batch {

        private final RibChanges changes = new RibChanges();
        private int threads;
        private int thread;
        private int place;
        private boolean alternated;

        /** Finds out how many share the table. */
        @Setup
        public void prepare(ThreadParams params) {
            threads = params.getThreadCount();
            thread = params.getThreadIndex();
            place = thread;
        }

        RibChanges empty() {
            changes.clear();
            return changes;
        }

        int next(int prefixes) {
            int next = place;
            place += threads;
            if (place >= prefixes) {
                place = thread;
                alternated = !alternated;
            }
            return next;
        }

        /** Other attributes than in the round before. */
        PathAttributes alternate(Routes routes) {
            return alternated ? routes.attributes : routes.others;
        }
    }
}
