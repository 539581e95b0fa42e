package io.tapetum.wire.attribute;

import static io.tapetum.wire.update.UpdateBuilder.updateVia;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HexFormat;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.tapetum.wire.Family;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.update.UpdateBuilder;
import io.tapetum.wire.update.UpdateContext;
import io.tapetum.wire.update.UpdateParser;

/** Marked attributes are those that a peer would have sent with the community. */
class LlgrStaleTest {

    private static final UpdateContext INTERNAL = UpdateContext.internal(64512, EnumSet.allOf(Family.class));
    private static final long LLGR_STALE = 0xFFFF_0006L;
    private static final long NO_LLGR = 0xFFFF_0007L;

    @Test
    void the_community_stands_behind_those_that_were_there() {
        assertSame(updateVia(1, 2).med(3).communities(6, 7), updateVia(1, 2).med(3).communities(6, 7, LLGR_STALE));
    }

    @Test
    void communities_are_made_where_there_are_none_in_the_order_of_types() {
        assertSame(updateVia(1, 2).attribute(0xC0, 32, new byte[12]),
                updateVia(1, 2).communities(LLGR_STALE).attribute(0xC0, 32, new byte[12]));
        assertSame(updateVia(), updateVia().communities(LLGR_STALE));
    }

    @Test
    void originator_and_clusters_behind_it_are_still_found() {
        UpdateBuilder route = updateVia(7).originatorId("10.0.0.9").clusterList(5, 6, 7);

        PathAttributes marked = parse(route).withLlgrStale();

        assertThat(marked.originatorId()).isEqualTo(0x0A00_0009);
        assertThat(marked.clusterListLength()).isEqualTo(3);
        assertThat(marked.hasCluster(7)).isTrue();
        assertThat(marked.hasCluster(8)).isFalse();
        assertThat(marked.occurrencesOfAs(7)).isEqualTo(1);
    }

    @Test
    void one_community_more_may_need_a_longer_length_field() {
        long[] before = IntStream.range(0, 63).mapToLong(i -> 0xFDE8_0000L + i).toArray();
        long[] after = IntStream.range(0, 64).mapToLong(i -> i < 63 ? before[i] : LLGR_STALE).toArray();

        assertSame(updateVia().communities(before), updateVia().communities(after));
    }

    @Test
    void the_partial_bit_stays() {
        assertSame(updateVia().attribute(0xE0, 8, new byte[]{1, 2, 3, 4}),
                updateVia().attribute(0xE0, 8, new byte[]{1, 2, 3, 4, -1, -1, 0, 6}));
    }

    @Test
    void what_is_marked_is_not_marked_again() {
        PathAttributes route = parse(updateVia().communities(LLGR_STALE, NO_LLGR));

        assertThat(route.withLlgrStale()).isSameAs(route);
    }

    private static void assertSame(UpdateBuilder unmarked, UpdateBuilder expected) {
        PathAttributes marked = parse(unmarked).withLlgrStale();
        PathAttributes sent = parse(expected);

        assertThat(HexFormat.of().formatHex(marked.block())).isEqualTo(HexFormat.of().formatHex(sent.block()));
        assertThat(marked).isEqualTo(sent).hasSameHashCodeAs(sent).usingRecursiveComparison().isEqualTo(sent);
    }

    private static PathAttributes parse(UpdateBuilder update) {
        UpdateParser parser = new UpdateParser(INTERNAL, AttributeCandidate::make);
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
}
