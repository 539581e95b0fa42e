package io.tapetum.wire.attribute;

import static io.tapetum.wire.update.UpdateBuilder.updateVia;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.tapetum.wire.Family;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.update.RandomUpdates;
import io.tapetum.wire.update.Seeds;
import io.tapetum.wire.update.UpdateBuilder;
import io.tapetum.wire.update.UpdateContext;
import io.tapetum.wire.update.UpdateParser;

/** How attributes look to another peer. */
class AttributeEditorTest {

    private static final UpdateContext INTERNAL = UpdateContext.internal(64512, EnumSet.allOf(Family.class));
    private static final String ORIGIN = "40010100";
    private static final String EMPTY_PATH = "400200";
    private static final String NEXT_HOP = "400304c0000201";
    private static final String LOCAL_PREF = "40050400000064";

    private final AttributeEditor editor = new AttributeEditor();

    private static PathAttributes parse(UpdateContext context, UpdateBuilder update) {
        UpdateParser parser = new UpdateParser(context, AttributeCandidate::make);
        try {
            parser.parse(update.announced("10.0.0.0/8").frame());
        } catch (BgpErrorException e) {
            throw new AssertionError(e);
        }
        PathAttributes attributes = parser.attributes();
        if (attributes == null) {
            throw new AssertionError("no attributes; errors " + parser.errors());
        }
        return attributes;
    }

    private static PathAttributes parse(UpdateBuilder update) {
        return parse(INTERNAL, update);
    }

    private String write(PathAttributes attributes) {
        ByteBuf out = Unpooled.buffer().writeZero(3).skipBytes(3);
        int octets = editor.write(attributes, out);
        assertThat(octets).isEqualTo(out.readableBytes());
        return ByteBufUtil.hexDump(out);
    }

    @Test
    void without_changes_the_canonical_block_is_written() {
        PathAttributes route = parse(updateVia(1, 2).med(3).originatorId("1.2.3.4").clusterList(5).communities(6));

        assertThat(write(route)).isEqualTo(HexFormat.of().formatHex(route.block()));
    }

    @Test
    void reflection_adds_originator_and_cluster_in_ascending_order() {
        editor.includeNextHop().originatorId(0x0A000001).prependCluster(0x0A0000FE);

        assertThat(write(parse(updateVia().communities(6)))).isEqualTo(ORIGIN + EMPTY_PATH + NEXT_HOP + LOCAL_PREF
                + "c0080400000006" + "8009040a000001" + "800a040a0000fe");
    }

    @Test
    void reflection_keeps_the_originator_and_puts_the_newest_cluster_first() {
        editor.originatorId(0x0A000001).prependClusters(0x0A0000FE, 0x0A0000FD);

        assertThat(write(parse(updateVia().originatorId("1.2.3.4").clusterList(7, 8)))).endsWith(
                "80090401020304" + "800a100a0000fe0a0000fd0000000700000008");
    }

    @Test
    void added_attributes_stand_before_later_types_too() {
        editor.originatorId(1).prependCluster(2);

        assertThat(write(parse(updateVia().attribute(0xC0, 32, new byte[12]))))
                .isEqualTo(ORIGIN + EMPTY_PATH + LOCAL_PREF
                        + "80090400000001" + "800a0400000002" + "c0200c" + "00".repeat(12));
    }

    @ParameterizedTest
    @CsvSource({"62, 800afc", "63, 900a0100", "64, 900a0104"})
    void a_long_cluster_list_gets_a_two_octet_length(int received, String header) {
        editor.prependCluster(0x0A0000FE);

        assertThat(write(parse(updateVia().attribute(0x80, 10, new byte[4 * received]))))
                .contains(header + "0a0000fe" + "00".repeat(4 * received));
    }

    @Test
    void the_next_hop_can_be_replaced_and_is_told() {
        NextHop other = NextHop.ipv4(0x0A090807);
        PathAttributes route = parse(updateVia());

        assertThat(editor.nextHopFor(route)).isEqualTo(route.nextHop());
        editor.nextHop(other).includeNextHop();

        assertThat(editor.nextHopFor(route)).isEqualTo(other);
        assertThat(write(route)).contains("4003040a090807");
    }

    @Test
    void what_external_peers_must_not_see_is_stripped() {
        editor.stripLocalPref().stripMed().stripReflection();

        assertThat(write(parse(updateVia().med(1).localPref(2).originatorId("1.2.3.4").clusterList(5).communities(6))))
                .isEqualTo(ORIGIN + EMPTY_PATH + "c0080400000006");
    }

    @Test
    void our_as_becomes_a_first_segment_of_an_empty_path() {
        editor.prependAs(4_200_000_000L);

        assertThat(write(parse(updateVia()))).contains("4002060201fa56ea00");
    }

    @Test
    void our_as_joins_a_leading_sequence() {
        editor.prependAs(64512);

        assertThat(write(parse(updateVia(1, 2)))).contains("40020e" + "02030000fc000000000100000002");
    }

    @Test
    void our_as_goes_before_a_leading_set() {
        editor.prependAs(64512);

        assertThat(write(
                parse(UpdateBuilder.update().origin(0).attribute(0x40, 2, 1, 1, 0, 0, 0, 9).nextHop("192.0.2.1"))))
                .contains("40020c" + "02010000fc00" + "010100000009");
    }

