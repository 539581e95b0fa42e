package io.tapetum.bench.rib;

import java.util.List;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import io.tapetum.bench.HotPathBenchmark;
import io.tapetum.bench.routes.CalicoRoutes;
import io.tapetum.bench.routes.Peers;
import io.tapetum.bench.routes.Prefix;
import io.tapetum.bench.routes.RouteSet;
import io.tapetum.bench.routes.RouteTable;
import io.tapetum.bench.routes.Updates;
import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.BestPath;
import io.tapetum.rib.Change;
import io.tapetum.rib.Path;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * The decision among the paths of one prefix, as for a service address that several nodes announce alike: all rungs are
 * tied up to the identifiers, the longest way down. An operation is the announcement of one path and the decision that
 * follows. The look-up of the prefix is part of it; the case of one path, where nothing is to be decided, tells how
 * large a part. Should allocate nothing.
 */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls prepare() before anything else
public class BestPathBenchmark extends HotPathBenchmark {

    @Param({"1", "2", "8"})
    private int paths;

    private final RouteTable routes = CalicoRoutes.ipv4(64);
    private final Prefix prefix = routes.prefixes().getFirst();
    private final AdjRibIn table = new AdjRibIn(routes.family(), 1);
    private final RibChanges changes = new RibChanges();
    private RouteSource last;
    private PathAttributes attributes;
    private PathAttributes equallyGood;
    private boolean alternated;
    private Path one;
    private Path other;

    /** Lets the peers announce the prefix. */
    @Setup
    public void prepare() {
        for (int peer = 0; peer < paths; peer++) {
            last = Peers.client(peer);
            attributes = received(peer);
            announce(attributes);
        }
        equallyGood = received(paths);
        List<Path> all = table.paths(prefix.high(), prefix.low(), prefix.length());
        one = all.getFirst();
        other = all.getLast();
    }

    private PathAttributes received(int node) {
        RouteSet set = routes.sets().get(node);
        return Updates.received(routes.family(), set, AttributeCandidate::make);
    }

    private Change announce(PathAttributes by) {
        changes.clear();
        return table.announce(last, 0, prefix.high(), prefix.low(), prefix.length(), by, changes);
    }

    /** The path of the highest identifier gets another next hop: all paths are weighed, and the best stays the best. */
    @Benchmark
    public Change decide() {
        alternated = !alternated;
        return announce(alternated ? equallyGood : attributes);
    }

    /** Two paths weighed once, without a table. Should allocate nothing. With one path, it is weighed against itself. */
    @Benchmark
    public int compare() {
        return BestPath.compare(one, other);
    }
}
