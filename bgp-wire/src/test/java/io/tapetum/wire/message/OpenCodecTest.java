package io.tapetum.wire.message;

import static io.tapetum.wire.message.Frames.encoded;
import static io.tapetum.wire.message.Frames.frame;
import static io.tapetum.wire.message.Frames.hex;
import static io.tapetum.wire.message.Frames.octets;
import static io.tapetum.wire.message.Frames.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.capability.Capability.AddPath;
import io.tapetum.wire.capability.Capability.AddPath.PathTuple;
import io.tapetum.wire.capability.Capability.EnhancedRouteRefresh;
import io.tapetum.wire.capability.Capability.FourOctetAs;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.capability.Capability.GracefulRestart.RestartTuple;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart;
import io.tapetum.wire.capability.Capability.Multiprotocol;
import io.tapetum.wire.capability.Capability.RouteRefreshCapability;
import io.tapetum.wire.capability.Capability.Unknown;

class OpenCodecTest {

    private static final int IDENTIFIER = 0x0AC00003;

    /** What calico-node's BIRD sends, octet by octet. */
    static Stream<Arguments> calicoNodes() {
        return Stream.of(
                arguments("IPv4, steady state",
                        """
                        ffffffffffffffffffffffffffffffff 003f 01 04 fc00 00f0 0ac00003 22
                        02 20 0104 0001 00 01  0200  4006 0078 0001 01 00  4104 0000fc00  4504 0001 01 03  4600  4700
                        """, calicoNode(64512, 64512, 1, false)),
                arguments("IPv4, restarting",
                        """
                        ffffffffffffffffffffffffffffffff 003f 01 04 fc00 00f0 0ac00003 22
                        02 20 0104 0001 00 01  0200  4006 8078 0001 01 80  4104 0000fc00  4504 0001 01 03  4600  4700
                        """, calicoNode(64512, 64512, 1, true)),
                arguments("IPv6, four-octet AS",
                        """
                        ffffffffffffffffffffffffffffffff 003f 01 04 5ba0 00f0 0ac00003 22
                        02 20 0104 0002 00 01  0200  4006 0078 0002 01 00  4104 fa56ea01  4504 0002 01 03  4600  4700
                        """, calicoNode(Open.AS_TRANS, 4_200_000_001L, 2, false)));
    }