    @Test
    void a_full_segment_is_left_alone_and_the_path_may_pass_255_octets() {
        long[] full = new long[255];
        Arrays.fill(full, 7);
        editor.prependAs(64512);

        assertThat(write(parse(updateVia(full))))
                .contains("50020404" + "02010000fc00" + "02ff" + "00000007".repeat(255));
    }

    @Test
    void a_two_octet_peer_gets_the_other_attributes_only_if_needed() {
        editor.twoOctetAs();

        assertThat(write(parse(updateVia(1, 65535).attribute(0xC0, 7, 0, 0, 0, 9, 1, 2, 3, 4))))
                .isEqualTo(ORIGIN + "400206" + "02020001ffff" + LOCAL_PREF + "c00706000901020304");
        assertThat(write(parse(updateVia(1, 65536).attribute(0xE0, 7, 0, 1, 0, 0, 1, 2, 3, 4))))
                .isEqualTo(ORIGIN + "400206" + "020200015ba0" + LOCAL_PREF + "e007065ba001020304" + "c0110a"
                        + "02020000000100010000" + "c012080001000001020304");
    }

    @Test
    void our_own_large_as_is_a_need_too() {
        editor.twoOctetAs().prependAs(65536);

        assertThat(write(parse(updateVia(1)))).isEqualTo(
                ORIGIN + "400206" + "02025ba00001" + LOCAL_PREF + "c0110a" + "02020001000000000001");
    }

    @Test
    void confederation_segments_stay_out_of_the_four_octet_path() {
        byte[] path = {3, 1, 0, 1, 0, 0, 2, 1, 0, 2, 0, 0};
        editor.twoOctetAs();

        assertThat(write(parse(UpdateBuilder.update().origin(0).attribute(0x40, 2, path).nextHop("192.0.2.1"))))
                .isEqualTo(ORIGIN + "400208" + "03015ba002015ba0" + LOCAL_PREF + "c01106" + "020100020000");
    }

    @Test
    void changes_last_until_reset() {
        PathAttributes route = parse(updateVia(1).med(5));
        editor.twoOctetAs().prependAs(2).stripLocalPref().stripMed().stripReflection().originatorId(1)
                .prependClusters(1, 2)
                .includeNextHop().nextHop(NextHop.ipv4(1));

        assertThat(write(route)).isEqualTo(write(route)).isNotEqualTo(HexFormat.of().formatHex(route.block()));
        editor.reset();
        assertThat(write(route)).isEqualTo(HexFormat.of().formatHex(route.block()));
    }

    @Test
    void any_changes_to_any_route_are_those_of_the_naive_editor() {
        Seeds.each(10_000, seed -> {
            Random random = new Random(seed);
            NaiveEditor naive = changes(random);
            PathAttributes route = route(random, true);
            naive.applyTo(editor);

            assertThat(write(route)).isEqualTo(HexFormat.of().formatHex(naive.write(route)));
        });
    }

    @Test
    void what_is_written_is_read_back_the_same() {
        Seeds.each(5_000, seed -> {
            Random random = new Random(seed);
            boolean twoOctetAs = random.nextBoolean();
            PathAttributes route = route(random, false);
            editor.reset().includeNextHop();
            if (twoOctetAs) {
                editor.twoOctetAs();
            }
            ByteBuf block = Unpooled.buffer();
            editor.write(route, block);

            PathAttributes again = parse(INTERNAL.withFourOctetAs(!twoOctetAs),
                    UpdateBuilder.update().attributes(List.of(ByteBufUtil.getBytes(block))));

            assertThat(again).isEqualTo(route);
            assertThat(again.hashCode()).isEqualTo(route.hashCode());
        });
    }

    @Test
    void writing_allocates_nothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        PathAttributes route = parse(updateVia(1, 70000).attribute(0xC0, 7, 0, 1, 0, 0, 1, 2, 3, 4).clusterList(1));
        // On the heap, because the leak detector of tests allocates for every access to a direct buffer.
        ByteBuf out = Unpooled.buffer(4096);
        writeOften(route, out);

        long before = threads.getCurrentThreadAllocatedBytes();
        writeOften(route, out);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).as("octets in 20,000 writes").isLessThan(20_000);
    }

    private void writeOften(PathAttributes route, ByteBuf out) {
        for (int i = 0; i < 20_000; i++) {
            out.clear();
            editor.reset().twoOctetAs().prependAs(70001).originatorId(i).prependCluster(7).includeNextHop();
            editor.write(route, out);
        }
    }

    private static PathAttributes route(Random random, boolean confederation) {
        UpdateBuilder update = UpdateBuilder.update().nextHop("192.0.2.1");
        new RandomUpdates(random).attributes(update, INTERNAL, confederation);
        return parse(update);
    }

    private static NaiveEditor changes(Random random) {
        NaiveEditor naive = new NaiveEditor();
        naive.twoOctetAs = random.nextBoolean();
        naive.includeNextHop = random.nextBoolean();
        naive.stripLocalPref = random.nextBoolean();
        naive.stripMed = random.nextBoolean();
        naive.stripReflection = random.nextBoolean();
        naive.originatorId = random.nextBoolean() ? random.nextInt() : null;
        naive.nextHop = random.nextBoolean() ? NextHop.ipv4(random.nextInt()) : null;
        naive.prependedAs = random.nextBoolean() ? 1L + random.nextInt(70_000) : null;
        naive.clusterIds = List.of(random.nextInt(), random.nextInt()).subList(0, random.nextInt(3));
        return naive;
    }
}
