package io.tapetum.wire.update;

import static io.tapetum.wire.Family.IPV4_UNICAST;
import static io.tapetum.wire.Family.IPV6_UNICAST;
import static io.tapetum.wire.update.Parsing.EXTERNAL;
import static io.tapetum.wire.update.Parsing.INTERNAL;
import static io.tapetum.wire.update.Parsing.classic;
import static io.tapetum.wire.update.Parsing.parse;
import static io.tapetum.wire.update.Parsing.resetCode;
import static io.tapetum.wire.update.Parsing.texts;
import static io.tapetum.wire.update.UpdateBuilder.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.attribute.AttributeError;
import io.tapetum.wire.attribute.AttributeError.Outcome;
import io.tapetum.wire.attribute.AttributeErrors;
import io.tapetum.wire.message.BgpErrorException;

/**
 * What a malformed attribute leads to (RFC 7606 §3, §5.2, §7). Rows of the tables are: type, flags, value, what happens
 * with an internal peer, what happens with an external one; a dash is an empty value.
 */
class MalformedAttributeTest {

    enum Result {
        FINE, DISCARD, WITHDRAW
    }

    /** With as many routes as an UPDATE can have, and without the attribute of type {@code without}. */
    private static UpdateBuilder updateWithout(int without) {
        UpdateBuilder update = update().withdrawn("10.9.0.0/16").announced("10.0.0.0/8")
                .mpUnreach(IPV6_UNICAST, "2001:db8:9::/48").mpReach(IPV6_UNICAST, "2001:db8::1", "2001:db8::/48");
        if (without != 1) {
            update.origin(0);
        }
        if (without != 2) {
            update.asPath(65001);
        }
        if (without != 3) {
            update.nextHop("192.0.2.1");
        }
        return update;
    }

    private static Result result(UpdateParser parser) {
        if (parser.treatAsWithdraw()) {
            return Result.WITHDRAW;
        }
        return parser.errors().isEmpty() ? Result.FINE : Result.DISCARD;
    }

