package io.tapetum.bench.log;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.bench.routes.Peers;
import io.tapetum.bench.routes.Prefix;
import io.tapetum.bench.routes.RouteSet;
import io.tapetum.bench.routes.RouteTable;
import io.tapetum.bench.routes.Updates;
import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.RouteSource;
import io.tapetum.rib.log.LogFormat;
import io.tapetum.rib.log.OutboundLog;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.attribute.AttributeEditor;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * A table of routes from one client, as a batch of changes that are all current, with attribute blocks as a reflector
 * sends them. A log takes the same change again and again, so nothing has to be decided between two appends.
 */
final class ChangedRoutes {

    static final RouteSource SOURCE = Peers.client(0);

    private static final int CLUSTER = 1;

    private final LogFormat format;
    private final RibChanges changes = new RibChanges();
    private final List<Run> runs = new ArrayList<>();

    /** Changes {@code from} to {@code to}, exclusively, share these attributes. */
    private record Run(int from, int to, ByteBuf block, NextHop nextHop) {}

    ChangedRoutes(RouteTable routes) {
        format = new LogFormat(routes.family(), false, BgpHeader.MAX_LENGTH);
        AdjRibIn table = new AdjRibIn(routes.family(), 64);
        for (RouteSet set : routes.sets()) {
            PathAttributes attributes = Updates.received(routes.family(), set, AttributeCandidate::make);
            int from = changes.size();
            for (Prefix prefix : set.prefixes()) {
                table.announce(SOURCE, 0, prefix.high(), prefix.low(), prefix.length(), attributes, changes);
            }
            runs.add(new Run(from, changes.size(), reflected(attributes), attributes.nextHop()));
        }
    }

    /** RFC 4456 §8. */
    private static ByteBuf reflected(PathAttributes attributes) {
        ByteBuf block = Unpooled.buffer();
        new AttributeEditor().includeNextHop().originatorId(SOURCE.bgpIdentifier()).prependCluster(CLUSTER)
                .write(attributes, block);
        return block;
    }

    int size() {
        return changes.size();
    }

    OutboundLog emptyLog() {
        return new OutboundLog(format);
    }

    /** A log with all routes in it. */
    OutboundLog filledLog() {
        OutboundLog log = emptyLog();
        announceAll(log);
        return log;
    }

    /** Announces all routes, one UPDATE for each run of equal attributes. */
    int announceAll(OutboundLog log) {
        int appended = 0;
        for (int run = 0; run < runs.size(); run++) {
            appended += announceRun(log, run);
        }
        return appended;
    }

    /** How many runs of equal attributes there are. */
    int runs() {
        return runs.size();
    }

    /** Announces the routes of one run, with its attributes, in one UPDATE. */
    int announceRun(OutboundLog log, int number) {
        Run run = runs.get(number);
        return log.announce(run.block, run.nextHop, SOURCE.peerId(), changes, run.from, run.to);
    }

    /** Withdraws the routes of one run. */
    int withdrawRun(OutboundLog log, int number) {
        Run run = runs.get(number);
        return log.withdraw(changes, run.from, run.to);
    }

    /** Announces {@code count} routes from {@code first} on in one UPDATE, with the attributes of run {@code like}. */
    int announce(OutboundLog log, int first, int count, int like) {
        Run run = runs.get(like);
        return log.announce(run.block, run.nextHop, SOURCE.peerId(), changes, first, first + count);
    }

    int withdraw(OutboundLog log, int first, int count) {
        return log.withdraw(changes, first, first + count);
    }
}
