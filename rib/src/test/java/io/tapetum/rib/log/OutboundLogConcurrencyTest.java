package io.tapetum.rib.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.attribute.TestAttributes;

/**
 * Several threads change routes and append while others read, and one asks how far those are behind: when all is quiet,
 * table, log and readers agree.
 */
class OutboundLogConcurrencyTest {

    private static final int WRITERS = 3;
    private static final int READERS = 2;
    private static final int ROUNDS = Integer.getInteger("tapetum.rounds", 6);
    private static final int PREFIXES = 48;
    private static final int STEPS = 4_000;

    @Test
    void table_log_and_readers_agree_when_all_is_quiet() throws Exception {
        for (int seed = 1; seed <= ROUNDS; seed++) {
            try {
                new Round(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("round of seed " + seed + ": " + e, e);
            }
        }
    }

    private static final class Round {
        final int seed;
        final LogFormat format = new LogFormat(Family.IPV4_UNICAST, false, 200);
        final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
        final OutboundLog log = new OutboundLog(format, new LogSizing(256, 2048, 8), allocator);
        final AdjRibIn rib = new AdjRibIn(Family.IPV4_UNICAST, 4);
        final AtomicInteger writing = new AtomicInteger(WRITERS);
        final CyclicBarrier start = new CyclicBarrier(WRITERS + READERS + 1);
        /** Those of all readers, some of them closed. */
        final Queue<LogCursor> seen = new ConcurrentLinkedQueue<>();

        Round(int seed) {
            this.seed = seed;
        }

        void run() throws Exception {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int peer = i;
                tasks.add(() -> write(peer));
            }
            for (int i = 0; i < READERS; i++) {
                int reader = i;
                tasks.add(() -> read(reader));
            }
            tasks.add(this::lookOn);
            ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
            try {
                for (Future<Void> done : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
                    done.get();
                }
            } finally {
                threads.shutdownNow();
            }
            LogAudit.check(log.store);
            Receiver late = new Receiver(format);
            LogCursor cursor = log.join(99);
            drain(cursor, late);
            assertThat(late.routes).isEqualTo(expected(99));
            cursor.close();
            log.close();
            assertThat(allocator.metric().usedDirectMemory()).isZero();
        }

        /** A peer: announces and withdraws, and loses its session now and then. */
        Void write(int peer) throws Exception {
            Random random = new Random(seed * 31L + peer);
            RibChanges changes = new RibChanges();
            RouteSource source = source(peer, 1);
            start.await();
            for (int step = 0; step < STEPS; step++) {
                changes.clear();
                if (step % 1000 == 999) {
                    var purge = rib.purge(source);
                    source = source(peer, source.session() + 1);
                    boolean done = false;
                    while (!done) {
                        done = purge.step(5, changes);
                        append(changes);
                        changes.clear();
                    }
                    continue;
                }
                PathAttributes attributes = TestAttributes.attributes().tag(peer << 8 | random.nextInt(8))
                        .localPref(random.nextInt(3)).build();
                boolean withdraw = random.nextInt(3) == 0;
                for (int n = random.nextInt(4); n >= 0; n--) {
                    Prefix prefix = prefix(random.nextInt(PREFIXES));
                    if (withdraw) {
                        rib.withdraw(source, 0, prefix.high(), 0, prefix.length(), changes);
                    } else {
                        rib.announce(source, 0, prefix.high(), 0, prefix.length(), attributes, changes);
                    }
                }
                append(changes);
            }
            writing.decrementAndGet();
            return null;
        }

        void append(RibChanges changes) {
            for (int i = 0; i < changes.size(); i++) {
                RouteSource source = changes.source(i);
                PathAttributes attributes = changes.attributes(i);
                if (source == null || attributes == null) {
                    log.withdraw(changes, i, i + 1);
                } else {
                    ByteBuf block = Unpooled.wrappedBuffer(attributes.block());
                    log.announce(block, NextHop.ipv4(1), source.peerId(), changes, i, i + 1);
                }
            }
        }

        /** An event loop with a cursor for every peer, one of them idle most of the time. */
        Void read(int thread) throws Exception {
            Random random = new Random(seed * 37L + thread);
            List<LogCursor> cursors = new ArrayList<>();
            List<Receiver> receivers = new ArrayList<>();
            for (int peer = 0; peer <= WRITERS; peer++) {
                cursors.add(log.join(peer));
                seen.add(cursors.getLast());
                receivers.add(new Receiver(format));
            }
            start.await();
            while (writing.get() > 0) {
                int i = random.nextInt(cursors.size());
                int dice = random.nextInt(400);
                if (dice == 0) {
                    cursors.get(i).rewind();
                } else if (dice == 1) {
                    cursors.get(i).close();
                    cursors.set(i, log.join(i));
                    seen.add(cursors.get(i));
                    receivers.set(i, new Receiver(format));
                } else if (i != thread || dice < 10) {
                    cursors.get(i).gather(receivers.get(i), 1 + random.nextInt(2_000));
                }
                receivers.get(i).forgetMessages();
            }
            for (int peer = 0; peer < cursors.size(); peer++) {
                drain(cursors.get(peer), receivers.get(peer));
                assertThat(receivers.get(peer).routes).as("what peer %s holds", peer).isEqualTo(expected(peer));
                cursors.get(peer).close();
            }
            return null;
        }

        /** An operator who asks all the time. */
        Void lookOn() throws Exception {
            start.await();
            while (writing.get() > 0) {
                for (LogCursor cursor : seen) {
                    assertThat(cursor.lagOctets()).isNotNegative().isLessThanOrEqualTo(log.statistics().appended());
                }
            }
            return null;
        }

        private static void drain(LogCursor cursor, Receiver receiver) {
            while (!cursor.atTail()) {
                cursor.gather(receiver, 1_000);
            }
        }

        Map<Prefix, Integer> expected(int peer) {
            Map<Prefix, Integer> routes = new HashMap<>();
            rib.forEachBest((high, low, length, best) -> {
                if (best.source().peerId() != peer) {
                    routes.put(new Prefix(high, low, length),
                            Unpooled.wrappedBuffer(best.attributes().block()).getInt(TestAttributes.TAG_OFFSET));
                }
            });
            return routes;
        }

        private static Prefix prefix(int number) {
            return Prefix.ipv4(0x0A000000 + (number << 8), 24);
        }

        private static RouteSource source(int peer, int session) {
            return new RouteSource(peer, session, RouteSource.Kind.CLIENT, peer, 0, peer, 0);
        }
    }
}
