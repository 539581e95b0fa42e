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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.BestPath;
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
        /** How many paths of a prefix the log is told of; 0 for the best only, without path identifiers. */
        final int limit;
        final @Nullable PathTeller teller;
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
            limit = switch (random.nextInt(5)) {
                case 0 -> 1;
                case 1 -> 2;
                case 2 -> Integer.MAX_VALUE;
                default -> 0;
            };
            boolean ipv6 = random.nextInt(3) == 0;
            boolean multiprotocol = ipv6 || random.nextBoolean();
            format = new LogFormat(ipv6 ? Family.IPV6_UNICAST : Family.IPV4_UNICAST, multiprotocol,
                    160 + random.nextInt(100), limit > 0);
            int min = 32 << random.nextInt(4);
            log = new OutboundLog(format, new LogSizing(min, min << random.nextInt(4), 1 + random.nextInt(20)),
                    allocator);
            rib = new AdjRibIn(format.family(), 1 << random.nextInt(3));
            teller = limit > 0 ? new PathTeller(log, limit) : null;
            if (teller != null && random.nextBoolean()) {
                rib.rankPaths(true);
            }
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
            if (teller != null) {
                begin();
            }
            int joins = random.nextInt(PEERS);
            for (int i = 0; i < joins; i++) {
                join();
            }
            int auditEvery = 1 + random.nextInt(200);
            for (step = 1; step <= STEPS; step++) {
                act();
                if (step % auditEvery == 0) {
                    LogAudit.check(log.store);
                    assertThat(log.announced()).isEqualTo(log.store.announced());
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
            assertThat(view(stranger)).isEqualTo(expected(99));
            assertThat(log.statistics().announced()).isEqualTo(
                    stranger.receiver.routes.size()
                            + stranger.receiver.paths.values().stream().mapToInt(Map::size).sum());
            readers.forEach(reader -> assertSameIds(reader, stranger));
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
            int receivedId = random.nextInt(3) == 0 ? random.nextInt(3) : 0;
            PathAttributes attributes = attributes(source.peerId(), receivedId);
            boolean withdraw = random.nextInt(3) == 0;
            int count = 1 + random.nextInt(random.nextInt(4) == 0 ? prefixes.length : 3);
            for (int i = 0; i < count; i++) {
                Prefix prefix = prefixes[random.nextInt(prefixes.length)];
                if (withdraw) {
                    rib.withdraw(source, receivedId, prefix.high(), prefix.low(), prefix.length(), changes);
                } else {
                    rib.announce(source, receivedId, prefix.high(), prefix.low(), prefix.length(), attributes, changes);
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
            for (int i = 0; i < changes.paths().size(); i++) {
                touchedAtStep.put(pathPrefix(changes, i), step);
            }
            for (int i = 0; i < changes.size(); i++) {
                touchedAtStep.put(new Prefix(changes.high(i), changes.low(i), changes.length(i)), step);
            }
        }

        /** A log of all paths comes late, when there is something in the table already, and perhaps not for the first time. */
        private void begin() {
            int steps = random.nextInt(100);
            for (step = -steps; step < 0; step++) {
                change();
            }
            if (random.nextBoolean()) {
                rib.rankPaths(false);
            }
            rib.rankPaths(true);
            RibChanges changes = new RibChanges();
            var walk = rib.rankedWalk();
            while (!walk.step(1 + random.nextInt(20), changes)) {
                change();
            }
            remember(changes);
        }

        private static Prefix pathPrefix(RibChanges changes, int i) {
            return new Prefix(changes.paths().high(i), changes.paths().low(i), changes.paths().length(i));
        }

        PathAttributes attributes(int peer, int receivedId) {
            int variant = random.nextInt(12);
            return TestAttributes.attributes().tag(peer << 8 | receivedId << 4 | variant).localPref(random.nextInt(4))
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
            if (teller != null) {
                teller.tell(changes.paths(), new Export());
                return;
            }
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
            return (tag(attributes) & 0xF) != 7;
        }

        private static int tag(PathAttributes attributes) {
            return Unpooled.wrappedBuffer(attributes.block()).getInt(TestAttributes.TAG_OFFSET);
        }

        private boolean fits(Path best, int length) {
            int around = format.multiprotocol() ? 23 + 4 + 3 + 1 + 4 + 1 : 23;
            int pathId = format.pathIds() ? 4 : 0;
            return around + best.attributes().block().length + pathId + 1 + (length + 7) / 8 <= format
                    .maxMessageLength();
        }

        /** What is said of every prefix, in order of the tags. */
        Map<Prefix, List<Integer>> expected(int peer) {
            Map<Prefix, List<Integer>> routes = new HashMap<>();
            for (Prefix prefix : prefixes) {
                List<Integer> tags = told(prefix).stream()
                        .filter(path -> path.source().peerId() != peer && fits(path, prefix.length()))
                        .map(path -> tag(path.attributes())).sorted().toList();
                if (!tags.isEmpty()) {
                    routes.put(prefix, tags);
                }
            }
            return routes;
        }

        /** The best path if it is exported, or the best of those that are. */
        private List<Path> told(Prefix prefix) {
            List<Path> left = new ArrayList<>(rib.paths(prefix.high(), prefix.low(), prefix.length()));
            if (limit > 0) {
                List<Path> told = new ArrayList<>();
                for (Path best = BestPath.of(left); best != null && told.size() < limit; best = BestPath.of(left)) {
                    left.remove(best);
                    if (isExported(best.attributes())) {
                        told.add(best);
                    }
                }
                return told;
            }
            Path best = BestPath.of(left);
            return best == null || !isExported(best.attributes()) ? List.of() : List.of(best);
        }

        private Map<Prefix, List<Integer>> view(Reader reader) {
            Map<Prefix, List<Integer>> view = new HashMap<>();
            reader.receiver.routes.forEach((prefix, tag) -> view.put(prefix, List.of(tag)));
            reader.receiver.paths.forEach((prefix, tags) -> view.put(prefix, tags.values().stream().sorted().toList()));
            return view;
        }

        private void assertSameIds(Reader reader, Reader stranger) {
            reader.receiver.paths.forEach((prefix, tags) -> assertThat(
                    stranger.receiver.paths.getOrDefault(prefix, Map.of())).containsAllEntriesOf(tags));
        }

        private static final class Export implements PathEgress {

            @Override
            public boolean admits(RouteSource source, PathAttributes attributes) {
                return isExported(attributes);
            }

            @Override
            public ByteBuf block(RouteSource source, PathAttributes attributes) {
                return Unpooled.wrappedBuffer(attributes.block());
            }

            @Override
            public NextHop nextHop(RouteSource source, PathAttributes attributes) {
                return NextHop.ipv4(source.peerId());
            }
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
            view(reader).forEach((prefix, tags) -> assertThat(tags).as("%s came back to peer %s", prefix, peer)
                    .noneMatch(tag -> tag >> 8 == peer));
            LogSegment inside = reader.cursor.segment();
            int handedOut = reader.cursor.messagesPassed(inside);
            assertThat(reader.cursor.place()).isEqualTo(
                    inside.base + (handedOut == 0 ? 0 : inside.messages().offset[handedOut]));
            if (reader.marked && reader.cursor.passed(reader.mark)) {
                reader.marked = false;
                Map<Prefix, List<Integer>> view = view(reader);
                expected(peer).forEach((prefix, tags) -> {
                    // What was decided and offered before the mark was taken, and did not change since, is there.
                    if (touchedAtStep.getOrDefault(prefix, 0) < reader.markedAtStep && !isUndelivered(prefix)) {
                        assertThat(view).containsEntry(prefix, tags);
                    }
                });
            }
        }

        private boolean isUndelivered(Prefix prefix) {
            for (RibChanges changes : undelivered) {
                for (int i = 0; i < changes.paths().size(); i++) {
                    if (prefix.equals(pathPrefix(changes, i))) {
                        return true;
                    }
                }
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
                assertThat(view(reader)).as("what peer %s holds", reader.cursor.peerId())
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