    private static byte[] value(String hex) {
        return hex.equals("-") ? new byte[0] : HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @CsvSource({
            // ORIGIN, RFC 7606 §7.1
            "1, 40, 00, FINE, FINE", "1, 40, 02, FINE, FINE", "1, 40, 03, WITHDRAW, WITHDRAW",
            "1, 40, ff, WITHDRAW, WITHDRAW", "1, 40, -, WITHDRAW, WITHDRAW", "1, 40, 0000, WITHDRAW, WITHDRAW",
            // AS_PATH, §7.2: an empty path is well-formed, but does not start with the external peer's AS
            "2, 40, -, FINE, WITHDRAW", "2, 40, 02010000fde9, FINE, FINE", "2, 40, 02, WITHDRAW, WITHDRAW",
            "2, 40, 02010000fde902, WITHDRAW, WITHDRAW", "2, 40, 02020000fde9, WITHDRAW, WITHDRAW",
            "2, 40, 02010000fde90200, WITHDRAW, WITHDRAW", "2, 40, 0200, WITHDRAW, WITHDRAW",
            "2, 40, 00010000fde9, WITHDRAW, WITHDRAW", "2, 40, 05010000fde9, WITHDRAW, WITHDRAW",
            "2, 40, 0201fde9, WITHDRAW, WITHDRAW", "2, 40, 02010000fdea, FINE, WITHDRAW",
            // a set does not say which AS is first
            "2, 40, 01010000fde9, FINE, WITHDRAW",
            // AS 0, RFC 7607 §2
            "2, 40, 02010000000002010000fde9, WITHDRAW, WITHDRAW", "2, 40, 02020000fde900000000, WITHDRAW, WITHDRAW",
            "2, 40, 02010000fde9010100000000, WITHDRAW, WITHDRAW",
            // confederation segments, RFC 5065 §5
            "2, 40, 03010000fde9, FINE, WITHDRAW", "2, 40, 02010000fde904010000fde9, FINE, WITHDRAW",
            // NEXT_HOP, §7.3 and RFC 4271 §6.3
            "3, 40, c0000201, FINE, FINE", "3, 40, -, WITHDRAW, WITHDRAW", "3, 40, c00002, WITHDRAW, WITHDRAW",
            "3, 40, c000020101, WITHDRAW, WITHDRAW", "3, 40, 00000000, WITHDRAW, WITHDRAW",
            "3, 40, 7f000001, WITHDRAW, WITHDRAW", "3, 40, e0000001, WITHDRAW, WITHDRAW",
            "3, 40, efffffff, WITHDRAW, WITHDRAW", "3, 40, f0000001, WITHDRAW, WITHDRAW",
            "3, 40, ffffffff, WITHDRAW, WITHDRAW", "3, 40, dfffffff, FINE, FINE", "3, 40, 01000000, FINE, FINE",
            // MULTI_EXIT_DISC, §7.4
            "4, 80, 00000000, FINE, FINE", "4, 80, -, WITHDRAW, WITHDRAW", "4, 80, 000000, WITHDRAW, WITHDRAW",
            "4, 80, 0000000000, WITHDRAW, WITHDRAW",
            // LOCAL_PREF, §7.5
            "5, 40, 00000000, FINE, DISCARD", "5, 40, -, WITHDRAW, DISCARD", "5, 40, 000000, WITHDRAW, DISCARD",
            "5, 40, 0000000000, WITHDRAW, DISCARD", "5, c0, 00000000, WITHDRAW, DISCARD",
            // ATOMIC_AGGREGATE, §7.6
            "6, 40, -, FINE, FINE", "6, 40, 00, DISCARD, DISCARD",
            // AGGREGATOR, §7.7 and RFC 7607 §2
            "7, c0, 0000fde9c0000201, FINE, FINE", "7, c0, fde9c0000201, DISCARD, DISCARD",
            "7, c0, -, DISCARD, DISCARD",
            "7, c0, 0000fde9c000020100, DISCARD, DISCARD", "7, c0, 00000000c0000201, DISCARD, DISCARD",
            // COMMUNITIES, §7.8
            "8, c0, 00000001, FINE, FINE", "8, c0, -, WITHDRAW, WITHDRAW", "8, c0, 000000, WITHDRAW, WITHDRAW",
            "8, c0, 0000000100, WITHDRAW, WITHDRAW",
            // ORIGINATOR_ID, §7.9
            "9, 80, c0000201, FINE, DISCARD", "9, 80, -, WITHDRAW, DISCARD", "9, 80, c00002, WITHDRAW, DISCARD",
            "9, 80, c000020100, WITHDRAW, DISCARD", "9, c0, c0000201, WITHDRAW, DISCARD",
            // CLUSTER_LIST, §7.10
            "10, 80, c0000201c0000202, FINE, DISCARD", "10, 80, -, WITHDRAW, DISCARD",
            "10, 80, c000020100, WITHDRAW, DISCARD", "10, c0, c0000201, WITHDRAW, DISCARD",
            // EXTENDED_COMMUNITIES, §7.14
            "16, c0, 0002000000010001, FINE, FINE", "16, c0, -, WITHDRAW, WITHDRAW",
            "16, c0, 00020000000100, WITHDRAW, WITHDRAW", "16, c0, 000200000001000100, WITHDRAW, WITHDRAW",
            // AS4_PATH and AS4_AGGREGATOR, RFC 6793 §4.1: from four-octet speakers
            "17, c0, 02010000fde9, DISCARD, DISCARD", "17, c0, 00, DISCARD, DISCARD",
            "18, c0, 0000fde9c0000201, DISCARD, DISCARD",
            // LARGE_COMMUNITIES, RFC 8092 §6
            "32, c0, 000000010000000200000003, FINE, FINE", "32, c0, -, WITHDRAW, WITHDRAW",
            "32, c0, 0000000100000002, WITHDRAW, WITHDRAW", "32, c0, 00000001000000020000000300, WITHDRAW, WITHDRAW",
            // unknown ones, RFC 4271 §5
            "23, c0, -, FINE, FINE", "23, e0, ffff, FINE, FINE", "40, c0, 00000000, FINE, FINE",
            "99, 80, 00, FINE, FINE",
            "255, c0, 00, FINE, FINE"})
    void an_attribute_is_judged_by_what_it_holds(int type, String flags, String hex, Result internal, Result external)
            throws BgpErrorException {
        UpdateBuilder update = updateWithout(type).attribute(Integer.parseInt(flags, 16), type, value(hex));

        assertThat(result(parse(INTERNAL, update))).as("internal").isEqualTo(internal);
        assertThat(result(parse(EXTERNAL, update))).as("external").isEqualTo(external);
    }

    @ParameterizedTest
    @CsvSource({"1, 40, 00", "2, 40, 02010000fde9", "3, 40, c0000201", "4, 80, 00000000", "5, 40, 00000064", "6, 40, -",
            "7, c0, 0000fde9c0000201", "8, c0, 00000001", "9, 80, c0000201", "10, 80, c0000201",
            "16, c0, 0002000000010001", "32, c0, 000000010000000200000003"})
    void wrong_optional_or_transitive_bits_withdraw_but_the_partial_bit_does_not(int type, String flags, String hex)
            throws BgpErrorException {
        int right = Integer.parseInt(flags, 16);
        for (int wrong : new int[]{right ^ 0x80, right ^ 0x40, right ^ 0xC0}) {
            UpdateBuilder update = updateWithout(type).attribute(wrong, type, value(hex));
            assertThat(result(parse(INTERNAL, update))).as("flags %02x", wrong).isEqualTo(Result.WITHDRAW);
        }
        UpdateBuilder partial = updateWithout(type).attribute(right | 0x20, type, value(hex));
        assertThat(result(parse(INTERNAL, partial))).as("partial").isEqualTo(Result.FINE);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3"})
    void a_missing_mandatory_attribute_withdraws(int type) throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL, updateWithout(type));

        assertThat(parser.treatAsWithdraw()).isTrue();
        assertThat(parser.errors()).singleElement().extracting(AttributeError::type).isEqualTo(type);
    }

