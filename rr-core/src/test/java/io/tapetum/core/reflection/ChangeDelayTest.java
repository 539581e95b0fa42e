package io.tapetum.core.reflection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.delay.LatencySnapshot;
import io.tapetum.core.session.ManualLoop;
import io.tapetum.core.session.RawUpdate;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.RouteSource;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.PathAttributes;

/** How long a change takes to the sessions of two event loops, whose clocks go alike. */
class ChangeDelayTest {

    private static final GroupKey CLIENTS = Sample.key(Family.IPV4_UNICAST, PeerRole.CLIENT);

    private final RouteSource source = Sample.source(RouteSource.Kind.CLIENT);
    private final PathAttributes attributes = Sample.attributes(RouteSource.Kind.CLIENT,
            RawUpdate.announcement("192.0.2.1", "10.1.0.0/16"));
    private final AdjRibIn table = new AdjRibIn(Family.IPV4_UNICAST, 4);
    private final UpdateGroups groups = new UpdateGroups(table, new AtomicInteger()::incrementAndGet);
    private final Side left = new Side();
    private final Side right = new Side();

    /** An event loop and its members, who take everything unless they are stuck. */
    private final class Side {
        final ManualLoop loop = new ManualLoop();
        final Workspace workspace = new Workspace();
        final List<Membership> members = new ArrayList<>();
        boolean stuck;

        Side join(int peerId) {
            members.add(groups.join(CLIENTS, loop, () -> {
                if (!stuck) {
                    workspace.round().taken(loop.nanoTime());
                }
            }, peerId, workspace));
            loop.runAll();
            return this;
        }

        void leave() {
            members.forEach(Membership::leave);
            members.clear();
        }

        LatencySnapshot toEach() {
            return workspace.delays().toEach().snapshot();
        }

        LatencySnapshot toLast() {
            return workspace.delays().toLast().snapshot();
        }

        LatencySnapshot flush() {
            return workspace.delays().flush().snapshot();
        }
    }

    @AfterEach
    void leave_all() {
        left.leave();
        right.leave();
    }

    @Test
    void the_last_loop_records_the_time_since_the_change_was_received() {
        left.join(2);
        right.join(3);

        change(1);
        pass(4);
        left.loop.runAll();
        pass(3);
        right.loop.runAll();

        assertThat(left.toLast().count()).isZero();
        assertThat(right.toLast()).satisfies(once(7));
    }

    @Test
    void each_session_is_recorded_when_it_has_it() {
        left.join(2).join(3);
        right.join(4);

        change(1);
        pass(4);
        left.loop.runAll();
        pass(3);
        right.loop.runAll();

        assertThat(left.toEach().count()).isEqualTo(2);
        assertThat(Duration.ofNanos(left.toEach().sumNanos())).isEqualTo(Duration.ofMillis(8));
        assertThat(right.toEach()).satisfies(once(7));
    }

    @Test
    void the_time_before_the_append_counts_for_sessions_but_not_for_the_round() {
        left.join(2);

        left.workspace.received(left.loop.nanoTime());
        pass(2);
        distribute(1);
        pass(5);
        left.loop.runAll();

        assertThat(left.toEach()).satisfies(once(7));
        assertThat(left.toLast()).satisfies(once(7));
        assertThat(left.flush()).satisfies(once(5));
    }

    @Test
    void changes_that_travel_together_are_one_and_the_oldest_counts() {
        left.join(2);

        change(1);
        pass(2);
        change(2);
        pass(2);
        left.loop.runAll();

        assertThat(left.toEach()).satisfies(once(4));
        assertThat(left.toLast()).satisfies(once(4));
        assertThat(left.flush()).satisfies(once(4));
    }

    @Test
    void the_next_change_is_measured_anew() {
        left.join(2);
        right.join(3);
        for (int i = 0; i < 3; i++) {
            change(i);
            right.loop.runAll();
            pass(1);
            left.loop.runAll();
        }

        assertThat(left.toLast().count()).isEqualTo(3);
        assertThat(Duration.ofNanos(left.toLast().sumNanos())).isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void a_loop_whose_members_have_all_left_keeps_nobody_waiting() {
        left.join(2);
        right.join(3).leave();

        change(1);
        right.loop.runAll();
        pass(1);
        left.loop.runAll();

        assertThat(left.toLast()).satisfies(once(1));
    }

    @Test
    void a_member_that_leaves_while_it_is_waited_for_keeps_nobody_waiting() {
        left.join(2);
        right.join(3);

        change(1);
        left.loop.runAll();
        right.leave();
        pass(1);
        right.loop.runAll();
        change(2);
        right.loop.runAll();
        left.loop.runAll();

        assertThat(right.toLast()).satisfies(once(1));
        assertThat(left.toLast()).satisfies(once(0));
    }

    @Test
    void sessions_that_do_not_keep_up_are_not_counted_and_keep_nobody_waiting() {
        left.join(2);
        right.join(3);
        right.stuck = true;

        change(1);
        pass(1);
        left.loop.runAll();
        pass(1);
        right.loop.runAll();

        assertThat(right.toEach().count()).isZero();
        assertThat(right.toLast()).satisfies(once(2));
    }

    @Test
    void what_nobody_was_sent_has_taken_no_time() {
        left.join(2);
        left.stuck = true;

        change(1);
        left.loop.runAll();
        left.stuck = false;
        change(2);
        left.loop.runAll();

        assertThat(left.toLast()).satisfies(once(0));
    }

    @Test
    void filling_a_log_is_no_change() {
        left.join(2);
        left.leave();
        for (int i = 0; i < 20_000; i++) {
            change(i);
        }
        right.join(3);

        assertThat(right.loop.waiting()).isZero();
        assertThat(List.of(right.flush().count(), right.toEach().count(), right.toLast().count())).containsOnly(0L);
    }

    /** A session that takes something outside of a round, when its socket has room again, has no change to measure by. */
    @Test
    void what_is_taken_between_rounds_is_not_measured() {
        left.join(2);

        left.workspace.round().taken(left.loop.nanoTime());

        assertThat(left.toEach().count()).isZero();
    }

    private static ThrowingConsumer<LatencySnapshot> once(long millis) {
        return snapshot -> {
            assertThat(snapshot.count()).isOne();
            assertThat(Duration.ofNanos(snapshot.sumNanos())).isEqualTo(Duration.ofMillis(millis));
        };
    }

    private void pass(long millis) {
        left.loop.freeze(Duration.ofMillis(millis));
        right.loop.freeze(Duration.ofMillis(millis));
    }

    /** A change that is received and decided in no time. */
    private void change(int prefix) {
        left.workspace.received(left.loop.nanoTime());
        distribute(prefix);
    }

    private void distribute(int prefix) {
        table.announce(source, 0, (long) prefix << 32, 0, 32, attributes, left.workspace.changes());
        groups.distribute(left.workspace.changes(), left.workspace);
        left.workspace.changes().clear();
    }
}
