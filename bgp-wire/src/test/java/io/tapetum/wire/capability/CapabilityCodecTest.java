package io.tapetum.wire.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.tapetum.wire.capability.Capability.AddPath;
import io.tapetum.wire.capability.Capability.AddPath.PathTuple;
import io.tapetum.wire.capability.Capability.EnhancedRouteRefresh;
import io.tapetum.wire.capability.Capability.ExtendedMessage;
import io.tapetum.wire.capability.Capability.ExtendedNextHop;
import io.tapetum.wire.capability.Capability.ExtendedNextHop.NextHopTuple;
import io.tapetum.wire.capability.Capability.FourOctetAs;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.capability.Capability.GracefulRestart.RestartTuple;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart.StaleTuple;
import io.tapetum.wire.capability.Capability.Multiprotocol;
import io.tapetum.wire.capability.Capability.RouteRefreshCapability;
import io.tapetum.wire.capability.Capability.Unknown;

class CapabilityCodecTest {

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("0104 0001 00 01", new Multiprotocol(1, 1)),
                arguments("0104 4004 00 47", new Multiprotocol(16388, 71)),
                arguments("0200", new RouteRefreshCapability()),
                arguments("0506 0001 0001 0002", new ExtendedNextHop(List.of(new NextHopTuple(1, 1, 2)))),
                arguments("050c 0001 0001 0002 0001 0080 0002",
                        new ExtendedNextHop(List.of(new NextHopTuple(1, 1, 2), new NextHopTuple(1, 128, 2)))),
                arguments("0600", new ExtendedMessage()),
                arguments("4002 0078", new GracefulRestart(false, false, 120, List.of())),
                arguments("4006 8078 0001 01 80",
                        new GracefulRestart(true, false, 120, List.of(new RestartTuple(1, 1, true)))),
                arguments("400a 4fff 0001 01 00 0002 01 80",
                        new GracefulRestart(false, true, 4095,
                                List.of(new RestartTuple(1, 1, false), new RestartTuple(2, 1, true)))),
                arguments("4104 fa56ea01", new FourOctetAs(4_200_000_001L)),
                arguments("4104 ffffffff", new FourOctetAs(4_294_967_295L)),
                arguments("450c 0001 01 01 0002 01 02 0001 04 03",
                        new AddPath(List.of(new PathTuple(1, 1, true, false), new PathTuple(2, 1, false, true),
                                new PathTuple(1, 4, true, true)))),
                arguments("4600", new EnhancedRouteRefresh()),
                arguments("4700", new LongLivedGracefulRestart(List.of())),
                arguments("470e 0001 01 80 015180 0002 01 00 ffffff",
                        new LongLivedGracefulRestart(
                                List.of(new StaleTuple(1, 1, true, 86_400), new StaleTuple(2, 1, false, 16_777_215)))),
                arguments("4900", new Unknown(73, new byte[0])),
                arguments("ff03 010203", new Unknown(255, new byte[]{1, 2, 3})));
    }

    @ParameterizedTest
    @MethodSource("values")
    void every_capability_is_read_and_written_as_its_rfc_draws_it(String hex, Capability capability) {
        assertThat(read(hex)).isEqualTo(capability);

        ByteBuf out = Unpooled.buffer();
        CapabilityEncoder.write(capability, out);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(hex.replace(" ", ""));
        assertThat(CapabilityEncoder.encodedLength(capability)).isEqualTo(out.readableBytes());
    }

    @ParameterizedTest
    @CsvSource({"1,0", "1,3", "1,5", "2,1", "5,5", "5,7", "6,1", "64,0", "64,1", "64,3", "64,5", "64,7", "65,0",
            "65,2", "65,5", "69,1", "69,3", "69,5", "70,1", "71,6", "71,8"})
    void a_known_capability_of_a_wrong_length_is_kept_as_unknown(int code, int length) {
        String value = "01".repeat(length);

        Capability capability = read("%02x%02x".formatted(code, length) + value);

        assertThat(capability).isEqualTo(new Unknown(code, HexFormat.of().parseHex(value)));
    }

    @Test
    void reserved_bits_are_ignored_when_read() {
        assertThat(read("0104 0001 ff 01")).isEqualTo(new Multiprotocol(1, 1));
        assertThat(read("4006 3078 0001 01 7f"))
                .isEqualTo(new GracefulRestart(false, false, 120, List.of(new RestartTuple(1, 1, false))));
        assertThat(read("4707 0001 01 7f 00003c"))
                .isEqualTo(new LongLivedGracefulRestart(List.of(new StaleTuple(1, 1, false, 60))));
    }

    @ParameterizedTest
    @CsvSource({"00", "04", "80", "ff"})
    void an_add_path_value_outside_1_to_3_is_ignored_for_its_family_alone(String sendReceive) {
        assertThat(read("4508 0001 01" + sendReceive + "0002 01 03"))
                .isEqualTo(new AddPath(List.of(new PathTuple(2, 1, true, true))));
    }

    @Test
    void a_value_too_long_for_its_length_field_is_refused_and_nothing_written() {
        AddPath tooLong = new AddPath(Collections.nCopies(64, new PathTuple(1, 1, true, true)));
        ByteBuf out = Unpooled.buffer();

        assertThatThrownBy(() -> CapabilityEncoder.write(tooLong, out)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("69", "256", "255");
        assertThat(out.readableBytes()).isZero();
    }

    @Test
    void times_that_their_fields_cannot_hold_are_refused() {
        assertThatThrownBy(() -> new GracefulRestart(false, false, 4096, List.of()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("4096", "4095");
        assertThatThrownBy(() -> new StaleTuple(1, 1, false, 16_777_216))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll("16777216", "16777215");
    }

    /** Reads the capability in the middle of other octets, which must not matter. */
    private static Capability read(String hex) {
        String octets = hex.replace(" ", "");
        ByteBuf in = Unpooled.wrappedBuffer(HexFormat.of().parseHex("aa" + octets + "bb"));
        int length = octets.length() / 2 - 2;
        Capability capability = CapabilityDecoder.read(in.getUnsignedByte(1), in, 3, length);
        assertThat(in.readerIndex()).isZero();
        return capability;
    }
}
