package io.tapetum.wire.message;

import static io.tapetum.wire.message.Frames.encoded;
import static io.tapetum.wire.message.Frames.frame;
import static io.tapetum.wire.message.Frames.hex;
import static io.tapetum.wire.message.Rejection.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.wire.BgpHeader;

class MessageCodecTest {

    private static final String MARKER = "ffffffffffffffffffffffffffffffff";

    static Stream<Arguments> messages() {
        return Stream.of(
                arguments("0013 04", Keepalive.INSTANCE),
                arguments("0015 03 0400", Notification.of(ErrorCode.HOLD_TIMER_EXPIRED)),
                arguments("0017 03 0201 0004",
                        Notification.of(ErrorCode.OPEN_UNSUPPORTED_VERSION, new byte[]{0, 4})),
                arguments("0018 03 63ff 010203", new Notification(99, 255, new byte[]{1, 2, 3})),
                arguments("0017 05 0001 00 01", new RouteRefresh(1, RouteRefresh.REQUEST, 1)),
                arguments("0017 05 0002 01 01", new RouteRefresh(2, RouteRefresh.BEGINNING, 1)),
                arguments("0017 05 0002 02 01", new RouteRefresh(2, RouteRefresh.END, 1)),
                arguments("0017 05 ffff ff ff", new RouteRefresh(65535, 255, 255)));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void every_message_is_read_and_written_as_its_rfc_draws_it(String hex, Message message) throws BgpErrorException {
        ByteBuf frame = Frames.octets(MARKER + hex);

        assertThat(MessageDecoder.read(frame)).isEqualTo(message);
        assertThat(encoded(message)).isEqualTo(hex(frame));
        assertThat(frame.readerIndex()).isZero();
    }

    @Test
    void what_was_read_does_not_change_when_its_frame_is_reused() throws BgpErrorException {
        ByteBuf frame = frame(BgpHeader.NOTIFICATION, "0602 03 627965");
        Message message = MessageDecoder.read(frame);

        frame.setZero(0, frame.capacity());

        assertThat(message).isEqualTo(new Notification(6, 2, new byte[]{3, 'b', 'y', 'e'}));
    }

    @Test
    void the_data_of_a_notification_is_cut_where_4096_octets_end() throws BgpErrorException {
        byte[] data = new byte[5000];
        Arrays.fill(data, (byte) 7);

        String written = encoded(Notification.of(ErrorCode.REFRESH_INVALID_LENGTH, data));

        assertThat(written).hasSize(2 * BgpHeader.MAX_LENGTH);
        assertThat(MessageDecoder.read(Frames.octets(written)))
                .isEqualTo(Notification.of(ErrorCode.REFRESH_INVALID_LENGTH, Arrays.copyOf(data, 4075)));
    }

    @Test
    void a_notification_beyond_4096_octets_is_read_where_extended_messages_let_it_in() throws BgpErrorException {
        Message message = MessageDecoder.read(frame(BgpHeader.NOTIFICATION, "0602" + "00".repeat(5000)));

        assertThat(message).isEqualTo(new Notification(6, 2, new byte[5000]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"00010001 00", "00010101 00", "00010201 01 02 03"})
    void a_refresh_that_is_too_long_is_sent_back_whole(String body) {
        ByteBuf frame = frame(BgpHeader.ROUTE_REFRESH, body);
        int[] message = new int[frame.readableBytes()];
        Arrays.setAll(message, frame::getUnsignedByte);

        assertRejected(() -> MessageDecoder.read(frame), ErrorCode.REFRESH_INVALID_LENGTH, message);
    }

    @Test
    void a_refresh_of_an_unknown_subtype_is_passed_on_to_be_ignored_whatever_its_length() throws BgpErrorException {
        assertThat(MessageDecoder.read(frame(BgpHeader.ROUTE_REFRESH, "00010301 00")))
                .isEqualTo(new RouteRefresh(1, 3, 1));
    }

    @Test
    void frames_of_impossible_lengths_are_rejected() {
        assertRejected(() -> MessageDecoder.read(Frames.octets("")), ErrorCode.HEADER_BAD_LENGTH, 0, 0);
        assertRejected(() -> MessageDecoder.read(Frames.octets(MARKER + "0013")), ErrorCode.HEADER_BAD_LENGTH, 0, 18);
        assertRejected(() -> MessageDecoder.read(frame(BgpHeader.KEEPALIVE, "00")), ErrorCode.HEADER_BAD_LENGTH, 0,
                20);
        assertRejected(() -> MessageDecoder.read(frame(BgpHeader.NOTIFICATION, "06")), ErrorCode.HEADER_BAD_LENGTH, 0,
                20);
        assertRejected(() -> MessageDecoder.read(frame(BgpHeader.ROUTE_REFRESH, "000100")),
                ErrorCode.HEADER_BAD_LENGTH, 0, 22);
    }

    @Test
    void an_unknown_type_is_rejected() {
        assertRejected(() -> MessageDecoder.read(frame(6, "")), ErrorCode.HEADER_BAD_TYPE, 6);
    }

    @Test
    void an_update_is_not_for_this_decoder() {
        ByteBuf update = frame(BgpHeader.UPDATE, "0000 0000");

        assertThatThrownBy(() -> MessageDecoder.read(update)).isInstanceOf(IllegalArgumentException.class);
    }
}
