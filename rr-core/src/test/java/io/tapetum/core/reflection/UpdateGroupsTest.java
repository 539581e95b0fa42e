package io.tapetum.core.reflection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import io.tapetum.core.session.ManualLoop;
import io.tapetum.core.session.RawUpdate;
import io.tapetum.core.session.SampleTemplate;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.AttributeTable;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.RouteSource;
import io.tapetum.rib.log.LogStatistics;
import io.tapetum.rib.log.OutboundLog;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.update.UpdateContext;
import io.tapetum.wire.update.UpdateParser;

/** Groups that come and go while routes change. */
class UpdateGroupsTest {

    private static final GroupKey CLIENTS = Sample.key(Family.IPV4_UNICAST, PeerRole.CLIENT);
    private static final GroupKey NON_CLIENTS = Sample.key(Family.IPV4_UNICAST, PeerRole.NON_CLIENT);
    private static final GroupKey ALL_PATHS = Sample.withAllPaths(CLIENTS);
    private static final int READER = 2;

    private final RouteSource source = Sample.source(RouteSource.Kind.CLIENT);
    private final PathAttributes attributes = Sample.attributes(RouteSource.Kind.CLIENT,
            RawUpdate.announcement("192.0.2.1", "10.1.0.0/16"));
    private final AdjRibIn table = new AdjRibIn(Family.IPV4_UNICAST, 4);
    private final UpdateGroups groups = new UpdateGroups(table, new AtomicInteger()::incrementAndGet);
    private final Workspace workspace = new Workspace();
    private final ManualLoop loop = new ManualLoop();
    private final List<Membership> joined = new ArrayList<>();

    @AfterEach
    void leave_all() {
        joined.forEach(Membership::leave);
        assertThat(groups.size()).isZero();
    }

    @Test
    void members_with_equal_keys_share_a_group() {
        join(CLIENTS, READER);
        join(CLIENTS, 3);
        join(NON_CLIENTS, 4);

        assertThat(groups.size()).isEqualTo(2);
    }

    @Test
    void a_new_group_has_the_table_as_it_stands() {
        announce(workspace, 1);
        announce(workspace, 2);

        Membership member = join(CLIENTS, READER);

        assertThat(member.isComplete()).isTrue();
        assertThat(new View().read(member).counts()).containsOnlyKeys(1, 2);
    }

    @Test
    void a_new_group_for_all_paths_has_the_table_as_it_stands() {
        announce(workspace, 1);
        announce(workspace, 2);

        Membership member = join(ALL_PATHS, READER);
        announce(workspace, 3);

        assertThat(member.isComplete()).isTrue();
        assertThat(new View(true).read(member).counts()).containsOnlyKeys(1, 2, 3);
    }

    @Test
    void a_path_that_is_not_the_best_reaches_only_those_who_want_all() {
        Membership plain = join(CLIENTS, READER);
        Membership all = join(ALL_PATHS, READER);
        announce(workspace, 1);
        View ofPlain = new View();
        View ofAll = new View(true);
        ofPlain.read(plain);
        ofAll.read(all);

        RouteSource worse = new RouteSource(9, 1, RouteSource.Kind.CLIENT, -1, 0, 9, Sample.CLUSTER);
        change(workspace, changes -> table.announce(worse, 0, high(1), 0, 32, attributes, changes));

        assertThat(ofPlain.read(plain).counts()).containsEntry(1, 1);
        assertThat(ofAll.read(all).counts()).containsEntry(1, 2);
    }

    @Test
    void a_large_table_is_brought_in_over_several_turns_of_the_loop() {
        int prefixes = 20_000;
        for (int i = 0; i < prefixes; i++) {
            announce(workspace, i);
        }

        Membership member = join(CLIENTS, READER);
        assertThat(member.isComplete()).as("after the first turn").isFalse();
        loop.runAll();

        assertThat(member.isComplete()).isTrue();
        assertThat(new View().read(member).counts()).hasSize(prefixes);
    }

    @Test
    void a_group_whose_maker_has_left_is_filled_for_the_others() {
        int prefixes = 20_000;
        for (int i = 0; i < prefixes; i++) {
            announce(workspace, i);
        }
        Membership maker = groups.join(CLIENTS, loop, () -> {
        }, 3, workspace);
        Membership member = join(CLIENTS, READER);

        maker.leave();
        loop.runAll();

        assertThat(member.isComplete()).isTrue();
        assertThat(new View().read(member).counts()).hasSize(prefixes);
    }

