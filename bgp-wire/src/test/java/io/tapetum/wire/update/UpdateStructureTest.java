package io.tapetum.wire.update;

import static io.tapetum.wire.Family.IPV4_UNICAST;
import static io.tapetum.wire.Family.IPV6_UNICAST;
import static io.tapetum.wire.update.Parsing.INTERNAL;
import static io.tapetum.wire.update.Parsing.parse;
import static io.tapetum.wire.update.Parsing.resetCode;
import static io.tapetum.wire.update.Parsing.texts;
import static io.tapetum.wire.update.UpdateBuilder.update;
import static io.tapetum.wire.update.UpdateBuilder.updateVia;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.attribute.AttributeError;
import io.tapetum.wire.attribute.AttributeError.Outcome;
import io.tapetum.wire.message.BgpErrorException;

/** Lengths that do not add up, prefixes that cannot be read, and MP attributes that hold them (RFC 7606 §3 to §5). */
class UpdateStructureTest {

    private static final String HOP6 = "2001:db8::1";
    private static final UpdateContext IPV6_ONLY = UpdateContext.internal(64512, Set.of(IPV6_UNICAST));

    private static UpdateBuilder ipv6Update() {
        return update().origin(0).asPath();
    }

    /** ORIGIN, AS_PATH and NEXT_HOP take 4 + 3 + 7 octets; the NLRI field takes 2. */
    @Test
    void every_total_attribute_length_but_the_right_one_withdraws_or_resets() {
        byte[] right = updateVia().announced("10.0.0.0/8").octets();
        int actual = 14;
        for (int length = 0; length <= actual + 4; length++) {
            byte[] octets = right.clone();
            octets[22] = (byte) length;
            UpdateParser parser = new UpdateParser(INTERNAL, AttributeCandidate::make);
            BgpErrorException error = catchThrowableOfType(BgpErrorException.class,
                    () -> parser.parse(Unpooled.wrappedBuffer(octets)));
            if (length > actual + 2) {
                assertThat(error.notification().code()).as("length %d", length).isEqualTo(3);
                assertThat(error.notification().subcode()).as("length %d", length).isEqualTo(1);
            } else if (error == null) {
                assertThat(parser.treatAsWithdraw()).as("length %d", length).isEqualTo(length != actual);
            } else {
                assertThat(error.notification().code()).as("length %d", length).isEqualTo(3);
            }
        }
    }

