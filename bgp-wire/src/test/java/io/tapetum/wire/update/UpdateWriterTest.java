package io.tapetum.wire.update;

import static io.tapetum.wire.Family.IPV4_UNICAST;
import static io.tapetum.wire.Family.IPV6_UNICAST;
import static io.tapetum.wire.update.Parsing.INTERNAL;
import static io.tapetum.wire.update.Parsing.classic;
import static io.tapetum.wire.update.Parsing.multiprotocol;
import static io.tapetum.wire.update.Parsing.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.nlri.Prefixes;

/** What is written is what RFC 4271 §4.3 and RFC 4760 draw, and what our own parser reads. */
class UpdateWriterTest {

    private static final String MARKER = "ff".repeat(16);
    private static final String BLOCK = "400101004002004005040000" + "0064";
    private static final String NEXT_HOP = "400304c0000201";
    private static final NextHop HOP4 = NextHop.of(Addresses.of("192.0.2.1"));
    private static final NextHop HOP6 = NextHop.of(Addresses.of("2001:db8::1"));
    private static final long TEN = 0x0A00_0000_0000_0000L;
    private static final long DB8 = 0x2001_0DB8_0000_0000L;

    private final ByteBuf out = Unpooled.buffer();

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }

    private String written() {
        return ByteBufUtil.hexDump(out);
    }

    private UpdateParser parsed(UpdateContext context) throws BgpErrorException {
        UpdateParser parser = new UpdateParser(context, AttributeCandidate::make);
        parser.parse(out);
        assertThat(parser.errors()).isEmpty();
        return parser;
    }

    @Test
    void a_classic_announcement_has_its_routes_after_the_attributes() throws BgpErrorException {
        ByteBuf block = hex(BLOCK + NEXT_HOP);

        int start = UpdateWriter.startAnnouncement(out, IPV4_UNICAST, false, HOP4, block);
        Prefixes.write(out, TEN, 0, 8);
        int octets = UpdateWriter.finishAnnouncement(out, start, IPV4_UNICAST, false, block);

        assertThat(written()).isEqualTo(MARKER + "002e02" + "0000" + "0015" + BLOCK + NEXT_HOP + "080a");
        assertThat(octets).isEqualTo(out.readableBytes()).isEqualTo(
                UpdateWriter.announcementOverhead(IPV4_UNICAST, false, HOP4) + block.readableBytes() + 2);
        assertThat(texts(IPV4_UNICAST, parsed(INTERNAL).announced())).containsExactly("10.0.0.0/8");
    }

    @Test
    void an_ipv6_announcement_has_mp_reach_before_the_other_attributes() throws BgpErrorException {
        ByteBuf block = hex(BLOCK);

        int start = UpdateWriter.startAnnouncement(out, IPV6_UNICAST, true, HOP6, block);
        Prefixes.write(out, DB8, 0, 32);
        int octets = UpdateWriter.finishAnnouncement(out, start, IPV6_UNICAST, true, block);

        assertThat(written()).isEqualTo(MARKER + "004302" + "0000" + "002c" + "900e001a" + "000201" + "10"
                + "20010db8000000000000000000000001" + "00" + "2020010db8" + BLOCK);
        assertThat(octets).isEqualTo(out.readableBytes())
                .isEqualTo(UpdateWriter.announcementOverhead(IPV6_UNICAST, true, HOP6) + block.readableBytes() + 5);
        UpdateParser parser = parsed(INTERNAL);
        assertThat(multiprotocol(parser).nextHop()).isEqualTo(HOP6);
        assertThat(texts(IPV6_UNICAST, parser.reachable())).containsExactly("2001:db8:0:0:0:0:0:0/32");
    }

    @Test
    void ipv4_routes_can_stand_in_mp_reach_with_either_kind_of_next_hop() throws BgpErrorException {
        for (NextHop nextHop : new NextHop[]{HOP4, HOP6}) {
            out.clear();
            ByteBuf block = hex(BLOCK);
            int start = UpdateWriter.startAnnouncement(out, IPV4_UNICAST, true, nextHop, block);
            Prefixes.write(out, TEN, 0, 8);
            int octets = UpdateWriter.finishAnnouncement(out, start, IPV4_UNICAST, true, block);

            assertThat(octets).isEqualTo(
                    UpdateWriter.announcementOverhead(IPV4_UNICAST, true, nextHop) + block.readableBytes() + 2);
            UpdateParser parser = parsed(INTERNAL.withExtendedNextHop(true));
            assertThat(multiprotocol(parser).nextHop()).isEqualTo(nextHop);
            assertThat(texts(IPV4_UNICAST, parser.reachable())).containsExactly("10.0.0.0/8");
        }
    }

    @Test
    void withdrawals_stand_in_either_place() throws BgpErrorException {
        int start = UpdateWriter.startWithdrawal(out, IPV4_UNICAST, false);
        Prefixes.write(out, TEN, 0, 8);
        int octets = UpdateWriter.finishWithdrawal(out, start, IPV4_UNICAST, false);
        assertThat(written()).isEqualTo(MARKER + "001902" + "0002" + "080a" + "0000");
        assertThat(octets).isEqualTo(UpdateWriter.withdrawalOverhead(IPV4_UNICAST, false) + 2);
        assertThat(texts(IPV4_UNICAST, parsed(INTERNAL).withdrawn())).containsExactly("10.0.0.0/8");

        out.clear();
        start = UpdateWriter.startWithdrawal(out, IPV6_UNICAST, false);
        Prefixes.write(out, DB8, 0, 32);
        octets = UpdateWriter.finishWithdrawal(out, start, IPV6_UNICAST, false);
        assertThat(written()).isEqualTo(MARKER + "002302" + "0000" + "000c" + "900f0008" + "000201" + "2020010db8");
        assertThat(octets).isEqualTo(UpdateWriter.withdrawalOverhead(IPV6_UNICAST, false) + 5);
        assertThat(texts(IPV6_UNICAST, parsed(INTERNAL).unreachable())).containsExactly("2001:db8:0:0:0:0:0:0/32");

        out.clear();
        start = UpdateWriter.startWithdrawal(out, IPV4_UNICAST, true);
        Prefixes.write(out, TEN, 0, 8);
        UpdateWriter.finishWithdrawal(out, start, IPV4_UNICAST, true);
        assertThat(texts(IPV4_UNICAST, parsed(INTERNAL).unreachable())).containsExactly("10.0.0.0/8");
    }

    @Test
    void end_of_rib_is_the_smallest_message_of_each_family() throws BgpErrorException {
        assertThat(UpdateWriter.writeEndOfRib(out, IPV4_UNICAST)).isEqualTo(23);
        assertThat(written()).isEqualTo(MARKER + "00170200000000");
        assertThat(parsed(INTERNAL).endOfRib()).isEqualTo(IPV4_UNICAST);

        out.clear();
        assertThat(UpdateWriter.writeEndOfRib(out, IPV6_UNICAST)).isEqualTo(29);
        assertThat(written()).isEqualTo(MARKER + "001d02" + "00000006" + "800f03000201");
        assertThat(parsed(INTERNAL).endOfRib()).isEqualTo(IPV6_UNICAST);
    }

    @Test
    void messages_follow_each_other_in_one_buffer() throws BgpErrorException {
        UpdateWriter.writeEndOfRib(out, IPV6_UNICAST);
        ByteBuf block = hex("ee" + BLOCK + NEXT_HOP).skipBytes(1);
        int start = UpdateWriter.startAnnouncement(out, IPV4_UNICAST, false, HOP4, block);
        Prefixes.write(out, TEN, 0, 8);
        UpdateWriter.finishAnnouncement(out, start, IPV4_UNICAST, false, block);

        out.skipBytes(29);

        assertThat(start).isEqualTo(29);
        assertThat(classic(parsed(INTERNAL)).nextHop()).isEqualTo(HOP4);
        assertThat(block.readableBytes()).isEqualTo(21);
    }

    @Test
    void path_identifiers_go_before_the_prefixes() throws BgpErrorException {
        ByteBuf block = hex(BLOCK);
        int start = UpdateWriter.startAnnouncement(out, IPV6_UNICAST, true, HOP6, block);
        out.writeInt(7);
        Prefixes.write(out, DB8, 0, 32);
        UpdateWriter.finishAnnouncement(out, start, IPV6_UNICAST, true, block);

        UpdateParser parser = parsed(INTERNAL.withAddPathReceive(Set.of(Family.IPV6_UNICAST)));

        assertThat(texts(IPV6_UNICAST, parser.reachable(), true)).containsExactly("#7 2001:db8:0:0:0:0:0:0/32");
    }
}
