package io.tapetum.load.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tapetum.load.relay.Reflection;
import io.tapetum.load.route.Addresses;
import io.tapetum.load.route.RouteBook;
import io.tapetum.load.route.RouteBooks;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefixes;
import io.tapetum.wire.update.UpdateWriter;

/** Client 1 of two is told of the three routes of client 0. */
class UpdateCheckTest {

    private final RouteBook book = RouteBooks.calico(2, 2, 1);
    private final Tally tally = new Tally();
    private final View view = new View(book, 1, tally);
    private final UpdateCheck check = new UpdateCheck(book);

    @Test
    void a_view_is_complete_once_every_route_of_the_others_was_told_rightly() throws Exception {
        assertThat(view.missing()).isEqualTo(3);

        read(reflected(0, Reflection::right));

        assertThat(view.missing()).isZero();
        assertThat(tally.missing()).isZero();
        assertThat(view.firstMissing()).isEqualTo(-1);
        assertThat(check.routes()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void whatever_is_wrong_is_noticed_and_named(Fault fault) {
        assertThatThrownBy(() -> read(reflected(0, fault::reflect))).isInstanceOf(WrongUpdateException.class)
                .hasMessageContaining(fault.complaint());
        assertThat(view.missing()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void it_is_noticed_as_well_after_the_same_was_right(Fault fault) throws Exception {
        read(reflected(0, Reflection::right));

        assertThatThrownBy(() -> read(reflected(0, fault::reflect))).isInstanceOf(WrongUpdateException.class);
    }

    @Test
    void a_withdrawn_route_is_missing() throws Exception {
        read(reflected(0, Reflection::right));
        ByteBuf withdrawal = Unpooled.buffer();
        int start = UpdateWriter.startWithdrawal(withdrawal, Family.IPV4_UNICAST, false);
        Prefixes.write(withdrawal, 10L << 56, 0, 26);
        UpdateWriter.finishWithdrawal(withdrawal, start, Family.IPV4_UNICAST, false);

        read(withdrawal);

        assertThat(view.missing()).isEqualTo(1);
        assertThat(book.prefix(view.firstMissing())).isEqualTo("10.0.0.0/26");
        assertThat(check.withdrawals()).isEqualTo(1);
    }

    @Test
    void an_older_version_is_no_error_and_not_the_truth() throws Exception {
        ByteBuf old = reflected(0, Reflection::right);
        book.renewAll();
        view.forgetAll();

        read(old);

        assertThat(view.missing()).isEqualTo(3);
        assertThat(check.outdated()).isEqualTo(3);
        read(reflected(0, Reflection::right));
        assertThat(view.missing()).isZero();
    }

    @Test
    void an_older_version_after_the_newest_makes_the_route_missing_again() throws Exception {
        ByteBuf old = reflected(0, Reflection::right);
        book.renewAll();
        view.forgetAll();
        read(reflected(0, Reflection::right));

        read(old);

        assertThat(view.missing()).isEqualTo(3);
    }

    @Test
    void the_same_octets_are_no_longer_the_truth_once_the_owner_has_said_something_else() throws Exception {
        ByteBuf old = reflected(0, Reflection::right);
        read(old);
        book.renew(1);
        view.forget(1);

        read(old);

        assertThat(view.missing()).isEqualTo(1);
        assertThat(view.firstMissing()).isEqualTo(1);
        assertThat(check.outdated()).isEqualTo(1);
    }

    @Test
    void any_number_of_routes_in_an_update_is_entered_and_announced_to_whoever_counts_arrivals() throws Exception {
        RouteBook large = RouteBooks.calico(3, 4, 146);
        UpdateCheck its = new UpdateCheck(large);
        Tally both = new Tally();
        BitSet arrived = new BitSet();
        both.setArrivals((route, _) -> arrived.flip(route));
        View first = new View(large, 0, both);
        View last = new View(large, 2, both);
        ByteBuf sent = large.announcement(1);
        ByteBuf update = Unpooled.buffer();
        Reflection.right(sent, Addresses.identifier(1), update);
        byte[] octets = ByteBufUtil.getBytes(update);

        its.read(first, octets, 0, octets.length, 0);

        assertThat(first.missing()).isEqualTo(150);
        assertThat(arrived.cardinality()).isEqualTo(150);
        assertThat(arrived.nextSetBit(0)).isEqualTo(150);
        its.read(last, octets, 0, octets.length, 0);
        assertThat(last.missing()).isEqualTo(150);
        assertThat(both.missing()).isEqualTo(300);
        assertThat(arrived.isEmpty()).isTrue();
    }

    @Test
    void a_version_that_nobody_has_announced_is_an_error() {
        book.renewAll();
        ByteBuf early = reflected(0, Reflection::right);
        UpdateCheck other = new UpdateCheck(RouteBooks.calico(2, 2, 1));
        byte[] octets = ByteBufUtil.getBytes(early);

        assertThatThrownBy(() -> other.read(view, octets, 0, octets.length, 0))
                .hasMessageContaining("MED is 1 instead of 0");
    }

    @Test
    void routes_that_come_back_to_their_owner_are_counted_only() throws Exception {
        read(reflected(1, Reflection::right));

        assertThat(check.echoes()).isEqualTo(3);
        assertThat(check.routes()).isZero();
        assertThat(view.missing()).isEqualTo(3);
    }

    @Test
    void communities_may_come_in_another_order() throws Exception {
        RouteBook internet = RouteBooks.fullTable(200);
        View receiver = new View(internet, 1, tally);
        UpdateCheck its = new UpdateCheck(internet);
        ByteBuf all = internet.announcement(0);
        while (all.isReadable()) {
            ByteBuf one = all.readSlice(all.getUnsignedShort(all.readerIndex() + 16));
            ByteBuf reflected = Unpooled.buffer();
            Reflection.right(one, Addresses.identifier(0), reflected);
            byte[] octets = ByteBufUtil.getBytes(reflected);
            swapFirstCommunities(octets);
            its.read(receiver, octets, 0, octets.length, 0);
        }

        assertThat(receiver.missing()).isZero();
    }

    /** Looks for COMMUNITIES by flags and type; no other attribute of these tables contains those octets. */
    private static void swapFirstCommunities(byte[] update) {
        int at = 23;
        while ((update[at + 1] & 0xFF) != 10) {
            if (update[at + 1] == 8 && update[at + 2] >= 8) {
                for (int i = at + 3; i < at + 7; i++) {
                    byte first = update[i];
                    update[i] = update[i + 4];
                    update[i + 4] = first;
                }
            }
            at += 3 + (update[at + 2] & 0xFF);
        }
    }

    private ByteBuf reflected(int owner, Reflection reflection) {
        ByteBuf sent = book.announcement(owner);
        try {
            ByteBuf reflected = Unpooled.buffer();
            reflection.write(sent, Addresses.identifier(owner), reflected);
            return reflected;
        } finally {
            sent.release();
        }
    }

    private void read(ByteBuf update) throws WrongUpdateException {
        byte[] octets = ByteBufUtil.getBytes(update);
        check.read(view, octets, 0, octets.length, 0);
    }
}