    @Test
    void every_withdrawn_length_but_the_right_one_is_noticed() {
        byte[] right = updateVia().withdrawn("10.0.0.0/8").announced("11.0.0.0/8").octets();
        for (int length = 0; length <= right.length; length++) {
            byte[] octets = right.clone();
            octets[20] = (byte) length;
            UpdateParser parser = new UpdateParser(INTERNAL, AttributeCandidate::make);
            BgpErrorException error = catchThrowableOfType(BgpErrorException.class,
                    () -> parser.parse(Unpooled.wrappedBuffer(octets)));
            assertThat(error == null && !parser.treatAsWithdraw()).as("length %d", length).isEqualTo(length == 2);
            if (length > right.length - 23) {
                assertThat(error.notification().subcode()).as("length %d", length).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {19, 20, 21, 22})
    void a_message_shorter_than_its_length_fields_is_a_header_error(int length) {
        ByteBuf frame = Unpooled.wrappedBuffer(new byte[length]);

        BgpErrorException error = catchThrowableOfType(BgpErrorException.class,
                () -> new UpdateParser(INTERNAL, AttributeCandidate::make).parse(frame));

        assertThat(error.notification().code()).isEqualTo(1);
        assertThat(error.notification().subcode()).isEqualTo(2);
        assertThat(error.notification().data()).containsExactly(0, length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void octets_too_few_for_a_header_withdraw(int count) throws BgpErrorException {
        int[] rest = new int[count];
        rest[0] = 0xD0;
        UpdateParser parser = parse(INTERNAL, updateVia().raw(rest).announced("10.0.0.0/8"));

        assertThat(parser.treatAsWithdraw()).isTrue();
        assertThat(texts(IPV4_UNICAST, parser.announced())).containsExactly("10.0.0.0/8");
        assertThat(resetCode(INTERNAL, update().raw(rest))).isEqualTo("3/1");
    }

    @Test
    void an_attribute_longer_than_what_is_left_withdraws() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL, updateVia().raw(0xC0, 8, 8, 0, 0, 0, 1).announced("10.0.0.0/8"));

        assertThat(parser.treatAsWithdraw()).isTrue();
        assertThat(parser.errors()).singleElement().extracting(AttributeError::text).asString().contains("COMMUNITIES")
                .contains("8").contains("4");
        assertThat(texts(IPV4_UNICAST, parser.announced())).containsExactly("10.0.0.0/8");
    }

    @Test
    void an_attribute_longer_than_what_is_left_resets_where_routes_cannot_be_told() {
        assertThat(resetCode(INTERNAL, updateVia().raw(0xC0, 8, 8, 0, 0, 0, 1))).isEqualTo("3/5");
        assertThat(resetCode(INTERNAL, updateVia().raw(0x80, 14, 60, 0, 2, 1).announced("10.0.0.0/8")))
                .isEqualTo("3/5");
        assertThat(resetCode(INTERNAL, updateVia().raw(0x80, 15, 60, 0, 2, 1).announced("10.0.0.0/8")))
                .isEqualTo("3/5");
    }

    @ParameterizedTest
    @CsvSource({"33", "128", "255"})
    void a_prefix_longer_than_its_address_resets(int length) {
        assertThat(resetCode(INTERNAL, updateVia().announcedOctets(length, 10, 0, 0, 0, 0))).isEqualTo("3/10");
        assertThat(resetCode(INTERNAL, update().withdrawnOctets(length, 10, 0, 0, 0, 0))).isEqualTo("3/10");
    }

    @Test
    void a_truncated_prefix_resets() {
        assertThat(resetCode(INTERNAL, updateVia().announcedOctets(24, 10, 0))).isEqualTo("3/10");
        assertThat(resetCode(INTERNAL, update().withdrawnOctets(8, 10, 1))).isEqualTo("3/10");
        UpdateContext addPath = INTERNAL.withAddPathReceive(Set.of(IPV4_UNICAST));
        assertThat(resetCode(addPath, updateVia().announcedOctets(0, 0, 0, 1))).isEqualTo("3/10");
        assertThat(resetCode(addPath, updateVia().announcedOctets(0, 0, 0, 1, 8))).isEqualTo("3/10");
    }

    @Test
    void the_shortest_and_the_longest_prefixes_are_fine() throws BgpErrorException {
        assertThat(texts(IPV4_UNICAST, parse(INTERNAL, updateVia().announced("0.0.0.0/0", "10.0.0.1/32")).announced()))
                .containsExactly("0.0.0.0/0", "10.0.0.1/32");
        assertThat(texts(IPV6_UNICAST,
                parse(INTERNAL, ipv6Update().mpReach(IPV6_UNICAST, HOP6, "::/0", "2001:db8::1/128")).reachable()))
                .containsExactly("0:0:0:0:0:0:0:0/0", "2001:db8:0:0:0:0:0:1/128");
    }

    @Test
    void an_mp_attribute_that_stands_twice_resets() {
        assertThat(resetCode(INTERNAL,
                ipv6Update().mpReach(IPV6_UNICAST, HOP6, "::/0").mpReach(IPV6_UNICAST, HOP6, "::/0"))).isEqualTo("3/1");
        assertThat(resetCode(INTERNAL, update().mpUnreach(IPV6_UNICAST, "::/0").mpUnreach(IPV6_UNICAST, "::/0")))
                .isEqualTo("3/1");
        assertThat(resetCode(IPV6_ONLY, update().mpUnreach(IPV6_UNICAST, "::/0").mpUnreach(IPV4_UNICAST, "0.0.0.0/0")))
                .isEqualTo("3/1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x40, 0xC0})
    void an_mp_attribute_with_wrong_flags_resets(int flags) {
        byte[] reach = UpdateBuilder.mpReachValue(IPV6_UNICAST, UpdateBuilder.address(HOP6), "::/0");

        assertThat(resetCode(INTERNAL, ipv6Update().attribute(flags, 14, reach))).isEqualTo("3/4");
        assertThat(resetCode(INTERNAL, update().attribute(flags, 15, 0, 2, 1, 0))).isEqualTo("3/4");
    }

    @Test
    void an_mp_attribute_shorter_than_its_fixed_part_resets() {
        for (int length = 0; length < 5; length++) {
            assertThat(resetCode(INTERNAL, ipv6Update().attribute(0x80, 14, new byte[length]))).isEqualTo("3/5");
        }
        for (int length = 0; length < 3; length++) {
            assertThat(resetCode(INTERNAL, update().attribute(0x80, 15, new byte[length]))).isEqualTo("3/5");
        }
    }

    @Test
    void unreadable_routes_disable_their_family_where_another_is_in_use() throws BgpErrorException {
        byte[] reach = UpdateBuilder.concat(UpdateBuilder.mpReachValue(IPV6_UNICAST, UpdateBuilder.address(HOP6)),
                new byte[]{(byte) 129, 1});

        UpdateParser parser = parse(INTERNAL, updateVia().announced("10.0.0.0/8")
                .mpUnreach(IPV6_UNICAST, "2001:db8::/32").attribute(0x80, 14, reach));

        assertThat(parser.disabledFamily()).isEqualTo(IPV6_UNICAST);
        assertThat(parser.errors()).extracting(AttributeError::outcome).containsExactly(Outcome.FAMILY_DISABLE);
        assertThat(parser.reachableFamily()).isNull();
        assertThat(parser.unreachableFamily()).isNull();
        assertThat(parser.unreachable().next()).isFalse();
        assertThat(parser.treatAsWithdraw()).isFalse();
        assertThat(texts(IPV4_UNICAST, parser.announced())).containsExactly("10.0.0.0/8");
        assertThat(parser.attributes()).isNotNull();
    }

    @Test
    void a_disabled_ipv4_takes_the_messages_own_routes_along() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL,
                updateVia().announced("10.0.0.0/8").withdrawn("11.0.0.0/8").attribute(0x80, 15, 0, 1, 1, 33));

        assertThat(parser.disabledFamily()).isEqualTo(IPV4_UNICAST);
        assertThat(parser.announced().next()).isFalse();
        assertThat(parser.withdrawn().next()).isFalse();
        assertThat(parser.attributes()).isNull();
    }

    @Test
    void unreadable_routes_reset_where_theirs_is_the_only_family() {
        assertThat(resetCode(IPV6_ONLY, update().attribute(0x80, 15, 0, 2, 1, 129))).isEqualTo("3/9");
        assertThat(resetCode(IPV6_ONLY, update().attribute(0x80, 15, 0, 2, 1, 64, 1))).isEqualTo("3/9");
    }

    @Test
    void unreadable_routes_of_two_families_reset() {
        UpdateBuilder update = updateVia().announced("10.0.0.0/8").attribute(0x80, 15, 0, 1, 1, 33).attribute(0x80, 14,
                UpdateBuilder.concat(UpdateBuilder.mpReachValue(IPV6_UNICAST, UpdateBuilder.address(HOP6)),
                        new byte[]{1}));

        assertThat(resetCode(INTERNAL, update)).isEqualTo("3/9");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 8, 12, 15, 17, 24, 31, 33, 48, 255})
    void an_ipv6_next_hop_of_another_length_than_16_or_32_leaves_its_routes_unreadable(int octets) {
        byte[] reach = UpdateBuilder.mpReachValue(IPV6_UNICAST, new byte[octets], "2001:db8::/32");

        assertThat(resetCode(IPV6_ONLY, ipv6Update().attribute(0x80, 14, reach))).isEqualTo("3/9");
        assertThat(resetCode(INTERNAL, ipv6Update().attribute(0x80, 14, reach))).isNull();
    }

    @Test
    void an_ipv6_next_hop_of_ipv4_routes_must_have_been_negotiated() {
        UpdateContext ipv4Only = UpdateContext.internal(64512, Set.of(IPV4_UNICAST));
        UpdateBuilder update = update().origin(0).asPath().mpReach(IPV4_UNICAST, HOP6, "10.0.0.0/8");

        assertThat(resetCode(ipv4Only, update)).isEqualTo("3/9");
        assertThat(resetCode(ipv4Only.withExtendedNextHop(true), update)).isNull();
    }

    @Test
    void a_next_hop_that_ends_beyond_the_attribute_leaves_its_routes_unreadable() {
        assertThat(resetCode(IPV6_ONLY, ipv6Update().attribute(0x80, 14, 0, 2, 1, 16, 0, 0, 0))).isEqualTo("3/9");
    }

    @Test
    void an_attribute_error_beside_ignored_routes_keeps_the_session() {
        byte[] evpn = {0, 25, 70, 4, 1, 2, 3, 4, 0, 1, 2, 3};

        assertThat(resetCode(INTERNAL, update().origin(9).asPath().attribute(0x80, 14, evpn))).isNull();
    }

    @Test
    void the_reserved_octet_of_mp_reach_is_ignored() throws BgpErrorException {
        byte[] reach = UpdateBuilder.mpReachValue(IPV6_UNICAST, UpdateBuilder.address(HOP6), "::/0");
        reach[4 + 16] = 7;

        assertThat(parse(INTERNAL, ipv6Update().attribute(0x80, 14, reach)).errors()).isEmpty();
    }
}
