package io.tapetum.rib.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.attribute.TestAttributes;

/** A table and a log behind it, in the hands of a test that plays the peers. */
final class LogFixture implements AutoCloseable {

    private static final Map<Integer, RouteSource> PEERS = new ConcurrentHashMap<>();

    final LogFormat format;
    final OutboundLog log;
    final AdjRibIn rib;
    final RibChanges changes = new RibChanges();
    private final @Nullable PathTeller teller;
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);

    LogFixture() {
        this(new LogFormat(Family.IPV4_UNICAST, false, 4096), LogSizing.DEFAULT);
    }

    LogFixture(LogFormat format, LogSizing sizing) {
        this(format, sizing, 0);
    }

    /** A log of so many paths of each prefix, with path identifiers. */
    LogFixture(int limit) {
        this(new LogFormat(Family.IPV4_UNICAST, false, 4096, true), LogSizing.DEFAULT, limit);
    }

    LogFixture(LogFormat format, LogSizing sizing, int limit) {
        this.format = format;
        this.log = new OutboundLog(format, sizing, allocator);
        this.rib = new AdjRibIn(format.family(), 4);
        this.teller = limit > 0 ? new PathTeller(log, limit) : null;
        rib.rankPaths(limit > 0);
    }

    /** Always the same object for the same peer, as its session would have it. */
    static RouteSource peer(int id) {
        return PEERS.computeIfAbsent(id, peer -> new RouteSource(peer, 1, RouteSource.Kind.CLIENT, peer, 0, peer, 0));
    }

    /** The peer announces 10.n.0.0/16 for each number; the log gets what changes. */
    void announce(int peer, int tag, long localPref, int padding, int... numbers) {
        changes.clear();
        var attributes = TestAttributes.attributes().tag(tag).localPref(localPref).padding(padding).build();
        for (int number : numbers) {
            Prefix prefix = prefix(number);
            rib.announce(peer(peer), 0, prefix.high(), 0, prefix.length(), attributes, changes);
        }
        append();
    }

    void announce(int peer, int tag, long localPref, int number) {
        announce(peer, tag, localPref, 0, number);
    }

    void withdraw(int peer, int... numbers) {
        changes.clear();
        for (int number : numbers) {
            Prefix prefix = prefix(number);
            rib.withdraw(peer(peer), 0, prefix.high(), 0, prefix.length(), changes);
        }
        append();
    }

    void append() {
        if (teller != null) {
            tell(changes);
        } else {
            append(changes, 0, changes.size());
        }
    }

    /** Offers changes of all paths to the log; every path is admitted, but those whose tag is negative. */
    boolean tell(RibChanges batch) {
        return Objects.requireNonNull(teller).tell(batch.paths(), new PathEgress() {

            @Override
            public boolean admits(RouteSource source, PathAttributes attributes) {
                return attributes.block()[TestAttributes.TAG_OFFSET] >= 0;
            }

            @Override
            public ByteBuf block(RouteSource source, PathAttributes attributes) {
                return Unpooled.wrappedBuffer(attributes.block());
            }

            @Override
            public NextHop nextHop(RouteSource source, PathAttributes attributes) {
                return NextHop.ipv4(1);
            }
        });
    }

    /** Offers changes that have one best path, or none, to the log. */
    int append(RibChanges batch, int from, int to) {
        if (from == to) {
            return 0;
        }
        RouteSource source = batch.source(from);
        PathAttributes attributes = batch.attributes(from);
        if (source == null || attributes == null) {
            return log.withdraw(batch, from, to);
        }
        ByteBuf block = Unpooled.wrappedBuffer(attributes.block());
        return log.announce(block, NextHop.ipv4(1), source.peerId(), batch, from, to);
    }

    Receiver receiver() {
        return new Receiver(format);
    }

    void drain(LogCursor cursor, Receiver receiver) {
        while (!cursor.atTail()) {
            cursor.gather(receiver, 1 << 16);
        }
    }

    static Prefix prefix(int number) {
        return Prefix.ipv4(0x0A000000 + (number << 16), 16);
    }

    long usedMemory() {
        return allocator.metric().usedDirectMemory();
    }

    /** Every test ends with all memory given back, once it has closed its cursors. */
    @Override
    public void close() {
        log.close();
        assertThat(usedMemory()).isZero();
    }
}
