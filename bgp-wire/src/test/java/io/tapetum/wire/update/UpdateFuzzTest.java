package io.tapetum.wire.update;

import static io.tapetum.wire.update.UpdateBuilder.updateVia;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.attribute.AttributeType;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.nlri.PrefixReader;

/** Octets by chance: a session may end, and nothing worse may happen. */
class UpdateFuzzTest {

    @Test
    void a_well_formed_update_is_fine() {
        Seeds.each(3_000, seed -> {
            Random random = new Random(seed);
            RandomUpdates updates = new RandomUpdates(random);
            UpdateContext context = updates.context();
            UpdateParser parser = new UpdateParser(context, AttributeCandidate::make);

            assertThat(parses(parser, updates.update(context).octets())).isTrue();

            assertThat(parser.errors()).isEmpty();
            assertThat(parser.attributes() != null || parser.reachableAttributes() != null).isTrue();
        });
    }

    @Test
    void any_mutation_parses_or_resets_and_never_reads_beyond_the_frame() {
        Seeds.each(15_000, seed -> {
            Random random = new Random(seed);
            RandomUpdates updates = new RandomUpdates(random);
            UpdateContext context = updates.context();
            UpdateParser parser = new UpdateParser(context, AttributeCandidate::make);
            byte[] octets = updates.update(context).octets();
            parses(parser, octets);

            if (parses(parser, mutate(octets, random))) {
                checkViews(parser);
            }
        });
    }

    @Test
    void what_came_before_does_not_change_how_an_update_is_read() {
        Seeds.each(10_000, seed -> {
            Random random = new Random(seed);
            RandomUpdates updates = new RandomUpdates(random);
            UpdateContext context = updates.context();
            byte[] first = updates.update(context).octets();
            byte[] second = mutate(first, random);
            UpdateParser used = new UpdateParser(context, AttributeCandidate::make);
            UpdateParser fresh = new UpdateParser(context, AttributeCandidate::make);
            parses(used, first);

            boolean parsed = parses(used, second);

            assertThat(parsed).isEqualTo(parses(fresh, second));
            if (parsed) {
                assertThat(used.errors()).isEqualTo(fresh.errors());
                assertThat(used.treatAsWithdraw()).isEqualTo(fresh.treatAsWithdraw());
                assertThat(used.attributes()).isEqualTo(fresh.attributes());
                assertThat(used.reachableAttributes()).isEqualTo(fresh.reachableAttributes());
                assertThat(used.disabledFamily()).isEqualTo(fresh.disabledFamily());
                assertThat(used.endOfRib()).isEqualTo(fresh.endOfRib());
            }
        });
    }

    @Test
    void any_truncation_parses_or_resets() {
        Seeds.each(100, seed -> {
            RandomUpdates updates = new RandomUpdates(new Random(seed));
            UpdateContext context = updates.context();
            UpdateParser parser = new UpdateParser(context, AttributeCandidate::make);
            byte[] octets = updates.update(context).octets();
            for (int length = BgpHeader.HEADER_LENGTH; length < octets.length; length++) {
                if (parses(parser, Arrays.copyOf(octets, length))) {
                    checkViews(parser);
                }
            }
        });
    }

    @Test
    void random_octets_parse_or_reset() {
        Seeds.each(10_000, seed -> {
            Random random = new Random(seed);
            UpdateContext context = new RandomUpdates(random).context();
            byte[] octets = new byte[BgpHeader.HEADER_LENGTH + random.nextInt(60)];
            for (int i = BgpHeader.HEADER_LENGTH; i < octets.length; i++) {
                octets[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(20));
            }
            UpdateParser parser = new UpdateParser(context, AttributeCandidate::make);
            if (parses(parser, octets)) {
                checkViews(parser);
            }
        });
    }

