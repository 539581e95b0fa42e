package io.tapetum.rib.log;

import static io.tapetum.rib.log.LogFixture.peer;
import static io.tapetum.rib.log.LogFixture.prefix;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import io.tapetum.rib.RibChanges;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.attribute.TestAttributes;

class OutboundLogTest {

    private static final LogFormat CLASSIC = new LogFormat(Family.IPV4_UNICAST, false, 4096);
    /** Octets of the block that the fixture's attributes have without padding. */
    private static final int BLOCK = 60;
    /** Octets of a classic UPDATE around block and NLRI. */
    private static final int FIXED = 23;

    @Test
    void routes_that_are_announced_together_share_one_message() {
        try (LogFixture fixture = new LogFixture()) {
            LogCursor cursor = fixture.log.join(9);
            Receiver receiver = fixture.receiver();

            fixture.announce(1, 7, 100, 0, 1, 2, 3);
            fixture.drain(cursor, receiver);

            assertThat(receiver.messages).containsExactly("announce 7: 10.1.0.0/16 10.2.0.0/16 10.3.0.0/16");
            cursor.close();
        }
    }

    @Test
    void a_flap_storm_is_one_message_for_who_reads_afterwards() {
        try (LogFixture fixture = new LogFixture()) {
            fixture.announce(1, 5, 100, 2);
            LogCursor cursor = fixture.log.join(9);
            Receiver receiver = fixture.receiver();
            fixture.drain(cursor, receiver);
            receiver.forgetMessages();

            for (int i = 0; i < 1_000; i++) {
                fixture.announce(1, i, 100, 1);
            }
            fixture.drain(cursor, receiver);

            assertThat(receiver.messages).containsExactly("announce 999: 10.1.0.0/16");
            cursor.close();
        }
    }

    @Test
    void what_was_announced_and_withdrawn_unread_is_never_announced() {
        try (LogFixture fixture = new LogFixture()) {
            LogCursor cursor = fixture.log.join(9);
            Receiver receiver = fixture.receiver();

            fixture.announce(1, 5, 100, 1);
            fixture.withdraw(1, 1);
            fixture.drain(cursor, receiver);

            assertThat(receiver.announcements).isZero();
            cursor.close();
        }
    }

    @Test
    void what_is_not_announced_is_not_withdrawn_and_nothing_is_withdrawn_twice() {
        try (LogFixture fixture = new LogFixture()) {
            LogCursor cursor = fixture.log.join(9);
            Receiver receiver = fixture.receiver();
            fixture.announce(1, 5, 100, 1);
            fixture.drain(cursor, receiver);
            RibChanges walk = new RibChanges();
            fixture.changes.clear();
            fixture.rib.announce(peer(1), 0, prefix(2).high(), 0, 16, TestAttributes.attributes().build(),
                    fixture.changes);
            assertThat(fixture.rib.bestWalk().step(100, walk)).isTrue();

            assertThat(fixture.log.withdraw(walk, 0, 2)).isEqualTo(1);
            assertThat(fixture.log.withdraw(walk, 0, 2)).isZero();
            fixture.drain(cursor, receiver);

            assertThat(receiver.messages).containsExactly("announce 5: 10.1.0.0/16", "withdraw 10.1.0.0/16");
            cursor.close();
        }
    }

    @Test
    void a_withdrawal_does_not_ask_why_a_route_was_announced() {
        try (LogFixture fixture = new LogFixture()) {
            fixture.announce(1, 5, 100, 1);
            LogCursor cursor = fixture.log.join(9);
            Receiver receiver = fixture.receiver();
            fixture.drain(cursor, receiver);

            // The best path is there, but policy does not let it out any more.
            fixture.changes.clear();
            fixture.rib.announce(peer(1), 0, prefix(1).high(), 0, 16, TestAttributes.attributes().tag(6).build(),
                    fixture.changes);
            assertThat(fixture.log.withdraw(fixture.changes, 0, 1)).isEqualTo(1);
            fixture.drain(cursor, receiver);

            assertThat(receiver.routes).isEmpty();
            cursor.close();
        }
    }

