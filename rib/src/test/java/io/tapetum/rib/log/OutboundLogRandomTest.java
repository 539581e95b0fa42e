package io.tapetum.rib.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.Path;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.attribute.TestAttributes;

/**
 * Random histories of a table, a log and its readers, against what each reader must hold in the end: every best route
 * that is exported, but those learned from itself. Segments and thresholds are tiny, so that everything that can happen
 * to a large log in a year happens in a thousand steps.
 */
class OutboundLogRandomTest {

    private static final int PEERS = 5;
    private static final int HISTORIES = Integer.getInteger("tapetum.histories", 15);
    private static final int STEPS = 1_500;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void every_reader_that_meets_the_tail_holds_what_the_table_says(long seed) {
        for (int i = 0; i < HISTORIES; i++) {
            long history = seed * 1_000_003 + i;
            try {
                new History(history).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("history of seed " + history + ": " + e, e);
            }
        }
    }

    /** One reader: a cursor, the peer behind it, and what it knew when it (re)started. */
    private static final class Reader {
        final LogCursor cursor;
        final Receiver receiver;
        final boolean lazy;
        long mark;
        boolean marked;
        int markedAtStep;

        Reader(LogCursor cursor, Receiver receiver, boolean lazy, int step) {
            this.cursor = cursor;
            this.receiver = receiver;
            this.lazy = lazy;
            mark(step);
        }

        void mark(int step) {
            mark = cursor.tail();
            marked = true;
            markedAtStep = step;
        }
    }

    private static final class History {
        final Random random;
        final LogFormat format;
        final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
        final OutboundLog log;
        final AdjRibIn rib;
        final RouteSource[] sources = new RouteSource[PEERS];
        final List<Reader> readers = new ArrayList<>();
        /** Changes that were decided but not offered to the log yet: other threads' batches. */
        final List<RibChanges> undelivered = new ArrayList<>();
        /** When a change of a prefix was last decided or offered. */
        final Map<Prefix, Integer> touchedAtStep = new HashMap<>();
        final Prefix[] prefixes;
        int step;

        History(long seed) {
            random = new Random(seed);
            boolean ipv6 = random.nextInt(3) == 0;
            boolean multiprotocol = ipv6 || random.nextBoolean();
            format = new LogFormat(ipv6 ? Family.IPV6_UNICAST : Family.IPV4_UNICAST, multiprotocol,
                    160 + random.nextInt(100));
            int min = 32 << random.nextInt(4);
            log = new OutboundLog(format, new LogSizing(min, min << random.nextInt(4), 1 + random.nextInt(20)),
                    allocator);
            rib = new AdjRibIn(format.family(), 1 << random.nextInt(3));
            for (int i = 0; i < PEERS; i++) {
                sources[i] = new RouteSource(i, 1, RouteSource.Kind.CLIENT, i, 0, i, 0);
            }
            prefixes = new Prefix[4 + random.nextInt(60)];
            for (int i = 0; i < prefixes.length; i++) {
                int length = ipv6 ? 64 + i : i % 2 == 0 ? 32 : 24;
                long high = ipv6 ? 0x2001_0DB8L << 32 : (0x0A000000L + ((long) i << 8)) << 32;
                prefixes[i] = new Prefix(high, ipv6 && i > 0 ? 1L << (64 - i) : 0,
                        length);
            }
        }

        void run() {
            int joins = random.nextInt(PEERS);
            for (int i = 0; i < joins; i++) {
                join();
            }
            int auditEvery = 1 + random.nextInt(200);
            for (step = 1; step <= STEPS; step++) {
                act();
                if (step % auditEvery == 0) {
                    LogAudit.check(log.store);
                }
            }
            deliverAll();
            LogAudit.check(log.store);
            for (Reader reader : readers) {
                catchUp(reader);
                assertView(reader);
            }
            Reader late = join();
            catchUp(late);
            assertView(late);
            Reader stranger = add(new Reader(log.join(99), new Receiver(format), false, step));
            catchUp(stranger);
            assertThat(stranger.receiver.routes).isEqualTo(expected(99));
            assertThat(log.statistics().announced()).isEqualTo(stranger.receiver.routes.size());
            end();
        }

