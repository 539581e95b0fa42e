package io.tapetum.bench.rib;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import io.tapetum.bench.HotPathBenchmark;
import io.tapetum.bench.routes.InternetRoutes;
import io.tapetum.bench.routes.RouteTable;
import io.tapetum.bench.routes.Updates;
import io.tapetum.rib.AttributeTable;
import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * Finding the one object for equal attributes of the internet. An operation is one look-up. The hash is computed when
 * attributes are parsed, and is not measured here.
 */
public class InternBenchmark extends HotPathBenchmark {

    private static final int UNKNOWN = 4096;

    /** Attributes that the table has. Should allocate nothing; {@code -t 2} shows two event loops at it. */
    @Benchmark
    public PathAttributes known(Members members, Turn turn) {
        return members.table.intern(members.candidates[turn.next(members.candidates.length)]);
    }

    /**
     * Attributes that the table has not. It is empty at first, and its growth counts; what the collector has to do for
     * the weak references shows only in its pauses.
     */
    @Benchmark
    @OperationsPerInvocation(UNKNOWN)
    public AttributeTable unknown(Strangers strangers) {
        AttributeTable table = new AttributeTable();
        for (PathAttributes stranger : strangers.candidates) {
            table.intern(stranger);
        }
        return table;
    }

    /** The attributes of so many UPDATEs, each an object of its own, in random order. */
    private static PathAttributes[] candidates(int count) {
        // More prefixes than enough: there are five to an UPDATE on average.
        RouteTable routes = InternetRoutes.ipv4(10 * count + 1000);
        List<PathAttributes> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            candidates.add(Updates.received(routes.family(), routes.sets().get(i), AttributeCandidate::make));
        }
        Collections.shuffle(candidates, new Random(count));
        return candidates.toArray(PathAttributes[]::new);
    }

    /** A table, and other objects that are equal to its members. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
    public static class Members {

        @Param({"100", "100000"})
        private int attributes;

        private final AttributeTable table = new AttributeTable();
        /** Keeps the members alive, which the table does not. */
        private PathAttributes[] members;
        private PathAttributes[] candidates;

        /** Fills the table. */
        @Setup
        public void prepare() {
            members = candidates(attributes);
            for (int i = 0; i < members.length; i++) {
                members[i] = table.intern(members[i]);
            }
            candidates = candidates(attributes);
        }
    }

    /** Attributes that no table has. */
    @State(Scope.Benchmark)
    public static class Strangers {
        private final PathAttributes[] candidates = candidates(UNKNOWN);
    }

    /** A thread's place in the candidates. */
    @State(Scope.Thread)
    public static class Turn {

        private int place;

        int next(int size) {
            place = place + 1 < size ? place + 1 : 0;
            return place;
        }
    }
}