    @Test
    void changes_that_reach_the_log_in_the_wrong_order_leave_the_newer_one() {
        try (LogFixture fixture = new LogFixture()) {
            RibChanges first = new RibChanges();
            RibChanges second = new RibChanges();
            RibChanges third = new RibChanges();
            Prefix p = prefix(1);
            fixture.rib.announce(peer(1), 0, p.high(), 0, 16, TestAttributes.attributes().tag(1).build(), first);
            fixture.rib.withdraw(peer(1), 0, p.high(), 0, 16, second);
            fixture.rib.announce(peer(2), 0, p.high(), 0, 16, TestAttributes.attributes().tag(3).build(), third);

            assertThat(fixture.append(third, 0, 1)).isEqualTo(1);
            assertThat(fixture.append(first, 0, 1)).isZero();
            assertThat(fixture.append(second, 0, 1)).isZero();

            LogCursor cursor = fixture.log.join(9);
            Receiver receiver = fixture.receiver();
            fixture.drain(cursor, receiver);
            assertThat(receiver.routes).containsOnlyKeys(p).containsEntry(p, 3);
            cursor.close();
        }
    }

    @Test
    void an_update_may_have_every_octet_that_was_negotiated() {
        try (LogFixture fixture = new LogFixture()) {
            LogCursor cursor = fixture.log.join(9);
            Receiver receiver = fixture.receiver();

            fixture.announce(1, 7, 100, 4096 - FIXED - BLOCK - 3, 1, 2);
            fixture.drain(cursor, receiver);

            assertThat(receiver.longest).isEqualTo(4096);
            assertThat(receiver.announcements).isEqualTo(2);
            assertThat(receiver.routes).hasSize(2);
            assertThat(fixture.log.withheld()).isZero();
            cursor.close();
        }
    }

    @Test
    void a_multiprotocol_update_may_have_every_octet_that_was_negotiated() {
        LogFormat format = new LogFormat(Family.IPV6_UNICAST, true, 4096);
        try (LogFixture fixture = new LogFixture(format, LogSizing.DEFAULT)) {
            LogCursor cursor = fixture.log.join(9);
            Receiver receiver = fixture.receiver();
            int around = FIXED + 4 + 3 + 1 + 16 + 1;
            var attributes = TestAttributes.attributes().padding(4096 - around - BLOCK - 17).build();
            fixture.rib.announce(peer(1), 0, 1, 2, 128, attributes, fixture.changes);

            ByteBuf block = Unpooled.wrappedBuffer(attributes.block());
            assertThat(fixture.log.announce(block, NextHop.ipv6(1, 2), 1, fixture.changes, 0, 1)).isEqualTo(1);
            fixture.drain(cursor, receiver);

            assertThat(receiver.longest).isEqualTo(4096);
            assertThat(receiver.routes).containsOnlyKeys(new Prefix(1, 2, 128));
            cursor.close();
        }
    }

    @Test
    void a_route_whose_attributes_grew_too_long_is_withdrawn_and_counted() {
        try (LogFixture fixture = new LogFixture()) {
            LogCursor cursor = fixture.log.join(9);
            Receiver receiver = fixture.receiver();
            fixture.announce(1, 7, 100, 0, 1);
            fixture.drain(cursor, receiver);

            fixture.announce(1, 8, 100, 4096 - FIXED - BLOCK - 2, 1, 2);
            fixture.drain(cursor, receiver);

            assertThat(receiver.messages).containsExactly("announce 7: 10.1.0.0/16", "withdraw 10.1.0.0/16");
            assertThat(fixture.log.withheld()).isEqualTo(2);
            cursor.close();
        }
    }

    @Test
    void a_long_announcement_is_split_and_loses_nothing() {
        for (int maximum : new int[]{4096, 65535}) {
            LogFormat format = new LogFormat(Family.IPV4_UNICAST, false, maximum);
            try (LogFixture fixture = new LogFixture(format, LogSizing.DEFAULT)) {
                LogCursor cursor = fixture.log.join(9);
                Receiver receiver = fixture.receiver();
                var attributes = TestAttributes.attributes().tag(7).build();
                for (int i = 0; i < 30_000; i++) {
                    fixture.rib.announce(peer(1), 0, (long) i << 40, 0, 24, attributes, fixture.changes);
                }

                fixture.append();
                fixture.drain(cursor, receiver);

                assertThat(receiver.routes).hasSize(30_000);
                int perMessage = (maximum - FIXED - BLOCK) / 4;
                assertThat(receiver.announcements).isEqualTo((30_000 + perMessage - 1) / perMessage);
                cursor.close();
            }
        }
    }

