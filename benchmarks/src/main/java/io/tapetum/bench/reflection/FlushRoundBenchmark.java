package io.tapetum.bench.reflection;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
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

/**
 * UPDATEs of one client, and the flush round that brings them to all others: parsing, tables, log, and a cursor for each
 * client. An operation is one round with all its UPDATEs, of four blocks each. The connections count octets and drop
 * them: no system call, no write of a socket, no timer is measured.
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
    private final ByteBuf[] frames = new ByteBuf[2 * UPDATES];
    private int next;
    private long before;

    /** Establishes the sessions, and makes two variants of each UPDATE, so that each changes the routes again. */
    @Setup
    public void prepare() {
        fleet = new ClientFleet(1 + clients);
        RouteTable routes = CalicoRoutes.ipv4(UPDATES * CalicoRoutes.BLOCKS_PER_NODE);
        for (int i = 0; i < UPDATES; i++) {
            RouteSet set = routes.sets().get(i);
            frames[i] = Updates.frame(routes.family(), set);
            frames[UPDATES + i] = Updates.frame(routes.family(), set.with(set.attributes().withMed(1)));
        }
        before = fleet.octetsSentTo(clients);
    }

    /** Makes sure that the last client got something. */
    @TearDown
    public void check() {
        if (fleet.octetsSentTo(clients) == before) {
            throw new IllegalStateException("nothing was reflected");
        }
    }

    @Benchmark
    public long round() {
        for (int i = 0; i < updates; i++) {
            fleet.receive(SENDER, frames[next]);
            next = next + 1 < frames.length ? next + 1 : 0;
        }
        fleet.flushRound();
        return fleet.octetsSentTo(clients);
    }
}