    @Test
    void filling_a_group_ends_when_nobody_is_left() {
        for (int i = 0; i < 20_000; i++) {
            announce(workspace, i);
        }
        groups.join(CLIENTS, loop, () -> {
        }, READER, workspace).leave();

        int turns = 0;
        while (loop.runOne()) {
            turns++;
        }

        assertThat(turns).as("a flush round and the one that finds nobody").isLessThanOrEqualTo(2);
    }

    @Test
    void the_last_to_leave_closes_the_log_and_its_buffers_go() {
        announce(workspace, 1);
        Membership first = groups.join(CLIENTS, loop, () -> {
        }, READER, workspace);
        Membership second = groups.join(CLIENTS, loop, () -> {
        }, 3, workspace);
        OutboundLog log = Objects.requireNonNull(groups.find(CLIENTS)).log();

        first.leave();
        assertThat(log.statistics().cursors()).isOne();
        assertThat(groups.size()).isOne();

        second.leave();
        assertThat(groups.size()).isZero();
        assertThat(log.statistics()).extracting(LogStatistics::octets, LogStatistics::segments, LogStatistics::cursors)
                .containsExactly(0L, 0, 0);
    }

    @Test
    void who_comes_after_the_last_has_left_gets_the_table_anew() {
        announce(workspace, 1);
        groups.join(CLIENTS, loop, () -> {
        }, READER, workspace).leave();
        announce(workspace, 2);
        withdraw(workspace, 1);

        assertThat(new View().read(join(CLIENTS, READER)).counts()).containsOnlyKeys(2);
    }

    @Test
    void a_change_brings_one_flush_round_however_often_it_is_followed_by_others() {
        List<String> flushes = new ArrayList<>();
        joined.add(groups.join(CLIENTS, loop, () -> flushes.add("flush"), READER, workspace));
        loop.runAll();
        flushes.clear();

        announce(workspace, 1);
        announce(workspace, 2);
        announce(workspace, 3);
        loop.runAll();
        assertThat(flushes).containsExactly("flush");

        announce(workspace, 4);
        loop.runAll();
        assertThat(flushes).hasSize(2);
    }

    @Test
    void a_member_that_leaves_during_a_flush_round_is_not_called_again_and_others_are() {
        List<String> flushes = new ArrayList<>();
        List<Membership> leaving = new ArrayList<>();
        joined.add(groups.join(CLIENTS, loop, () -> flushes.add("stays"), READER, workspace));
        leaving.add(groups.join(CLIENTS, loop, () -> {
            flushes.add("leaves");
            leaving.removeFirst().leave();
        }, 3, workspace));
        loop.runAll();
        announce(workspace, 1);
        loop.runAll();

        assertThat(flushes).filteredOn("leaves"::equals).hasSize(1);
        assertThat(flushes).filteredOn("stays"::equals).hasSize(2);
    }

    @Test
    void a_route_that_is_no_longer_admitted_is_withdrawn() {
        Membership member = join(NON_CLIENTS, READER);
        View view = new View();
        announce(workspace, 1);
        assertThat(view.read(member).counts()).containsOnlyKeys(1);

        // The same prefix from a non-client, whose LOCAL_PREF wins: other non-clients have it from there.
        RouteSource better = new RouteSource(9, 1, RouteSource.Kind.NON_CLIENT, 9, 0, 9, 0);
        PathAttributes preferred = Sample.attributes(RouteSource.Kind.NON_CLIENT, RawUpdate.update()
                .attribute(0x40, 1, "00").attribute(0x40, 2, "").nextHop("192.0.2.9").localPref(900)
                .announced("10.1.0.0/16"));
        change(workspace, changes -> table.announce(better, 0, high(1), 0, 32, preferred, changes));

        assertThat(view.read(member).held()).isEmpty();
    }

    /** Sessions come up while other loops change routes: at the end everybody has what the table has. */
    @RepeatedTest(5)
    void who_joins_while_routes_change_misses_nothing() {
        joinWhileRoutesChange(CLIENTS);
    }