    @Test
    void a_late_reader_gets_compacted_routes_with_equal_attributes_in_few_messages() {
        try (LogFixture fixture = new LogFixture(CLASSIC, new LogSizing(4096, 1 << 16, 16))) {
            // 200 routes one by one, then most of the messages between them die.
            for (int i = 0; i < 200; i++) {
                fixture.announce(1, 7, 100, i);
                for (int flap = 0; flap < 20; flap++) {
                    fixture.announce(1, 1000 + flap, 100, 255);
                }
            }
            LogCursor cursor = fixture.log.join(9);
            Receiver receiver = fixture.receiver();
            fixture.drain(cursor, receiver);

            assertThat(receiver.routes).hasSize(201);
            assertThat(receiver.messages).hasSizeLessThan(60);
            cursor.close();
        }
    }

    @Test
    void who_keeps_up_gets_every_change_once_whatever_is_compacted() {
        try (LogFixture fixture = new LogFixture(CLASSIC, new LogSizing(256, 4096, 4))) {
            LogCursor cursor = fixture.log.join(9);
            LogCursor late = fixture.log.join(8);
            Receiver receiver = fixture.receiver();
            int changes = 0;
            for (int i = 0; i < 5_000; i++) {
                int number = (i * 31) % 97;
                if (i % 4 == 3) {
                    changes += receiver.routes.containsKey(prefix(number)) ? 1 : 0;
                    fixture.withdraw(1, number);
                } else {
                    changes++;
                    fixture.announce(1, i, 100, number);
                }
                if (i % 7 == 0) {
                    late.gather(fixture.receiver(), 500);
                }
                fixture.drain(cursor, receiver);
                assertThat(receiver.messages).hasSize(changes);
            }
            assertThat(fixture.log.statistics().compactions()).isGreaterThan(100);
            late.close();
            cursor.close();
        }
    }

    @Test
    void end_of_rib_is_due_when_the_tail_of_the_moment_of_joining_is_passed() {
        try (LogFixture fixture = new LogFixture()) {
            LogCursor early = fixture.log.join(8);
            assertThat(early.passed(early.tail())).isTrue();
            fixture.announce(1, 7, 100, 1);
            fixture.announce(1, 8, 100, 2);

            LogCursor cursor = fixture.log.join(9);
            long mark = cursor.tail();
            fixture.announce(1, 9, 100, 3);
            Receiver receiver = fixture.receiver();

            assertThat(cursor.passed(mark)).isFalse();
            cursor.gather(receiver, 1);
            assertThat(cursor.passed(mark)).isFalse();
            cursor.gather(receiver, 1);
            assertThat(cursor.passed(mark)).isTrue();
            assertThat(cursor.atTail()).isFalse();
            assertThat(cursor.lagOctets()).isEqualTo(FIXED + BLOCK + 3);
            early.close();
            cursor.close();
        }
    }

    @Test
    void what_operators_ask_of_every_session_does_not_wait_for_who_appends() throws Exception {
        try (LogFixture fixture = new LogFixture()) {
            LogCursor cursor = fixture.log.join(9);
            fixture.announce(1, 7, 100, 0, 1, 2, 3);
            fixture.log.lock.lock();
            try {
                assertThat(supplyAsync(fixture.log::announced).get(1, TimeUnit.MINUTES)).isEqualTo(3);
                assertThat(supplyAsync(cursor::lagOctets).get(1, TimeUnit.MINUTES)).isEqualTo(FIXED + BLOCK + 9);
            } finally {
                fixture.log.lock.unlock();
            }
            cursor.close();
        }
    }

    @Test
    void a_rewound_cursor_gets_all_routes_once_more_and_no_withdrawals() {
        try (LogFixture fixture = new LogFixture()) {
            LogCursor cursor = fixture.log.join(9);
            Receiver receiver = fixture.receiver();
            fixture.announce(1, 7, 100, 1);
            fixture.announce(1, 8, 100, 2);
            fixture.withdraw(1, 2);
            fixture.drain(cursor, receiver);
            receiver.forgetMessages();

            cursor.rewind();
            fixture.drain(cursor, receiver);

            assertThat(receiver.messages).containsExactly("announce 7: 10.1.0.0/16");
            cursor.close();
        }
    }