    /** The incidents of 2010 and 2023: an attribute that hardly anybody knows must not end sessions. */
    @Test
    void no_attribute_beside_routes_resets_but_those_that_hold_routes() {
        Seeds.each(100, seed -> {
            Random random = new Random(seed);
            for (int type = 1; type <= 255; type++) {
                if (type == 14 || type == 15) {
                    continue;
                }
                byte[] value = new byte[random.nextInt(random.nextInt(10) == 0 ? 600 : 30)];
                if (random.nextInt(4) > 0) {
                    random.nextBytes(value);
                }
                boolean known = AttributeType.category(type) >= 0;
                int flags = known ? random.nextInt(256) : 0x80 | random.nextInt(128);
                UpdateContext context = random.nextBoolean() ? Parsing.INTERNAL : Parsing.EXTERNAL;
                UpdateBuilder update = updateVia(65001).announced("10.0.0.0/8").attribute(flags, type, value);
                UpdateParser parser = new UpdateParser(context.withFourOctetAs(random.nextBoolean()),
                        AttributeCandidate::make);

                assertThat(parses(parser, update.octets())).as("attribute %d flags %02x", type, flags).isTrue();
                assertThat(parser.announcedCount()).isEqualTo(1);
            }
        });
    }

    @Test
    void mp_attributes_of_random_content_reset_only_for_their_own_sake() {
        Seeds.each(5_000, seed -> {
            Random random = new Random(seed);
            byte[] value = new byte[random.nextInt(40)];
            random.nextBytes(value);
            if (value.length > 2 && random.nextBoolean()) {
                value[0] = 0;
                value[1] = (byte) (1 + random.nextInt(2));
                value[2] = 1;
            }
            int type = 14 + random.nextInt(2);
            UpdateParser parser = new UpdateParser(Parsing.INTERNAL, AttributeCandidate::make);
            UpdateBuilder update = updateVia(65001).announced("10.0.0.0/8").attribute(0x80, type, value);

            boolean parsed = parses(parser, update.octets());

            assertThat(parsed).as("%d octets of attribute %d", value.length, type)
                    .isEqualTo(value.length >= (type == 14 ? 5 : 3));
        });
    }

    private static byte[] mutate(byte[] octets, Random random) {
        byte[] mutated = octets.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = BgpHeader.HEADER_LENGTH + random.nextInt(mutated.length - BgpHeader.HEADER_LENGTH);
            switch (random.nextInt(4)) {
                case 0 -> mutated[at] = (byte) random.nextInt(256);
                case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutated[at] += (byte) (random.nextInt(5) - 2);
                default -> mutated = remove(mutated, at, 1 + random.nextInt(3));
            }
        }
        return mutated;
    }

    private static byte[] remove(byte[] octets, int at, int count) {
        int from = Math.min(octets.length, at + count);
        if (at + octets.length - from <= BgpHeader.HEADER_LENGTH) {
            return octets;
        }
        byte[] shorter = Arrays.copyOf(octets, at + octets.length - from);
        System.arraycopy(octets, from, shorter, at, octets.length - from);
        return shorter;
    }

    /** The buffer ends with the frame, so whoever reads beyond it gets an exception that is not caught here. */
    private static boolean parses(UpdateParser parser, byte[] octets) {
        ByteBuf frame = Unpooled.wrappedBuffer(octets);
        try {
            parser.parse(frame);
            return true;
        } catch (BgpErrorException e) {
            assertThat(e.notification().error()).as("a known error").isNotNull();
            assertThat(e.notification().data().length).isLessThan(octets.length);
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    private static void checkViews(UpdateParser parser) {
        assertThat(walk(parser.withdrawn(), Family.IPV4_UNICAST)).isEqualTo(parser.withdrawnCount());
        assertThat(walk(parser.announced(), Family.IPV4_UNICAST)).isEqualTo(parser.announcedCount());
        Family unreachable = parser.unreachableFamily();
        Family reachable = parser.reachableFamily();
        assertThat(walk(parser.unreachable(), unreachable == null ? Family.IPV4_UNICAST : unreachable))
                .isEqualTo(parser.unreachableCount());
        assertThat(walk(parser.reachable(), reachable == null ? Family.IPV4_UNICAST : reachable))
                .isEqualTo(parser.reachableCount());
        boolean usable = !parser.treatAsWithdraw();
        assertThat(parser.attributes() != null).isEqualTo(usable && parser.announcedCount() > 0);
        assertThat(parser.reachableAttributes() != null).isEqualTo(usable && parser.reachableCount() > 0);
    }

    private static int walk(PrefixReader reader, Family family) {
        int count = 0;
        while (reader.next()) {
            assertThat(reader.length()).isBetween(0, family.maxPrefixLength());
            count++;
        }
        return count;
    }
}
