package io.tapetum.wire.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.Frames;

class FrameDecoderTest {

    private static final String KEEPALIVE = Frames.hex(Frames.frame(BgpHeader.KEEPALIVE, ""));
    private static final String END_OF_RIB = Frames.hex(Frames.frame(BgpHeader.UPDATE, "0000 0000"));
    private static final String OPEN = Frames.hex(Frames.openWithCapabilities("0104 0001 00 01 0200"));
    private static final String BAD_MARKER = "00" + KEEPALIVE.substring(2);

    /** Every buffer of a test comes from here, those that the decoder makes included. */
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final List<String> frames = new ArrayList<>();
    private FrameSink sink = frame -> frames.add(Frames.hex(frame));
    private FrameDecoder decoder = new FrameDecoder(frame -> sink.frame(frame));
    private EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Throwable> errors = new ArrayList<>();

    FrameDecoderTest() {
        connect();
    }

    private void reconnect() {
        channel.finishAndReleaseAll();
        errors.clear();
        decoder = new FrameDecoder(frame -> sink.frame(frame));
        channel = new EmbeddedChannel();
        connect();
    }

    private void connect() {
        channel.config().setAllocator(allocator);
        channel.pipeline().addLast(decoder, new ChannelInboundHandlerAdapter() {

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                errors.add(cause);
            }
        });
    }

    @AfterEach
    void every_buffer_was_released() {
        channel.finishAndReleaseAll();
        assertThat(allocator.metric().usedHeapMemory()).as("leaked octets on the heap").isZero();
        assertThat(allocator.metric().usedDirectMemory()).as("leaked octets off the heap").isZero();
    }

    @Test
    void a_frame_per_message_whatever_one_read_brings() {
        write(OPEN + KEEPALIVE + END_OF_RIB + KEEPALIVE);

        assertThat(frames()).containsExactly(OPEN, KEEPALIVE, END_OF_RIB, KEEPALIVE);
        assertThat(errors).isEmpty();
    }

    @Test
    void a_split_at_any_octet_does_not_matter() {
        String stream = OPEN + KEEPALIVE + END_OF_RIB;
        for (int at = 0; at <= stream.length(); at += 2) {
            write(stream.substring(0, at));
            write(stream.substring(at));

            assertThat(frames()).as("split at octet %d", at / 2).containsExactly(OPEN, KEEPALIVE, END_OF_RIB);
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void octets_may_come_one_at_a_time() {
        String stream = OPEN + KEEPALIVE;
        for (int at = 0; at < stream.length(); at += 2) {
            write(stream.substring(at, at + 2));
        }

        assertThat(frames()).containsExactly(OPEN, KEEPALIVE);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33})
    void a_stream_that_is_cut_anywhere_gives_the_frames_it_was_made_of(long seed) {
        Random random = new Random(seed);
        StringBuilder stream = new StringBuilder();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String frame = Frames.hex(Frames.frame(BgpHeader.UPDATE, "0000 0000" + "%02x".formatted(i & 0xFF)
                    .repeat(random.nextInt(200))));
            sent.add(frame);
            stream.append(frame);
        }
        for (int at = 0; at < stream.length();) {
            int next = Math.min(stream.length(), at + 2 * (1 + random.nextInt(300)));
            write(stream.substring(at, next));
            at = next;
        }

        assertThat(frames()).as("seed %d", seed).isEqualTo(sent);
    }

    @Test
    void a_frame_is_a_view_of_the_octets_that_were_read() {
        ByteBuf read = buffer(KEEPALIVE + END_OF_RIB);
        byte[] octets = read.array();
        List<byte[]> arrays = new ArrayList<>();
        sink = frame -> arrays.add(frame.array());

        channel.writeInbound(read);

        assertThat(arrays).hasSize(2).allSatisfy(array -> assertThat(array).isSameAs(octets));
        assertThat(read.refCnt()).isZero();
    }

    @Test
    void what_the_sink_throws_is_fired_and_costs_no_other_frame() {
        sink = frame -> {
            frames.add(Frames.hex(frame));
            if (frames.size() == 1) {
                throw new IllegalStateException("a defect");
            }
        };

        write(OPEN + KEEPALIVE);
        write(END_OF_RIB);

        assertThat(frames()).containsExactly(OPEN, KEEPALIVE, END_OF_RIB);
        assertThat(errors).singleElement().satisfies(
                error -> assertThat(error).hasRootCauseInstanceOf(IllegalStateException.class));
    }

    @Test
    void frames_before_an_error_come_first_and_the_error_comes_once() {
        write(OPEN + KEEPALIVE + BAD_MARKER + KEEPALIVE + BAD_MARKER);
        write(KEEPALIVE);
        write(BAD_MARKER);

        assertThat(frames()).containsExactly(OPEN, KEEPALIVE);
        assertThat(errors).singleElement().isInstanceOfSatisfying(BgpErrorException.class,
                error -> assertThat(error.notification().error()).isEqualTo(ErrorCode.HEADER_NOT_SYNCHRONIZED));
    }

    @Test
    void a_wrong_header_is_reported_before_its_body_arrives() {
        write("ff".repeat(16) + "1001" + "02");

        assertThat(errors).singleElement().isInstanceOfSatisfying(BgpErrorException.class,
                error -> assertThat(error.notification().error()).isEqualTo(ErrorCode.HEADER_BAD_LENGTH));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42, 43})
    void of_a_damaged_stream_all_frames_before_the_damage_arrive_and_then_one_error_at_most(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            // given ten frames of which one header is damaged, in reads of any size
            int damaged = random.nextInt(10);
            ByteBuf octets = Frames.octets((END_OF_RIB + KEEPALIVE).repeat(5));
            int start = damaged / 2 * 42 + damaged % 2 * 23;
            octets.setByte(start + random.nextInt(BgpHeader.HEADER_LENGTH), random.nextInt(256));
            reconnect();

            while (octets.isReadable()) {
                int size = Math.min(octets.readableBytes(), 1 + random.nextInt(60));
                write(Frames.hex(octets.readSlice(size)));
            }

            List<String> expected = new ArrayList<>();
            for (int i = 0; i < damaged; i++) {
                expected.add(i % 2 == 0 ? END_OF_RIB : KEEPALIVE);
            }
            List<String> arrived = frames();
            assertThat(arrived.subList(0, Math.min(damaged, arrived.size()))).as("seed %d, round %d", seed, round)
                    .isEqualTo(expected);
            assertThat(errors).as("seed %d, round %d", seed, round).hasSizeLessThanOrEqualTo(1)
                    .allMatch(BgpErrorException.class::isInstance);
        }
    }

    @Test
    void a_handler_that_closes_on_an_error_sees_it_once() {
        channel.pipeline().replace(channel.pipeline().last(), "closing", new ChannelInboundHandlerAdapter() {

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                errors.add(cause);
                var _ = ctx.close();
            }
        });

        write(KEEPALIVE + BAD_MARKER + KEEPALIVE);

        assertThat(channel.isOpen()).isFalse();
        assertThat(frames()).containsExactly(KEEPALIVE);
        assertThat(errors).hasSize(1);
    }

    @Test
    void a_decoder_removed_on_an_error_passes_nothing_unreadable_on() {
        channel.pipeline().replace(channel.pipeline().last(), "removing", new ChannelInboundHandlerAdapter() {

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                errors.add(cause);
                ctx.pipeline().remove(decoder);
            }
        });

        write(KEEPALIVE + BAD_MARKER + KEEPALIVE);

        assertThat(frames()).containsExactly(KEEPALIVE);
        assertThat(errors).hasSize(1);
    }

    @Test
    void an_incomplete_frame_at_the_end_is_dropped_silently() {
        write(KEEPALIVE + OPEN.substring(0, OPEN.length() - 2));

        channel.close().syncUninterruptibly();

        assertThat(frames()).containsExactly(KEEPALIVE);
        assertThat(errors).isEmpty();
    }

    @Test
    void extended_messages_are_accepted_from_the_moment_they_are_allowed() {
        String large = Frames.hex(Frames.frame(BgpHeader.UPDATE, "00".repeat(65_516)));
        // given a sink that allows them when it sees the first KEEPALIVE, with the large message in the same read
        sink = frame -> {
            decoder.setMaxLength(BgpHeader.MAX_EXTENDED_LENGTH);
            frames.add(Frames.hex(frame));
        };

        write(KEEPALIVE + large + KEEPALIVE);

        assertThat(frames()).containsExactly(KEEPALIVE, large, KEEPALIVE);
        assertThat(errors).isEmpty();
    }

    @Test
    void extended_messages_are_an_error_before_that() {
        write(Frames.hex(Frames.frame(BgpHeader.UPDATE, "00".repeat(4078))));

        assertThat(frames()).isEmpty();
        assertThat(errors).hasSize(1);
    }

    @Test
    void the_maximum_is_within_what_the_protocol_knows() {
        assertThatThrownBy(() -> decoder.setMaxLength(4095)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> decoder.setMaxLength(65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatCode(() -> decoder.setMaxLength(4096)).doesNotThrowAnyException();
    }

    private void write(String hex) {
        channel.writeInbound(buffer(hex));
    }

    private ByteBuf buffer(String hex) {
        ByteBuf octets = Frames.octets(hex);
        return allocator.heapBuffer(Math.max(1, octets.readableBytes())).writeBytes(octets);
    }

    /** All frames since this was asked last, in hexadecimal. */
    private List<String> frames() {
        List<String> arrived = List.copyOf(frames);
        frames.clear();
        return arrived;
    }
}
