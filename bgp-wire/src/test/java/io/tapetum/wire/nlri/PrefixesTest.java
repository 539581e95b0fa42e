package io.tapetum.wire.nlri;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
import io.tapetum.wire.update.Seeds;

/** Prefixes between octets and triples of numbers (RFC 4271 §4.3, RFC 7911 §3). */
class PrefixesTest {

    private record Prefix(int pathId, long high, long low, int length) {}

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }

    private static List<Prefix> read(ByteBuf buffer, boolean withPathId) {
        List<Prefix> prefixes = new ArrayList<>();
        PrefixReader reader = new PrefixReader().reset(buffer, buffer.readerIndex(), buffer.readableBytes(),
                withPathId);
        while (reader.next()) {
            prefixes.add(new Prefix(reader.pathId(), reader.high(), reader.low(), reader.length()));
        }
        return prefixes;
    }

    @ParameterizedTest
    @CsvSource({"IPV4_UNICAST, false, '', 0", "IPV4_UNICAST, false, 00, 1", "IPV4_UNICAST, false, 080a, 1",
            "IPV4_UNICAST, false, 200a000001, 1", "IPV4_UNICAST, false, 080a00, 2",
            "IPV4_UNICAST, false, 210a00000100, -1",
            "IPV4_UNICAST, false, 08, -1", "IPV4_UNICAST, false, 090a, -1", "IPV4_UNICAST, false, ff, -1",
            "IPV4_UNICAST, true, '', 0", "IPV4_UNICAST, true, 0000000100, 1", "IPV4_UNICAST, true, 00000001080a, 1",
            "IPV4_UNICAST, true, 00, -1", "IPV4_UNICAST, true, 00000001, -1", "IPV4_UNICAST, true, 0000000108, -1",
            "IPV6_UNICAST, false, 8020010db8000000000000000000000001, 1",
            "IPV6_UNICAST, false, 8120010db800000000000000000000000100, -1",
            "IPV6_UNICAST, false, 8020010db80000000000000000000000, -1", "IPV6_UNICAST, false, 2020010db8, 1"})
    void whole_prefixes_of_a_fitting_length_are_counted(Family family, boolean withPathId, String octets, int count) {
        byte[] surrounded = HexFormat.of().parseHex("ffff" + octets + "00000000");

        assertThat(Prefixes.check(surrounded, 2, octets.length() / 2, family, withPathId)).isEqualTo(count);
    }

    @Test
    void bits_beyond_the_length_are_cleared() {
        assertThat(read(hex("09ffff"), false))
                .containsExactly(new Prefix(0, 0xFF80_0000_0000_0000L, 0, 9));
        assertThat(read(hex("41" + "ff".repeat(9)), false))
                .containsExactly(new Prefix(0, -1, 0x8000_0000_0000_0000L, 65));
        assertThat(read(hex("3f" + "ff".repeat(8)), false))
                .containsExactly(new Prefix(0, -2, 0, 63));
    }

    @Test
    void what_is_written_is_read_back() {
        Seeds.each(2_000, seed -> {
            Random random = new Random(seed);
            Family family = random.nextBoolean() ? Family.IPV4_UNICAST : Family.IPV6_UNICAST;
            boolean withPathId = random.nextBoolean();
            ByteBuf out = Unpooled.buffer();
            List<Prefix> prefixes = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Prefix prefix = prefix(family, withPathId, random);
                int before = out.writerIndex();
                if (withPathId) {
                    out.writeInt(prefix.pathId);
                }
                Prefixes.write(out, prefix.high, prefix.low, prefix.length);
                prefixes.add(prefix);
                assertThat(out.writerIndex() - before).isEqualTo(Prefixes.encodedSize(prefix.length, withPathId));
            }

            assertThat(Prefixes.check(ByteBufUtil.getBytes(out), 0, out.readableBytes(), family, withPathId))
                    .isEqualTo(5);
            assertThat(read(out, withPathId)).isEqualTo(prefixes);
        });
    }

    private static Prefix prefix(Family family, boolean withPathId, Random random) {
        int length = random.nextInt(family.maxPrefixLength() + 1);
        long high = Prefixes.mask(random.nextLong(), length);
        long low = Prefixes.mask(random.nextLong(), length - 64);
        return new Prefix(withPathId ? random.nextInt() : 0, high, low, length);
    }

    @Test
    void prefixes_are_shown_as_operators_write_them() {
        assertThat(Prefixes.toString(Family.IPV4_UNICAST, 0x0A00_0000_0000_0000L, 0, 8)).isEqualTo("10.0.0.0/8");
        assertThat(Prefixes.toString(Family.IPV6_UNICAST, 0x2001_0DB8_0000_0000L, 1, 128))
                .isEqualTo("2001:db8:0:0:0:0:0:1/128");
        assertThat(Prefixes.toString(Family.IPV6_UNICAST, 0, 0xFFFF_0A00_0001L, 128)).isEqualTo("::ffff:10.0.0.1/128");
    }

    @Test
    void writing_uses_no_octets_beyond_the_length() {
        ByteBuf out = Unpooled.buffer();

        Prefixes.write(out, 0x0A40_0000_0000_0000L, 0, 10);
        Prefixes.write(out, 0, 0, 0);

        assertThat(ByteBufUtil.hexDump(out)).isEqualTo("0a0a4000");
    }
}
