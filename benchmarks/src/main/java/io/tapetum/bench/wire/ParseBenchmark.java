package io.tapetum.bench.wire;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import io.tapetum.bench.HotPathBenchmark;
import io.tapetum.bench.routes.CalicoRoutes;
import io.tapetum.bench.routes.InternetRoutes;
import io.tapetum.bench.routes.RouteAttributes;
import io.tapetum.bench.routes.RouteSet;
import io.tapetum.bench.routes.RouteTable;
import io.tapetum.bench.routes.Updates;
import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.update.UpdateParser;

/**
 * Parsing UPDATEs, and walking their prefixes. An operation is one UPDATE: of a Calico node with four blocks, or with
 * some five prefixes and the attributes of the internet. Attributes that are new are read and made into an object, but
 * not interned; see {@link io.tapetum.bench.rib.InternBenchmark}.
 */
@State(Scope.Thread)
public class ParseBenchmark extends HotPathBenchmark {

    /** Enough that no branch predictor learns them by heart. */
    private static final int UPDATES = 4096;

    private final UpdateParser parser = Updates.parser(AttributeCandidate::make);

    /** UPDATEs of one node: should allocate nothing. */
    @Benchmark
    public long equalAttributes(EqualAttributes updates) throws BgpErrorException {
        return parse(updates.next());
    }

    /** UPDATEs of as many nodes: none has the attributes of the one before. */
    @Benchmark
    public long newAttributes(NewAttributes updates) throws BgpErrorException {
        return parse(updates.next());
    }

    /** The same with AS paths, MEDs and communities. */
    @Benchmark
    public long internetAttributes(InternetAttributes updates) throws BgpErrorException {
        return parse(updates.next());
    }

    /** IPv6 UPDATEs of one node: should allocate nothing. */
    @Benchmark
    public long ipv6EqualAttributes(Ipv6EqualAttributes updates) throws BgpErrorException {
        return parse(updates.next());
    }

    /** IPv6 UPDATEs of as many nodes: the next hop in MP_REACH_NLRI differs, all else is the same. */
    @Benchmark
    public long ipv6NewNextHop(Ipv6NewNextHop updates) throws BgpErrorException {
        return parse(updates.next());
    }

    private long parse(ByteBuf frame) throws BgpErrorException {
        parser.parse(frame);
        return walk(parser.announced()) + walk(parser.reachable());
    }

    private static long walk(PrefixReader prefixes) {
        long seen = 0;
        while (prefixes.next()) {
            seen += prefixes.high() ^ prefixes.low() ^ prefixes.length();
        }
        return seen;
    }

    /** Frames in turn. */
    public abstract static class Frames {

        private final ByteBuf[] frames;
        private int next;

        Frames(RouteTable table) {
            frames = Updates.frames(new RouteTable(table.family(), table.sets().subList(0, UPDATES)))
                    .toArray(ByteBuf[]::new);
        }

        ByteBuf next() {
            return frames[next++ & UPDATES - 1];
        }

        /** The same prefixes, all with the attributes of the first. */
        static RouteTable ofOneNode(RouteTable table) {
            RouteAttributes first = table.sets().getFirst().attributes();
            List<RouteSet> sets = new ArrayList<>();
            for (RouteSet set : table.sets()) {
                sets.add(set.with(first));
            }
            return new RouteTable(table.family(), sets);
        }
    }

    /** Of one node. */
    @State(Scope.Thread)
    public static class EqualAttributes extends Frames {
        public EqualAttributes() {
            super(ofOneNode(CalicoRoutes.ipv4(UPDATES * CalicoRoutes.BLOCKS_PER_NODE)));
        }
    }

    /** Of many nodes. */
    @State(Scope.Thread)
    public static class NewAttributes extends Frames {
        public NewAttributes() {
            super(CalicoRoutes.ipv4(UPDATES * CalicoRoutes.BLOCKS_PER_NODE));
        }
    }

    /** Of border routers. */
    @State(Scope.Thread)
    public static class InternetAttributes extends Frames {
        public InternetAttributes() {
            super(InternetRoutes.ipv4(UPDATES * 10));
        }
    }

    /** Of one node, in MP_REACH_NLRI. */
    @State(Scope.Thread)
    public static class Ipv6EqualAttributes extends Frames {
        public Ipv6EqualAttributes() {
            super(ofOneNode(CalicoRoutes.ipv6(UPDATES * CalicoRoutes.BLOCKS_PER_NODE)));
        }
    }

    /** Of many nodes, in MP_REACH_NLRI. */
    @State(Scope.Thread)
    public static class Ipv6NewNextHop extends Frames {
        public Ipv6NewNextHop() {
            super(CalicoRoutes.ipv6(UPDATES * CalicoRoutes.BLOCKS_PER_NODE));
        }
    }
}
