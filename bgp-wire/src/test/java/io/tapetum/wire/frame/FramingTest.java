package io.tapetum.wire.frame;

import static io.tapetum.wire.message.Frames.octets;
import static io.tapetum.wire.message.Rejection.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.ErrorCode;

class FramingTest {

    private static final int CLASSIC = BgpHeader.MAX_LENGTH;
    private static final int EXTENDED = BgpHeader.MAX_EXTENDED_LENGTH;

    @Test
    void nothing_is_said_before_the_header_is_complete() throws BgpErrorException {
        ByteBuf header = header(100, BgpHeader.UPDATE);
        for (int length = 0; length < BgpHeader.HEADER_LENGTH; length++) {
            assertThat(Framing.frameLength(header.slice(0, length), CLASSIC)).isEqualTo(-1);
        }
    }

    @Test
    void the_length_is_known_with_the_header_alone_and_wherever_it_stands() throws BgpErrorException {
        ByteBuf in = octets("00 00 00" + "ff".repeat(16) + "0064 02 aabbcc").skipBytes(3);

        assertThat(Framing.frameLength(in, CLASSIC)).isEqualTo(100);
        assertThat(in.readerIndex()).isEqualTo(3);
    }

    @Test
    void a_marker_with_any_bit_missing_is_not_synchronized() {
        for (int bit = 0; bit < 8 * BgpHeader.MARKER_LENGTH; bit++) {
            ByteBuf in = header(19, BgpHeader.KEEPALIVE);
            in.setByte(bit / 8, ~(1 << bit % 8));

            assertRejected(() -> Framing.frameLength(in, CLASSIC), ErrorCode.HEADER_NOT_SYNCHRONIZED);
        }
    }

    @Test
    void the_marker_is_judged_before_the_rest() {
        ByteBuf in = header(0, 99).setByte(15, 0);

        assertRejected(() -> Framing.frameLength(in, CLASSIC), ErrorCode.HEADER_NOT_SYNCHRONIZED);
    }

    /** Type, smallest and largest length, and the largest with extended messages. */
    @ParameterizedTest
    @CsvSource({"1,29,4096,4096", "2,23,4096,65535", "3,21,4096,65535", "4,19,19,19", "5,23,4096,65535"})
    void each_type_has_its_bounds(int type, int min, int max, int maxExtended) throws BgpErrorException {
        assertBounds(type, min, max, CLASSIC);
        assertBounds(type, min, maxExtended, EXTENDED);
    }

    private static void assertBounds(int type, int min, int max, int sessionMax) throws BgpErrorException {
        assertThat(Framing.frameLength(header(min, type), sessionMax)).isEqualTo(min);
        assertThat(Framing.frameLength(header(max, type), sessionMax)).isEqualTo(max);
        assertBadLength(type, min - 1, sessionMax);
        if (max < EXTENDED) {
            assertBadLength(type, max + 1, sessionMax);
        }
    }

    private static void assertBadLength(int type, int length, int sessionMax) {
        assertRejected(() -> Framing.frameLength(header(length, type), sessionMax), ErrorCode.HEADER_BAD_LENGTH,
                length >>> 8, length & 0xFF);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 18, 4097, 65535})
    void a_length_that_no_message_can_have_is_judged_before_the_type(int length) {
        assertBadLength(99, length, CLASSIC);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 7, 128, 255})
    void an_unknown_type_is_rejected_with_the_type_as_data(int type) {
        assertRejected(() -> Framing.frameLength(header(19, type), CLASSIC), ErrorCode.HEADER_BAD_TYPE, type);
        assertRejected(() -> Framing.frameLength(header(5000, type), EXTENDED), ErrorCode.HEADER_BAD_TYPE, type);
    }

    private static ByteBuf header(int length, int type) {
        return octets("ff".repeat(16) + "%04x%02x".formatted(length, type));
    }
}
