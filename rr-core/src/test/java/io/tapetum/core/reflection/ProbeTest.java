package io.tapetum.core.reflection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

import io.tapetum.core.session.RawUpdate;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.transport.EventLoop;
import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.PathAttributes;

/** One change at a time, on real threads. */
class ProbeTest {

    private static final int LOOPS = 3;
    private static final int CHANGES = 5_000;

    private final PathAttributes attributes = Sample.attributes(RouteSource.Kind.CLIENT,
            RawUpdate.announcement("192.0.2.1", "10.1.0.0/16"));
    private final AdjRibIn table = new AdjRibIn(Family.IPV4_UNICAST, 4);
    private final UpdateGroups groups = new UpdateGroups(table, new AtomicInteger()::incrementAndGet);

    /** A thread with one member, that reads the log to its end in every round. */
    private final class Loop implements EventLoop, AutoCloseable {
        final ExecutorService thread = Executors.newSingleThreadExecutor();
        final Workspace workspace = new Workspace();
        final RouteSource source;
        final AtomicLong sent = new AtomicLong();

        Loop(int peerId) {
            source = new RouteSource(peerId, 1, RouteSource.Kind.CLIENT, peerId, 0, peerId, Sample.CLUSTER);
        }

        Membership join() {
            AtomicReference<@Nullable Membership> own = new AtomicReference<>();
            Membership member = groups.join(Sample.key(Family.IPV4_UNICAST, PeerRole.CLIENT), this, () -> {
                Membership joined = own.get();
                if (joined != null
                        && joined.cursor().gather((_, _, _, messages) -> sent.addAndGet(messages), 1 << 20) > 0) {
                    workspace.round().taken(nanoTime());
                }
            }, source.peerId(), workspace);
            own.set(member);
            return member;
        }

        void change(int i) {
            workspace.received(nanoTime());
            table.announce(source, 0, (long) i << 32, 0, 32, attributes, workspace.changes());
            groups.distribute(workspace.changes(), workspace);
            workspace.changes().clear();
        }

        @Override
        public void execute(Runnable task) {
            thread.execute(task);
        }

        @Override
        public Timer schedule(long deadlineNanos, Runnable task) {
            throw new AssertionError("no timers here");
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        long measured() {
            return workspace.delays().toLast().snapshot().count();
        }

        @Override
        public void close() {
            thread.close();
        }
    }

    @RepeatedTest(5)
    void it_is_free_again_after_any_number_of_changes_from_all_threads() {
        List<Loop> loops = new ArrayList<>();
        for (int i = 0; i < LOOPS; i++) {
            loops.add(new Loop(1 + i));
        }
        List<Membership> members = new ArrayList<>();
        loops.forEach(loop -> members.add(CompletableFuture.supplyAsync(loop::join, loop.thread).join()));

        for (int i = 0; i < CHANGES; i++) {
            int change = i;
            loops.forEach(loop -> loop.execute(() -> loop.change(LOOPS * change + loop.source.peerId())));
        }
        quiesce(loops);
        long measured = measured(loops);
        loops.forEach(loop -> assertThat(loop.sent).hasValue((LOOPS - 1) * CHANGES));
        CompletableFuture.runAsync(() -> loops.getFirst().change(-1), loops.getFirst().thread).join();
        quiesce(loops);

        assertThat(measured).isBetween(1L, (long) LOOPS * CHANGES);
        assertThat(measured(loops)).isEqualTo(measured + 1);
        for (int i = 0; i < LOOPS; i++) {
            CompletableFuture.runAsync(members.get(i)::leave, loops.get(i).thread).join();
        }
        loops.forEach(Loop::close);
    }

    /** Changes bring rounds, and rounds bring nothing: after two turns of every thread all is still. */
    private static void quiesce(List<Loop> loops) {
        for (int turn = 0; turn < 2; turn++) {
            loops.forEach(loop -> CompletableFuture.runAsync(() -> {
            }, loop.thread).join());
        }
    }

    private static long measured(List<Loop> loops) {
        return loops.stream().mapToLong(Loop::measured).sum();
    }
}