    private static Open calicoNode(int myAs, long as, int afi, boolean restarting) {
        return new Open(4, myAs, 240, IDENTIFIER, List.of(
                new Multiprotocol(afi, 1),
                new RouteRefreshCapability(),
                new GracefulRestart(restarting, false, 120, List.of(new RestartTuple(afi, 1, restarting))),
                new FourOctetAs(as),
                new AddPath(List.of(new PathTuple(afi, 1, true, true))),
                new EnhancedRouteRefresh(),
                new LongLivedGracefulRestart(List.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calicoNodes")
    void the_open_of_a_calico_node_is_read_and_written_octet_by_octet(String name, String hex, Open open)
            throws BgpErrorException {
        ByteBuf frame = octets(hex);

        assertThat(MessageDecoder.read(frame)).as(name).isEqualTo(open);
        assertThat(encoded(open)).as(name).isEqualTo(hex(frame));
    }

    @Test
    void the_as_is_the_four_octet_one_where_it_is_given() {
        assertThat(calicoNode(Open.AS_TRANS, 4_200_000_001L, 1, false).as()).isEqualTo(4_200_000_001L);
        assertThat(new Open(4, 64512, 90, IDENTIFIER, List.of()).as()).isEqualTo(64512);
    }

    @Test
    void an_open_without_capabilities_has_no_parameter_at_all() throws BgpErrorException {
        Open open = new Open(4, 65535, 0, 0xFFFFFFFF, List.of());

        assertThat(encoded(open)).isEqualTo(hex(frame(BgpHeader.OPEN, "04 ffff 0000 ffffffff 00")));
        assertThat(read(open)).isEqualTo(open);
    }

    @Test
    void capabilities_of_several_parameters_are_one_list_in_their_order() throws BgpErrorException {
        Message message = MessageDecoder.read(open("10  02 04 0200 4600  02 00  02 06 4104 0000fc00"));

        assertThat(((Open) message).capabilities()).containsExactly(new RouteRefreshCapability(),
                new EnhancedRouteRefresh(), new FourOctetAs(64512));
    }

    @Test
    void repeated_and_unknown_capabilities_are_kept() throws BgpErrorException {
        Message message = MessageDecoder.read(Frames.openWithCapabilities("0200 4901aa 0200 0200"));

        assertThat(((Open) message).capabilities()).containsExactly(new RouteRefreshCapability(),
                new Unknown(73, new byte[]{(byte) 0xaa}), new RouteRefreshCapability(), new RouteRefreshCapability());
    }

    @ParameterizedTest
    @CsvSource({"251,false", "252,true"})
    void the_extended_form_is_written_only_when_the_classic_one_is_full(int valueLength, boolean extended)
            throws BgpErrorException {
        // given a capability that takes 253 octets, which is all the classic form holds, or one more
        Open open = openWith(new Unknown(200, new byte[valueLength]));

        String parameters = encoded(open).substring(2 * OpenLayout.PARAMETERS_LENGTH);

        String value = "c8%02x".formatted(valueLength) + "00".repeat(valueLength);
        assertThat(parameters).isEqualTo(extended ? "ffff0101" + "0200fe" + value : "ff02fd" + value);
        assertThat(read(open)).isEqualTo(open);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "01", "22"})
    void the_extended_form_is_known_by_its_type_whatever_the_short_length_says(String shortLength)
            throws BgpErrorException {
        Message message = MessageDecoder.read(open(shortLength + "ff 0005 02 0002 0200"));

        assertThat(message).isEqualTo(openWith(new RouteRefreshCapability()));
    }

    @Test
    void the_extended_form_may_be_empty() throws BgpErrorException {
        assertThat(MessageDecoder.read(open("ff ff 0000"))).isEqualTo(openWith());
    }

    @Test
    void an_open_of_4096_octets_is_written_and_one_more_is_refused() throws BgpErrorException {
        // given 15 capabilities of 257 octets, and one that fills the message
        List<Capability> capabilities = new ArrayList<>(Collections.nCopies(15, new Unknown(200, new byte[255])));
        int left = 4096 - 32 - 3 - 15 * 257;
        List<Capability> tooMany = new ArrayList<>(capabilities);
        capabilities.add(new Unknown(201, new byte[left - 2]));
        tooMany.add(new Unknown(201, new byte[left - 1]));
        Open largest = new Open(4, 64512, 240, IDENTIFIER, capabilities);
        Open tooLarge = new Open(4, 64512, 240, IDENTIFIER, tooMany);
        ByteBuf out = Unpooled.buffer();

        assertThat(encoded(largest)).hasSize(2 * 4096);
        assertThat(read(largest)).isEqualTo(largest);
        assertThatThrownBy(() -> MessageEncoder.write(tooLarge, out)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("4097", "4096");
        assertThat(out.readableBytes()).isZero();
    }

    @Test
    void a_capability_that_cannot_be_written_leaves_the_buffer_alone() {
        Open open = openWith(new RouteRefreshCapability(), new Unknown(200, new byte[256]));
        ByteBuf out = Unpooled.buffer();

        assertThatThrownBy(() -> MessageEncoder.write(open, out)).isInstanceOf(IllegalArgumentException.class);
        assertThat(out.readableBytes()).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 20_260_101})
    void whatever_is_written_is_read_back(long seed) throws BgpErrorException {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            Open open = RandomOpens.next(random);

            assertThat(read(open)).as("seed %d, round %d", seed, i).isEqualTo(open);
        }
    }

    private static Open openWith(Capability... capabilities) {
        return new Open(4, 64512, 240, IDENTIFIER, List.of(capabilities));
    }

    /** Reads what was written, behind octets of an earlier message. */
    private static Message read(Open open) throws BgpErrorException {
        ByteBuf out = Unpooled.buffer().writeZero(7).skipBytes(7);
        MessageEncoder.write(open, out);
        return MessageDecoder.read(out);
    }
}