        void act() {
            int dice = random.nextInt(100);
            if (dice < 45) {
                change();
            } else if (dice < 60) {
                deliverSome();
            } else if (dice < 92) {
                if (!readers.isEmpty()) {
                    read(readers.get(random.nextInt(readers.size())));
                }
            } else if (dice < 95) {
                if (readers.size() < 8) {
                    join();
                }
            } else if (dice < 97) {
                if (!readers.isEmpty()) {
                    readers.remove(random.nextInt(readers.size())).cursor.close();
                }
            } else if (dice < 98) {
                if (!readers.isEmpty()) {
                    Reader reader = readers.get(random.nextInt(readers.size()));
                    reader.cursor.rewind();
                    reader.mark(step);
                }
            } else if (dice < 99) {
                deliverAll();
                purge();
            } else {
                deliverAll();
                if (!readers.isEmpty()) {
                    Reader reader = readers.get(random.nextInt(readers.size()));
                    catchUp(reader);
                    assertView(reader);
                }
            }
        }

        void change() {
            RibChanges changes = new RibChanges();
            RouteSource source = sources[random.nextInt(PEERS)];
            PathAttributes attributes = attributes(source.peerId());
            boolean withdraw = random.nextInt(3) == 0;
            int count = 1 + random.nextInt(random.nextInt(4) == 0 ? prefixes.length : 3);
            for (int i = 0; i < count; i++) {
                Prefix prefix = prefixes[random.nextInt(prefixes.length)];
                if (withdraw) {
                    rib.withdraw(source, 0, prefix.high(), prefix.low(), prefix.length(), changes);
                } else {
                    rib.announce(source, 0, prefix.high(), prefix.low(), prefix.length(), attributes, changes);
                }
            }
            remember(changes);
        }

        void purge() {
            int peer = random.nextInt(PEERS);
            RibChanges changes = new RibChanges();
            var purge = rib.purge(sources[peer]);
            sources[peer] = new RouteSource(peer, sources[peer].session() + 1, RouteSource.Kind.CLIENT, peer, 0, peer,
                    0);
            while (!purge.step(1 + random.nextInt(20), changes)) {
                assertThat(purge.removed()).isNotNegative();
            }
            remember(changes);
        }

        void remember(RibChanges changes) {
            touch(changes);
            undelivered.add(changes);
        }

        private void touch(RibChanges changes) {
            for (int i = 0; i < changes.size(); i++) {
                touchedAtStep.put(new Prefix(changes.high(i), changes.low(i), changes.length(i)), step);
            }
        }

        PathAttributes attributes(int peer) {
            int variant = random.nextInt(12);
            return TestAttributes.attributes().tag(peer << 8 | variant).localPref(random.nextInt(4))
                    .padding(variant == 11 ? 200 : variant).build();
        }

        /** Batches reach the log in any order. */
        void deliverSome() {
            int count = Math.min(undelivered.size(), 1 + random.nextInt(6));
            for (int i = 0; i < count; i++) {
                deliver(undelivered.remove(random.nextInt(undelivered.size())));
            }
        }

        void deliverAll() {
            while (!undelivered.isEmpty()) {
                deliverSome();
            }
        }

        void deliver(RibChanges changes) {
            touch(changes);
            int from = 0;
            while (from < changes.size()) {
                int to = from + 1;
                RouteSource source = changes.source(from);
                PathAttributes attributes = changes.attributes(from);
                while (to < changes.size() && Objects.equals(source, changes.source(to))
                        && Objects.equals(attributes, changes.attributes(to))) {
                    to++;
                }
                if (source == null || attributes == null || !isExported(attributes)) {
                    log.withdraw(changes, from, to);
                } else {
                    ByteBuf block = Unpooled.wrappedBuffer(attributes.block());
                    log.announce(block, NextHop.ipv4(source.peerId()), source.peerId(), changes, from,
                            to);
                }
                from = to;
            }
        }