    @RepeatedTest(5)
    void who_joins_for_all_paths_while_routes_change_misses_nothing() {
        joinWhileRoutesChange(ALL_PATHS);
    }

    private void joinWhileRoutesChange(GroupKey key) {
        long seed = new SplittableRandom().nextLong();
        AtomicBoolean running = new AtomicBoolean(true);
        CountDownLatch busy = new CountDownLatch(2);
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int writer = 0; writer < 2; writer++) {
            SplittableRandom random = new SplittableRandom(seed + writer);
            Workspace own = new Workspace();
            writers.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 20_000 && (i < 2_000 || running.get()); i++) {
                    int prefix = random.nextInt(300);
                    if (random.nextInt(3) == 0) {
                        withdraw(own, prefix);
                    } else {
                        announce(own, prefix);
                    }
                    if (i == 500) {
                        busy.countDown();
                    }
                }
            }, task -> Thread.ofPlatform().start(task)));
        }
        List<View> views = new ArrayList<>();
        try {
            busy.await();
            for (int i = 0; i < 20; i++) {
                // Every other one is alone for a while, so that the group goes and comes back.
                Membership member = groups.join(key, loop, () -> {
                }, READER + i, workspace);
                View view = new View(key.addPathSend() > 0);
                view.read(member);
                if (i % 2 == 0) {
                    member.leave();
                } else {
                    joined.add(member);
                    views.add(view);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        running.set(false);
        writers.forEach(CompletableFuture::join);

        List<Integer> present = new ArrayList<>();
        table.forEachBest((high, low, length, best) -> present.add((int) (high >>> 32)));
        for (int i = 0; i < views.size(); i++) {
            assertThat(views.get(i).read(joined.get(i)).held()).as("seed %d, reader %d", seed, i)
                    .containsExactlyInAnyOrderElementsOf(present);
        }
    }

    private Membership join(GroupKey key, int peerId) {
        Membership membership = groups.join(key, loop, () -> {
        }, peerId, workspace);
        joined.add(membership);
        return membership;
    }

    private void announce(Workspace own, int prefix) {
        change(own, changes -> table.announce(source, 0, high(prefix), 0, 32, attributes, changes));
    }

    private void withdraw(Workspace own, int prefix) {
        change(own, changes -> table.withdraw(source, 0, high(prefix), 0, 32, changes));
    }

    private void change(Workspace own, Consumer<RibChanges> change) {
        change.accept(own.changes());
        groups.distribute(own.changes(), own);
        own.changes().clear();
    }

    private static long high(int prefix) {
        return (long) prefix << 32;
    }

    /** What a peer makes of what a membership's cursor hands out. */
    private static final class View {

        private final UpdateParser parser;
        private final Map<Integer, Integer> announcements = new TreeMap<>();

        View() {
            this(false);
        }

        View(boolean pathIds) {
            Set<Family> ipv4 = Set.of(Family.IPV4_UNICAST);
            parser = new UpdateParser(UpdateContext.internal(SampleTemplate.AS, ipv4)
                    .withAddPathReceive(pathIds ? ipv4 : Set.of()), new AttributeTable());
        }

        /** Reads on to the tail. */
        View read(Membership member) {
            while (!member.cursor().atTail()) {
                member.cursor().gather(this::take, 1 << 16);
            }
            return this;
        }

        private void take(ByteBuf buffer, int offset, int length, int messages) {
            int end = offset + length;
            for (int start = offset; start < end;) {
                int octets = buffer.getUnsignedShort(start + 16);
                apply(buffer.slice(start, octets));
                start += octets;
            }
        }

        private void apply(ByteBuf message) {
            try {
                parser.parse(message);
            } catch (BgpErrorException e) {
                throw new AssertionError(e);
            }
            PrefixReader withdrawn = parser.withdrawn();
            while (withdrawn.next()) {
                announcements.remove((int) (withdrawn.high() >>> 32));
            }
            PrefixReader announced = parser.announced();
            while (announced.next()) {
                announcements.merge((int) (announced.high() >>> 32), 1, Integer::sum);
            }
        }

        /** How often each prefix that is held was announced since it was last withdrawn. */
        Map<Integer, Integer> counts() {
            return announcements;
        }

        Set<Integer> held() {
            return announcements.keySet();
        }
    }
}