    @Test
    void a_new_session_is_not_told_what_was_withdrawn_before_it_came() {
        try (LogFixture fixture = new LogFixture()) {
            LogCursor other = fixture.log.join(8);
            fixture.announce(1, 7, 100, 0, 1, 2);
            fixture.withdraw(1, 1, 2);

            LogCursor cursor = fixture.log.join(9);
            Receiver receiver = fixture.receiver();
            fixture.drain(cursor, receiver);

            assertThat(receiver.messages).isEmpty();
            cursor.close();
            other.close();
        }
    }

    @Test
    void memory_stays_with_what_is_announced_through_a_million_changes_and_a_reader_that_is_stuck() {
        try (LogFixture fixture = new LogFixture()) {
            LogCursor stuck = fixture.log.join(8);
            LogCursor cursor = fixture.log.join(9);
            Receiver receiver = fixture.receiver();
            long most = 0;
            for (int i = 0; i < 50_000; i++) {
                int from = i % 40;
                int[] numbers = IntStream.range(from, from + 20).toArray();
                if (i % 5 == 4) {
                    fixture.withdraw(1 + i % 3, numbers);
                } else {
                    fixture.announce(1 + i % 3, i, i % 7, 0, numbers);
                }
                if (i % 3 == 0) {
                    fixture.drain(cursor, receiver);
                    receiver.forgetMessages();
                }
                if (i == 1_000) {
                    stuck.gather(fixture.receiver(), 1_000);
                }
                most = Math.max(most, fixture.log.statistics().octets());
            }
            assertThat(most).isLessThan(64 << 10);
            assertThat(fixture.log.statistics().octets()).isEqualTo(fixture.usedMemory());
            assertThat(fixture.log.statistics().tombstones()).isLessThan(100);
            stuck.close();
            cursor.close();
        }
    }

    @Test
    void a_table_that_comes_and_goes_leaves_no_tombstones_to_speak_of() {
        try (LogFixture fixture = new LogFixture()) {
            LogCursor cursor = fixture.log.join(9);
            Receiver receiver = fixture.receiver();
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 10_000; i++) {
                    // Always other prefixes: nothing but the sweep can get rid of what is left of them.
                    long high = ((long) round * 10_000 + i) << 40;
                    fixture.changes.clear();
                    fixture.rib.announce(peer(1), 0, high, 0, 24, TestAttributes.attributes().tag(i % 9).build(),
                            fixture.changes);
                    fixture.append();
                }
                fixture.drain(cursor, receiver);
                var purge = fixture.rib.purge(peer(1));
                boolean done = false;
                while (!done) {
                    fixture.changes.clear();
                    done = purge.step(500, fixture.changes);
                    fixture.append();
                    fixture.drain(cursor, receiver);
                }
                receiver.forgetMessages();
            }
            assertThat(receiver.routes).isEmpty();
            assertThat(fixture.log.statistics().announced()).isZero();
            assertThat(fixture.log.statistics().tombstones()).isLessThan(11_000);
            assertThat(fixture.log.statistics().octets()).isLessThan(1 << 20);
            cursor.close();
        }
    }

    @Test
    void buffers_that_are_being_sent_outlive_the_log() {
        LogFixture fixture = new LogFixture();
        fixture.announce(1, 7, 100, 1);
        LogCursor cursor = fixture.log.join(9);
        List<ByteBuf> inFlight = new ArrayList<>();
        cursor.gather((buffer, offset, length, messages) -> inFlight.add(buffer.retainedSlice(offset, length)), 1_000);
        cursor.close();
        fixture.log.close();

        assertThat(inFlight).hasSize(1);
        assertThat(inFlight.get(0).getLong(0)).isEqualTo(-1L);
        assertThat(inFlight.get(0).readableBytes()).isEqualTo(FIXED + BLOCK + 3);
        inFlight.get(0).release();
        fixture.close();
    }

    @Test
    void a_closed_log_takes_and_gives_nothing() {
        LogFixture fixture = new LogFixture();
        LogCursor cursor = fixture.log.join(9);
        fixture.log.close();

        fixture.announce(1, 7, 100, 1);

        assertThat(cursor.gather((buffer, offset, length, messages) -> {
        }, 1_000)).isZero();
        assertThat(cursor.atTail()).isTrue();
        assertThatThrownBy(() -> fixture.log.join(1)).isInstanceOf(IllegalStateException.class);
        cursor.close();
        fixture.close();
    }
}