        private static boolean isExported(PathAttributes attributes) {
            return (tag(attributes) & 0xFF) != 7;
        }

        private static int tag(PathAttributes attributes) {
            return Unpooled.wrappedBuffer(attributes.block()).getInt(TestAttributes.TAG_OFFSET);
        }

        private boolean fits(Path best, int length) {
            int around = format.multiprotocol() ? 23 + 4 + 3 + 1 + 4 + 1 : 23;
            return around + best.attributes().block().length + 1 + (length + 7) / 8 <= format.maxMessageLength();
        }

        Map<Prefix, Integer> expected(int peer) {
            Map<Prefix, Integer> routes = new HashMap<>();
            rib.forEachBest((high, low, length, best) -> {
                if (best.source().peerId() != peer && isExported(best.attributes()) && fits(best, length)) {
                    routes.put(new Prefix(high, low, length), tag(best.attributes()));
                }
            });
            return routes;
        }

        Reader join() {
            int peer = random.nextInt(PEERS);
            return add(new Reader(log.join(peer), new Receiver(format), random.nextInt(4) == 0, step));
        }

        Reader add(Reader reader) {
            readers.add(reader);
            return reader;
        }

        void read(Reader reader) {
            if (reader.lazy && random.nextInt(20) != 0) {
                return;
            }
            reader.cursor.gather(reader.receiver, 1 + random.nextInt(random.nextBoolean() ? 300 : 3_000));
            observe(reader);
        }

        void catchUp(Reader reader) {
            int rounds = 0;
            while (!reader.cursor.atTail()) {
                assertThat(++rounds).isLessThan(100_000);
                reader.cursor.gather(reader.receiver, 1 + random.nextInt(2_000));
                observe(reader);
            }
            observe(reader);
            assertThat(reader.marked).as("the mark is passed at the tail").isFalse();
            assertThat(reader.cursor.lagOctets()).isZero();
        }

        void observe(Reader reader) {
            int peer = reader.cursor.peerId();
            reader.receiver.routes.forEach((prefix, tag) -> assertThat(tag >> 8 != peer || peer == 99)
                    .as("%s came back to peer %s", prefix, peer).isTrue());
            if (reader.marked && reader.cursor.passed(reader.mark)) {
                reader.marked = false;
                Map<Prefix, Integer> present = expected(peer);
                present.forEach((prefix, tag) -> {
                    // What was decided and offered before the mark was taken, and did not change since, is there.
                    if (touchedAtStep.getOrDefault(prefix, 0) < reader.markedAtStep && !isUndelivered(prefix)) {
                        assertThat(reader.receiver.routes).containsEntry(prefix, tag);
                    }
                });
            }
        }

        private boolean isUndelivered(Prefix prefix) {
            for (RibChanges changes : undelivered) {
                for (int i = 0; i < changes.size(); i++) {
                    if (prefix.equals(new Prefix(changes.high(i), changes.low(i), changes.length(i)))) {
                        return true;
                    }
                }
            }
            return false;
        }

        void assertView(Reader reader) {
            if (undelivered.isEmpty()) {
                assertThat(reader.receiver.routes).as("what peer %s holds", reader.cursor.peerId())
                        .isEqualTo(expected(reader.cursor.peerId()));
            }
        }

        void end() {
            boolean logFirst = random.nextBoolean();
            if (logFirst) {
                log.close();
            }
            readers.forEach(reader -> reader.cursor.close());
            if (!logFirst) {
                log.close();
            }
            assertThat(allocator.metric().usedDirectMemory()).isZero();
            assertThat(log.statistics().octets()).isZero();
            assertThat(log.statistics().segments()).isZero();
            assertThat(log.statistics().cursors()).isZero();
        }
    }
}
