package io.tapetum.wire.update;

import static io.tapetum.wire.Family.IPV4_UNICAST;
import static io.tapetum.wire.Family.IPV6_UNICAST;
import static io.tapetum.wire.update.Parsing.BOTH;
import static io.tapetum.wire.update.Parsing.EXTERNAL;
import static io.tapetum.wire.update.Parsing.INTERNAL;
import static io.tapetum.wire.update.Parsing.classic;
import static io.tapetum.wire.update.Parsing.multiprotocol;
import static io.tapetum.wire.update.Parsing.parse;
import static io.tapetum.wire.update.Parsing.texts;
import static io.tapetum.wire.update.UpdateBuilder.update;
import static io.tapetum.wire.update.UpdateBuilder.updateVia;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.attribute.AttributeError.Outcome;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.message.BgpErrorException;

/** What a well-formed UPDATE is read as. */
class UpdateParserTest {

    private static final String HOP4 = "192.0.2.1";
    private static final String HOP6 = "2001:db8::1";

    @Test
    void all_four_places_for_routes_may_be_used_by_one_update() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL,
                updateVia().localPref(200).withdrawn("10.1.0.0/16").announced("10.2.0.0/16")
                        .mpUnreach(IPV6_UNICAST, "2001:db8:1::/48").mpReach(IPV6_UNICAST, HOP6, "2001:db8:2::/48"));

        assertThat(texts(IPV4_UNICAST, parser.withdrawn())).containsExactly("10.1.0.0/16");
        assertThat(texts(IPV4_UNICAST, parser.announced())).containsExactly("10.2.0.0/16");
        assertThat(parser.unreachableFamily()).isEqualTo(IPV6_UNICAST);
        assertThat(texts(IPV6_UNICAST, parser.unreachable())).containsExactly("2001:db8:1:0:0:0:0:0/48");
        assertThat(parser.reachableFamily()).isEqualTo(IPV6_UNICAST);
        assertThat(texts(IPV6_UNICAST, parser.reachable())).containsExactly("2001:db8:2:0:0:0:0:0/48");
        assertThat(parser.errors()).isEmpty();
        assertThat(parser.treatAsWithdraw()).isFalse();
        assertThat(classic(parser).nextHop()).hasToString(HOP4);
        assertThat(multiprotocol(parser).nextHop()).hasToString("2001:db8:0:0:0:0:0:1");
        assertThat(multiprotocol(parser).block()).isEqualTo(classic(parser).block());
    }

    @Test
    void views_can_be_read_again_and_count_their_prefixes() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL,
                updateVia().withdrawn("10.0.0.0/8").announced("11.0.0.0/8", "12.0.0.0/8"));

        assertThat(texts(IPV4_UNICAST, parser.announced())).isEqualTo(texts(IPV4_UNICAST, parser.announced()));
        assertThat(parser.announcedCount()).isEqualTo(2);
        assertThat(parser.withdrawnCount()).isEqualTo(1);
        assertThat(parser.reachableCount()).isZero();
        assertThat(parser.unreachableCount()).isZero();
    }

    @Test
    void views_of_one_update_do_not_survive_into_the_next() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL,
                updateVia().announced("10.0.0.0/8").mpReach(IPV6_UNICAST, HOP6, "2001:db8::/32")
                        .mpUnreach(IPV6_UNICAST, "2001:db8::/33").withdrawn("10.0.0.0/9"));

        parser.parse(update().frame());

        assertThat(parser.endOfRib()).isEqualTo(IPV4_UNICAST);
        assertThat(parser.announced().next()).isFalse();
        assertThat(parser.withdrawn().next()).isFalse();
        assertThat(parser.reachable().next()).isFalse();
        assertThat(parser.unreachable().next()).isFalse();
        assertThat(parser.reachableFamily()).isNull();
        assertThat(parser.attributes()).isNull();
        assertThat(parser.reachableAttributes()).isNull();
    }

    @Test
    void the_frame_may_stand_anywhere_in_its_buffer_and_is_left_as_it_was() throws BgpErrorException {
        byte[] octets = updateVia().announced("10.0.0.0/8").octets();
        ByteBuf buffer = Unpooled.buffer().writeZero(7).writeBytes(octets);
        buffer.readerIndex(7);
        UpdateParser parser = new UpdateParser(INTERNAL, AttributeCandidate::make);

        parser.parse(buffer);

        assertThat(texts(IPV4_UNICAST, parser.announced())).containsExactly("10.0.0.0/8");
        assertThat(buffer.readerIndex()).isEqualTo(7);
        assertThat(buffer.refCnt()).isEqualTo(1);
    }

    @Test
    void decision_fields_are_parsed_out() throws BgpErrorException {
        PathAttributes attributes = classic(parse(INTERNAL, update().origin(2).asPath(65001, 4_200_000_000L, 65001)
                .nextHop(HOP4).med(0xFFFF_FFFFL).localPref(0x8000_0000L).originatorId("203.0.113.9").clusterList(7, 8)
                .communities(0xFFFF_FF01L, 0xFFFF_0006L, 0x1234_5678L).announced("10.0.0.0/8")));

        assertThat(attributes.origin()).isEqualTo(2);
        assertThat(attributes.asPathLength()).isEqualTo(3);
        assertThat(attributes.neighborAs()).isEqualTo(65001);
        assertThat(attributes.occurrencesOfAs(65001)).isEqualTo(2);
        assertThat(attributes.occurrencesOfAs(4_200_000_000L)).isEqualTo(1);
        assertThat(attributes.med()).isEqualTo(0xFFFF_FFFFL);
        assertThat(attributes.localPref()).isEqualTo(0x8000_0000L);
        assertThat(attributes.originatorId()).isEqualTo(NextHop.of(Addresses.of("203.0.113.9")).ipv4Address());
        assertThat(attributes.clusterListLength()).isEqualTo(2);
        assertThat(attributes.hasCluster(8)).isTrue();
        assertThat(attributes.hasCluster(9)).isFalse();
        assertThat(attributes.flags()).isEqualTo(PathAttributes.NO_EXPORT | PathAttributes.LLGR_STALE
                | PathAttributes.HAS_MED | PathAttributes.HAS_ORIGINATOR_ID);
    }

    @ParameterizedTest
    @CsvSource({"ffffff01, 1", "ffffff02, 2", "ffffff03, 4", "ffff0006, 8", "ffff0007, 16", "ffffff04, 0"})
    void well_known_communities_become_flags(String community, int flag) throws BgpErrorException {
        PathAttributes attributes = classic(
                parse(INTERNAL, updateVia().communities(Long.parseLong(community, 16)).announced("10.0.0.0/8")));

        assertThat(attributes.flags()).isEqualTo(flag);
    }

    @Test
    void the_canonical_block_ascends_and_leaves_the_next_hop_out() throws BgpErrorException {
        PathAttributes attributes = classic(parse(INTERNAL, update().attribute(0xC0, 32, new byte[12]).med(5)
                .attribute(0xD0, 16, new byte[8]).nextHop(HOP4).asPath(1).origin(1).announced("10.0.0.0/8")));

        assertThat(HexFormat.of().formatHex(attributes.block())).isEqualTo("40010101" + "400206020100000001"
                + "80040400000005" + "40050400000064" + "c010080000000000000000" + "c0200c000000000000000000000000");
    }

    @Test
    void an_unknown_optional_transitive_attribute_is_kept_with_the_partial_bit() throws BgpErrorException {
        PathAttributes attributes = classic(
                parse(INTERNAL, updateVia().attribute(0xC0, 99, 1, 2).announced("10.0.0.0/8")));

        assertThat(HexFormat.of().formatHex(attributes.block())).endsWith("e06302" + "0102");
    }

    @Test
    void an_unknown_optional_non_transitive_attribute_is_dropped_silently() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL, updateVia().attribute(0x80, 99, 1, 2).announced("10.0.0.0/8"));

        assertThat(parser.errors()).isEmpty();
        assertThat(classic(parser)).isEqualTo(classic(parse(INTERNAL, updateVia().announced("10.0.0.0/8"))));
    }

    @Test
    void the_partial_bit_of_communities_is_kept_and_tells_attributes_apart() throws BgpErrorException {
        PathAttributes whole = classic(
                parse(INTERNAL, updateVia().attribute(0xC0, 8, 0, 1, 0, 1).announced("10.0.0.0/8")));
        PathAttributes partial = classic(
                parse(INTERNAL, updateVia().attribute(0xE0, 8, 0, 1, 0, 1).announced("10.0.0.0/8")));

        assertThat(partial).isNotEqualTo(whole);
        assertThat(HexFormat.of().formatHex(partial.block())).endsWith("e0080400010001");
    }

    @Test
    void partial_and_unused_bits_of_well_known_attributes_are_cleared() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL, update().attribute(0x6F, 1, 0).attribute(0x60, 2).nextHop(HOP4)
                .attribute(0xA0, 4, 0, 0, 0, 1).announced("10.0.0.0/8"));

        assertThat(parser.errors()).isEmpty();
        assertThat(classic(parser)).isEqualTo(classic(parse(INTERNAL, updateVia().med(1).announced("10.0.0.0/8"))));
    }

    @Test
    void a_two_octet_length_of_a_short_attribute_is_legal() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL,
                update().attribute(0x50, 1, 0).attribute(0x50, 2).attribute(0x50, 3, 192, 0, 2, 1)
                        .announced("10.0.0.0/8"));

        assertThat(parser.errors()).isEmpty();
        assertThat(classic(parser)).isEqualTo(classic(parse(INTERNAL, updateVia().announced("10.0.0.0/8"))));
    }

    @Test
    void local_pref_is_the_default_where_it_is_absent() throws BgpErrorException {
        UpdateContext context = INTERNAL.withDefaultLocalPref(2_147_482_623L);

        assertThat(classic(parse(context, updateVia().announced("10.0.0.0/8"))).localPref()).isEqualTo(2_147_482_623L);
        assertThat(classic(parse(EXTERNAL, updateVia(65001).announced("10.0.0.0/8"))).localPref()).isEqualTo(100);
    }

    @Test
    void a_path_of_three_hundred_as_numbers_is_read_from_two_segments() throws BgpErrorException {
        long[] first = new long[255];
        long[] second = new long[45];
        Arrays.fill(first, 65001);
        Arrays.fill(second, 65002);
        byte[] path = UpdateBuilder.concat(UpdateBuilder.segment(2, 4, first), UpdateBuilder.segment(2, 4, second));

        PathAttributes attributes = classic(
                parse(INTERNAL, update().origin(0).attribute(0x40, 2, path).nextHop(HOP4).announced("10.0.0.0/8")));

        assertThat(attributes.asPathLength()).isEqualTo(300);
        assertThat(attributes.occurrencesOfAs(65002)).isEqualTo(45);
    }

    @Test
    void sets_count_one_and_confederation_segments_nothing() throws BgpErrorException {
        byte[] path = UpdateBuilder.concat(UpdateBuilder.segment(3, 4, 64600, 64601), UpdateBuilder.segment(2, 4, 7, 8),
                UpdateBuilder.segment(1, 4, 9, 10, 11));

        PathAttributes attributes = classic(
                parse(INTERNAL, update().origin(0).attribute(0x40, 2, path).nextHop(HOP4).announced("10.0.0.0/8")));

        assertThat(attributes.asPathLength()).isEqualTo(3);
        assertThat(attributes.neighborAs()).isEqualTo(7);
    }

    @Test
    void next_hop_is_ignored_where_the_nlri_field_is_empty() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL,
                update().origin(0).asPath().attribute(0x40, 3, 1, 2, 3).mpReach(IPV6_UNICAST, HOP6, "2001:db8::/32"));

        assertThat(parser.errors()).isEmpty();
        assertThat(multiprotocol(parser).nextHop()).hasToString("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void next_hop_is_not_missed_where_mp_reach_has_the_routes() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL,
                update().origin(0).asPath().mpReach(IPV6_UNICAST, HOP6, "2001:db8::/32"));

        assertThat(parser.errors()).isEmpty();
        assertThat(parser.reachableAttributes()).isNotNull();
    }

    @Test
    void of_a_next_hop_with_two_addresses_the_global_one_is_kept() throws BgpErrorException {
        byte[] both = UpdateBuilder.concat(UpdateBuilder.address(HOP6), UpdateBuilder.address("fe80::1"));
        UpdateParser parser = parse(INTERNAL, update().origin(0).asPath().attribute(0x80, 14,
                UpdateBuilder.mpReachValue(IPV6_UNICAST, both, "2001:db8::/32")));

        assertThat(multiprotocol(parser).nextHop()).isEqualTo(NextHop.of(Addresses.of(HOP6)));
    }

    @Test
    void ipv4_routes_in_mp_reach_are_like_those_in_the_nlri_field() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL, update().origin(0).asPath().mpReach(IPV4_UNICAST, HOP4, "10.0.0.0/8"));

        assertThat(parser.reachableFamily()).isEqualTo(IPV4_UNICAST);
        assertThat(multiprotocol(parser)).isEqualTo(classic(parse(INTERNAL, updateVia().announced("10.0.0.0/8"))));
    }

    @Test
    void ipv4_routes_may_have_an_ipv6_next_hop_once_negotiated() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL.withExtendedNextHop(true),
                update().origin(0).asPath().mpReach(IPV4_UNICAST, HOP6, "10.0.0.0/8"));

        assertThat(multiprotocol(parser).nextHop()).isEqualTo(NextHop.of(Addresses.of(HOP6)));
        assertThat(texts(IPV4_UNICAST, parser.reachable())).containsExactly("10.0.0.0/8");
    }

    @Test
    void path_identifiers_are_read_where_negotiated_and_only_there() throws BgpErrorException {
        UpdateContext context = INTERNAL.withAddPathReceive(Set.of(IPV4_UNICAST));

        UpdateParser parser = parse(context,
                updateVia().withdrawn("#1 10.0.0.0/8").announced("#2 10.0.0.0/8", "#3 0.0.0.0/0")
                        .mpReach(IPV6_UNICAST, HOP6, "2001:db8::/32"));

        assertThat(texts(IPV4_UNICAST, parser.withdrawn(), true)).containsExactly("#1 10.0.0.0/8");
        assertThat(texts(IPV4_UNICAST, parser.announced(), true)).containsExactly("#2 10.0.0.0/8", "#3 0.0.0.0/0");
        assertThat(texts(IPV6_UNICAST, parser.reachable(), true)).containsExactly("#0 2001:db8:0:0:0:0:0:0/32");
    }

    @Test
    void path_identifiers_stand_in_the_mp_attributes_too() throws BgpErrorException {
        UpdateContext context = INTERNAL.withAddPathReceive(BOTH);

        UpdateParser parser = parse(context, update().origin(0).asPath().mpUnreach(IPV6_UNICAST, "#4 2001:db8::/128")
                .mpReach(IPV6_UNICAST, HOP6, "#5 ::/0"));

        assertThat(texts(IPV6_UNICAST, parser.unreachable(), true)).containsExactly("#4 2001:db8:0:0:0:0:0:0/128");
        assertThat(texts(IPV6_UNICAST, parser.reachable(), true)).containsExactly("#5 0:0:0:0:0:0:0:0/0");
    }

    @Test
    void the_smallest_update_is_the_end_of_rib_of_ipv4() throws BgpErrorException {
        assertThat(parse(INTERNAL, update()).endOfRib()).isEqualTo(IPV4_UNICAST);
        assertThat(parse(UpdateContext.internal(1, Set.of(IPV6_UNICAST)), update()).endOfRib()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0x90})
    void an_empty_mp_unreach_alone_is_the_end_of_rib_of_its_family(int flags) throws BgpErrorException {
        assertThat(parse(INTERNAL, update().attribute(flags, 15, 0, 2, 1)).endOfRib()).isEqualTo(IPV6_UNICAST);
        assertThat(parse(INTERNAL, update().attribute(flags, 15, 0, 1, 1)).endOfRib()).isEqualTo(IPV4_UNICAST);
    }

    @Test
    void an_empty_mp_unreach_with_anything_else_is_no_end_of_rib() throws BgpErrorException {
        assertThat(parse(INTERNAL, update().mpUnreach(IPV6_UNICAST).origin(0)).endOfRib()).isNull();
        assertThat(parse(INTERNAL, update().mpUnreach(IPV6_UNICAST).withdrawn("10.0.0.0/8")).endOfRib()).isNull();
        assertThat(parse(INTERNAL, updateVia().mpUnreach(IPV6_UNICAST).announced("10.0.0.0/8")).endOfRib()).isNull();
        assertThat(parse(INTERNAL, update().mpUnreach(IPV6_UNICAST, "::/0")).endOfRib()).isNull();
        assertThat(parse(INTERNAL, update().origin(0)).endOfRib()).isNull();
    }

    @Test
    void routes_of_a_family_that_was_not_negotiated_are_ignored_and_reported_once() throws BgpErrorException {
        UpdateParser parser = new UpdateParser(UpdateContext.internal(1, Set.of(IPV4_UNICAST)),
                AttributeCandidate::make);
        UpdateBuilder update = updateVia().announced("10.0.0.0/8").mpReach(IPV6_UNICAST, HOP6, "2001:db8::/32");

        parser.parse(update.frame());

        assertThat(parser.errors()).singleElement().satisfies(error -> {
            assertThat(error.type()).isEqualTo(14);
            assertThat(error.outcome()).isEqualTo(Outcome.ATTRIBUTE_DISCARD);
            assertThat(error.text()).contains("AFI 2 SAFI 1").contains("IPV4_UNICAST");
        });
        assertThat(parser.reachableFamily()).isNull();
        assertThat(texts(IPV4_UNICAST, parser.announced())).containsExactly("10.0.0.0/8");

        parser.parse(update.frame());

        assertThat(parser.errors()).isEmpty();
        assertThat(parser.reachableFamily()).isNull();
    }

    @Test
    void ipv4_routes_in_the_messages_own_fields_are_ignored_where_not_negotiated() throws BgpErrorException {
        UpdateParser parser = parse(UpdateContext.internal(1, Set.of(IPV6_UNICAST)),
                updateVia().announced("10.0.0.0/8").withdrawn("11.0.0.0/8").mpReach(IPV6_UNICAST, HOP6,
                        "2001:db8::/32"));

        assertThat(parser.announced().next()).isFalse();
        assertThat(parser.withdrawn().next()).isFalse();
        assertThat(parser.attributes()).isNull();
        assertThat(parser.reachableAttributes()).isNotNull();
        assertThat(parser.errors()).hasSize(1);
    }

    @Test
    void equal_attributes_in_a_row_are_the_same_object_wherever_the_mp_attributes_stand() throws BgpErrorException {
        UpdateParser parser = new UpdateParser(INTERNAL, AttributeCandidate::make);
        parser.parse(update().mpReach(IPV6_UNICAST, HOP6, "2001:db8:1::/48").origin(0).asPath().localPref(7).frame());
        PathAttributes first = multiprotocol(parser);

        parser.parse(update().origin(0).mpUnreach(IPV6_UNICAST, "2001:db8:9::/48").asPath()
                .mpReach(IPV6_UNICAST, HOP6, "2001:db8:2::/48").localPref(7).frame());

        assertThat(multiprotocol(parser)).isSameAs(first);
    }

    @Test
    void attributes_that_differ_in_one_octet_are_other_attributes() throws BgpErrorException {
        UpdateParser parser = new UpdateParser(INTERNAL, AttributeCandidate::make);
        parser.parse(updateVia().med(7).announced("10.0.0.0/8").frame());

        parser.parse(updateVia().med(8).announced("10.0.0.0/8").frame());

        assertThat(classic(parser).med()).isEqualTo(8);
    }

    @Test
    void another_next_hop_makes_other_attributes() throws BgpErrorException {
        UpdateParser parser = new UpdateParser(INTERNAL, AttributeCandidate::make);
        parser.parse(update().origin(0).asPath().mpReach(IPV6_UNICAST, HOP6, "::/0").frame());
        PathAttributes first = multiprotocol(parser);

        parser.parse(update().origin(0).asPath().mpReach(IPV6_UNICAST, "2001:db8::2", "::/0").frame());

        assertThat(multiprotocol(parser)).isNotEqualTo(first).isEqualTo(
                multiprotocol(
                        parse(INTERNAL, update().origin(0).asPath().mpReach(IPV6_UNICAST, "2001:db8::2", "::/0"))));
        assertThat(multiprotocol(parser).hashCode()).isEqualTo(
                multiprotocol(parse(INTERNAL, update().origin(0).asPath().mpReach(IPV6_UNICAST, "2001:db8::2", "::/0")))
                        .hashCode());
    }

    @Test
    void remembered_attributes_without_next_hop_do_not_serve_the_nlri_field() throws BgpErrorException {
        UpdateParser parser = new UpdateParser(INTERNAL, AttributeCandidate::make);
        parser.parse(update().origin(0).asPath().mpReach(IPV6_UNICAST, HOP6, "::/0").frame());

        parser.parse(update().origin(0).asPath().announced("10.0.0.0/8").frame());

        assertThat(parser.treatAsWithdraw()).isTrue();
        assertThat(parser.attributes()).isNull();
    }

    @Test
    void an_unusable_mp_next_hop_counts_even_if_the_other_attributes_are_remembered() throws BgpErrorException {
        UpdateParser parser = new UpdateParser(INTERNAL, AttributeCandidate::make);
        parser.parse(update().origin(0).asPath().mpReach(IPV6_UNICAST, HOP6, "::/0").frame());

        parser.parse(update().origin(0).asPath().mpReach(IPV6_UNICAST, "fe80::1", "::/0").frame());

        assertThat(parser.treatAsWithdraw()).isTrue();
        assertThat(parser.reachableAttributes()).isNull();
    }

    @Test
    void every_new_set_of_attributes_is_interned() throws BgpErrorException {
        PathAttributes shared = classic(parse(INTERNAL, updateVia().announced("10.0.0.0/8")));
        UpdateParser parser = new UpdateParser(INTERNAL, candidate -> candidate.is(shared) ? shared : candidate.make());

        parser.parse(updateVia().announced("10.0.0.0/8").frame());

        assertThat(parser.attributes()).isSameAs(shared);
    }

    @Test
    void a_run_of_equal_attributes_allocates_nothing() throws BgpErrorException {
        UpdateParser parser = new UpdateParser(INTERNAL, AttributeCandidate::make);
        ByteBuf ipv4 = updateVia(65001, 65002).localPref(7).announced("10.0.0.0/8", "10.1.0.0/26")
                .withdrawn("11.0.0.0/8")
                .frame();
        ByteBuf ipv6 = updateVia(65001, 65002).localPref(7).mpReach(IPV6_UNICAST, HOP6, "2001:db8::/122")
                .mpUnreach(IPV6_UNICAST, "2001:db8::/64").announced("10.2.0.0/16").frame();

        assertAllocatesNothing(parser, ipv4, ipv6, 6);
    }

    @Test
    void attributes_that_the_interner_has_allocate_nothing_though_they_differ_from_those_before()
            throws BgpErrorException {
        UpdateBuilder ipv4 = updateVia(65001).med(3).announced("10.0.0.0/8");
        UpdateBuilder ipv6 = updateVia(65002).mpReach(IPV6_UNICAST, HOP6, "2001:db8::/122");
        PathAttributes first = classic(parse(INTERNAL, ipv4));
        PathAttributes second = multiprotocol(parse(INTERNAL, ipv6));
        UpdateParser parser = new UpdateParser(INTERNAL,
                candidate -> candidate.is(first) ? first : candidate.is(second) ? second : candidate.make());

        assertAllocatesNothing(parser, ipv4.frame(), ipv6.frame(), 2);

        assertThat(parser.reachableAttributes()).isSameAs(second);
    }

    private static void assertAllocatesNothing(UpdateParser parser, ByteBuf ipv4, ByteBuf ipv6, int prefixesOfBoth)
            throws BgpErrorException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long prefixes = parseAll(parser, ipv4, ipv6, 20_000);

        long before = threads.getCurrentThreadAllocatedBytes();
        prefixes += parseAll(parser, ipv4, ipv6, 20_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(prefixes).isEqualTo(20_000L * 2 * prefixesOfBoth);
        assertThat(allocated).as("octets in 40,000 UPDATEs").isLessThan(40_000);
    }

    private static long parseAll(UpdateParser parser, ByteBuf ipv4, ByteBuf ipv6, int times) throws BgpErrorException {
        long prefixes = 0;
        for (int i = 0; i < times; i++) {
            parser.parse(ipv4);
            prefixes += count(parser);
            parser.parse(ipv6);
            prefixes += count(parser);
        }
        return prefixes;
    }

    private static int count(UpdateParser parser) {
        int count = 0;
        var reader = parser.announced();
        while (reader.next()) {
            count++;
        }
        reader = parser.withdrawn();
        while (reader.next()) {
            count++;
        }
        reader = parser.reachable();
        while (reader.next()) {
            count++;
        }
        reader = parser.unreachable();
        while (reader.next()) {
            count++;
        }
        return count + (parser.errors().isEmpty() ? 0 : 1000);
    }

    @Test
    void a_prefix_with_bits_beyond_its_length_is_the_prefix_without() throws BgpErrorException {
        UpdateParser parser = parse(INTERNAL, updateVia().announcedOctets(20, 10, 0, 0xFF));

        assertThat(texts(IPV4_UNICAST, parser.announced())).containsExactly("10.0.240.0/20");
    }
}