    @Test
    void routes_without_any_attribute_are_withdrawn() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL, update().announced("10.0.0.0/8"));

        assertThat(parser.treatAsWithdraw()).isTrue();
        assertThat(texts(IPV4_UNICAST, parser.announced())).containsExactly("10.0.0.0/8");
    }

    @Test
    void no_attribute_is_mandatory_for_withdrawals() throws BgpErrorException {
        assertThat(result(parse(INTERNAL, update().withdrawn("10.0.0.0/8").mpUnreach(IPV6_UNICAST, "::/0"))))
                .isEqualTo(Result.FINE);
        assertThat(result(parse(INTERNAL, update().withdrawn("10.0.0.0/8").origin(0)))).isEqualTo(Result.FINE);
    }

    @Test
    void treat_as_withdraw_leaves_all_views_readable_and_no_attributes() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL, updateWithout(1).origin(9));

        assertThat(texts(IPV4_UNICAST, parser.withdrawn())).containsExactly("10.9.0.0/16");
        assertThat(texts(IPV4_UNICAST, parser.announced())).containsExactly("10.0.0.0/8");
        assertThat(texts(IPV6_UNICAST, parser.unreachable())).containsExactly("2001:db8:9:0:0:0:0:0/48");
        assertThat(texts(IPV6_UNICAST, parser.reachable())).containsExactly("2001:db8:0:0:0:0:0:0/48");
        assertThat(parser.attributes()).isNull();
        assertThat(parser.reachableAttributes()).isNull();
        assertThat(parser.errors()).containsExactly(new AttributeError(1, Outcome.TREAT_AS_WITHDRAW,
                "ORIGIN: value 9, expected 0, 1 or 2"));
    }

    @Test
    void a_discarded_attribute_is_not_passed_on_and_the_others_are() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL, updateWithout(0).attribute(0x40, 6, 1).attribute(0xC0, 7, 1).med(7));

        assertThat(parser.errors()).extracting(AttributeError::outcome).containsOnly(Outcome.ATTRIBUTE_DISCARD)
                .hasSize(2);
        assertThat(classic(parser)).isEqualTo(classic(parse(INTERNAL, updateWithout(0).med(7))));
    }

    @Test
    void the_strongest_action_wins_in_either_order() throws BgpErrorException {
        UpdateBuilder discardFirst = updateWithout(1).attribute(0x40, 6, 1).origin(9);
        UpdateBuilder withdrawFirst = updateWithout(1).origin(9).attribute(0x40, 6, 1);

        assertThat(result(parse(INTERNAL, discardFirst))).isEqualTo(Result.WITHDRAW);
        assertThat(result(parse(INTERNAL, withdrawFirst))).isEqualTo(Result.WITHDRAW);
        assertThat(resetCode(INTERNAL, withdrawFirst.attribute(0x00, 99))).isEqualTo("3/2");
    }

    @Test
    void a_repeated_attribute_keeps_the_first() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL,
                updateWithout(0).med(1).med(2).attribute(0xC0, 99, 1).attribute(0xC0, 99, 2).origin(9));

        assertThat(parser.errors()).extracting(AttributeError::outcome).containsOnly(Outcome.ATTRIBUTE_DISCARD)
                .hasSize(3);
        assertThat(classic(parser))
                .isEqualTo(classic(parse(INTERNAL, updateWithout(0).med(1).attribute(0xC0, 99, 1))));
    }

    @Test
    void of_a_repeated_attribute_the_first_counts_even_if_malformed() throws BgpErrorException {
        assertThat(result(parse(INTERNAL, updateWithout(1).origin(9).origin(0)))).isEqualTo(Result.WITHDRAW);
    }

    @Test
    void the_list_of_errors_is_bounded_and_keeps_the_strongest() throws BgpErrorException {
        UpdateBuilder update = updateWithout(32);
        for (int i = 0; i < 100; i++) {
            update.med(1);
        }

        UpdateParser parser = parse(INTERNAL, update.attribute(0xC0, 32, 1));

        assertThat(parser.errors()).hasSize(AttributeErrors.LIMIT);
        assertThat(parser.errors()).extracting(AttributeError::outcome).contains(Outcome.TREAT_AS_WITHDRAW);
    }

    @Test
    void an_unrecognised_well_known_attribute_resets_and_is_sent_back_in_full() {
        BgpErrorException error = catchThrowableOfType(BgpErrorException.class,
                () -> parse(INTERNAL, updateWithout(0).attribute(0x40, 99, 1, 2, 3)));

        assertThat(error.notification().code()).isEqualTo(3);
        assertThat(error.notification().subcode()).isEqualTo(2);
        assertThat(error.notification().data()).containsExactly(0x40, 99, 3, 1, 2, 3);
        assertThat(error).hasMessageContaining("attribute 99").hasMessageContaining("0x40");
    }

    @ParameterizedTest
    @CsvSource({"1, 40, 09, 3/6, 40010109", "1, 40, -, 3/5, 400100", "1, c0, 00, 3/4, c0010100",
            "2, 40, 05010000fde9, 3/11, 40020605010000fde9", "4, 80, 00, 3/5, 80040100", "8, c0, 00, 3/5, c0080100"})
    void an_error_without_reachable_routes_resets_with_the_offending_attribute(int type, String flags, String hex,
            String code, String data) {
        UpdateBuilder update = update().withdrawn("10.0.0.0/8").mpUnreach(IPV6_UNICAST, "::/0")
                .attribute(Integer.parseInt(flags, 16), type, value(hex));

        BgpErrorException error = catchThrowableOfType(BgpErrorException.class, () -> parse(INTERNAL, update));

        assertThat(error.notification().code() + "/" + error.notification().subcode()).isEqualTo(code);
        assertThat(HexFormat.of().formatHex(error.notification().data())).isEqualTo(data);
    }

    @Test
    void a_discarded_attribute_without_reachable_routes_keeps_the_session() throws BgpErrorException {
        assertThat(result(parse(INTERNAL, update().withdrawn("10.0.0.0/8").attribute(0x40, 6, 1))))
                .isEqualTo(Result.DISCARD);
    }

    @Test
    void a_malformed_next_hop_without_routes_in_the_nlri_field_is_ignored() throws BgpErrorException {
        assertThat(result(parse(INTERNAL, update().withdrawn("10.0.0.0/8").attribute(0xC0, 3, 1))))
                .isEqualTo(Result.FINE);
    }

    @Test
    void the_first_as_of_an_external_path_matters_only_if_enforced() throws BgpErrorException {
        UpdateBuilder update = updateWithout(2).asPath(65002, 65001);

        assertThat(result(parse(EXTERNAL, update))).isEqualTo(Result.WITHDRAW);
        assertThat(result(parse(EXTERNAL.withEnforceFirstAs(false), update))).isEqualTo(Result.FINE);
        assertThat(result(parse(INTERNAL.withEnforceFirstAs(true), update))).isEqualTo(Result.FINE);
    }

    @ParameterizedTest
    @CsvSource({"::", "::1", "ff02::1", "fe80::1", "febf::1"})
    void an_unusable_next_hop_in_mp_reach_withdraws(String nextHop) throws BgpErrorException {
        UpdateBuilder update = update().origin(0).asPath().mpReach(IPV6_UNICAST, nextHop, "2001:db8::/32");

        UpdateParser parser = parse(INTERNAL, update);

        assertThat(parser.treatAsWithdraw()).isTrue();
        assertThat(parser.errors()).extracting(AttributeError::type).isEqualTo(List.of(14));
        assertThat(texts(IPV6_UNICAST, parser.reachable())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"fec0::1", "2001:db8::1", "::2", "fd00::1"})
    void other_next_hops_in_mp_reach_are_fine(String nextHop) throws BgpErrorException {
        UpdateBuilder update = update().origin(0).asPath().mpReach(IPV6_UNICAST, nextHop, "2001:db8::/32");

        assertThat(result(parse(INTERNAL, update))).isEqualTo(Result.FINE);
    }

    @Test
    void loopback_next_hops_are_usable_where_allowed() throws BgpErrorException {
        UpdateContext context = INTERNAL.withAllowLoopbackNextHop(true);

        assertThat(result(parse(context, updateWithout(3).nextHop("127.0.0.1")))).isEqualTo(Result.FINE);
        assertThat(result(parse(context, update().origin(0).asPath().mpReach(IPV6_UNICAST, "::1", "::/0"))))
                .isEqualTo(Result.FINE);
    }

    @Test
    void an_update_after_a_bad_one_is_judged_on_its_own() throws BgpErrorException {
        UpdateParser parser = new UpdateParser(INTERNAL, AttributeCandidate::make);
        parser.parse(updateWithout(0).frame());
        var good = parser.attributes();
        parser.parse(updateWithout(1).origin(9).frame());

        parser.parse(updateWithout(0).frame());

        assertThat(parser.errors()).isEmpty();
        assertThat(parser.treatAsWithdraw()).isFalse();
        assertThat(parser.attributes()).isSameAs(good);
    }

    @Test
    void a_bad_update_is_judged_again_each_time() throws BgpErrorException {
        UpdateParser parser = new UpdateParser(INTERNAL, AttributeCandidate::make);
        for (int i = 0; i < 3; i++) {
            parser.parse(updateWithout(0).attribute(0x40, 6, 1).frame());
            assertThat(result(parser)).isEqualTo(Result.DISCARD);
            parser.parse(updateWithout(1).origin(9).frame());
            assertThat(result(parser)).isEqualTo(Result.WITHDRAW);
        }
    }
}
