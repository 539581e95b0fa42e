package io.tapetum.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Random;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.wire.BgpHeader;

/** Octets that nobody meant to send: every one is read or rejected, and what is read can be written again. */
class MessageDecoderFuzzTest {

    private static final int ROUNDS = 20_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void messages_with_mutations_are_read_or_rejected(long seed) {
        Random random = new Random(seed);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ByteBuf frame = Unpooled.buffer();
            MessageEncoder.write(valid(random), frame);
            mutate(frame, random);
            read += survives(frame, "seed " + seed + ", round " + round) ? 1 : 0;
        }
        assertThat(read).as("both outcomes occur often").isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23})
    void opens_with_random_parameters_are_read_or_rejected(long seed) {
        Random random = new Random(seed);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            read += survives(openWithRandomParameters(random), "seed " + seed + ", round " + round) ? 1 : 0;
        }
        assertThat(read).as("both outcomes occur often").isBetween(ROUNDS / 20, ROUNDS * 19 / 20);
    }

    private static Message valid(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Keepalive.INSTANCE;
            case 1 -> new RouteRefresh(random.nextInt(65_536), random.nextInt(4), random.nextInt(256));
            case 2 -> new Notification(random.nextInt(256), random.nextInt(256), new byte[random.nextInt(40)]);
            default -> RandomOpens.next(random);
        };
    }

    private static void mutate(ByteBuf frame, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> frame.writerIndex(random.nextInt(frame.writerIndex() + 1));
            case 1 -> frame.writeZero(1 + random.nextInt(4));
            default -> {
                // Behind the header, where lengths are nested in lengths; in an OPEN mostly behind its fixed fields.
                int from = random.nextInt(4) == 0 ? BgpHeader.TYPE_OFFSET : OpenLayout.PARAMETERS_LENGTH;
                for (int i = random.nextInt(3); i >= 0 && frame.writerIndex() > from; i--) {
                    int at = from + random.nextInt(frame.writerIndex() - from);
                    frame.setByte(at, random.nextBoolean() ? random.nextInt(256) : frame.getByte(at) + 1);
                }
            }
        }
    }

    /** Nested lengths that are right most of the time, around known and unknown codes with any content. */
    private static ByteBuf openWithRandomParameters(Random random) {
        ByteBuf capabilities = Unpooled.buffer();
        List<Integer> codes = List.of(1, 2, 5, 6, 64, 65, 69, 70, 71, 73);
        for (int count = random.nextInt(5); count > 0; count--) {
            int length = random.nextInt(12);
            capabilities.writeByte(codes.get(random.nextInt(codes.size())));
            capabilities.writeByte(nearly(length, random));
            for (int i = 0; i < length; i++) {
                capabilities.writeByte(random.nextInt(4));
            }
        }
        int length = capabilities.readableBytes();
        ByteBuf frame = Unpooled.buffer();
        int start = BgpHeader.start(frame, BgpHeader.OPEN);
        frame.writeByte(Open.VERSION).writeShort(Open.AS_TRANS).writeShort(90).writeInt(1);
        if (random.nextBoolean()) {
            frame.writeByte(nearly(length + 2, random)).writeByte(OpenLayout.CAPABILITIES_TYPE)
                    .writeByte(nearly(length, random));
        } else {
            frame.writeByte(255).writeByte(255).writeShort(nearly(length + 3, random))
                    .writeByte(OpenLayout.CAPABILITIES_TYPE).writeShort(nearly(length, random));
        }
        frame.writeBytes(capabilities);
        BgpHeader.finish(frame, start);
        return frame;
    }

    private static int nearly(int length, Random random) {
        return switch (random.nextInt(40)) {
            case 0 -> length + 1;
            case 1 -> Math.max(0, length - 1);
            case 2 -> random.nextInt(65_536);
            default -> length;
        };
    }

    /** Whether the frame was read; anything but a message or a {@link BgpErrorException} fails the test. */
    private static boolean survives(ByteBuf octets, String round) {
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        // Exactly as large as the message, so that reading past its end cannot go unnoticed.
        ByteBuf frame = allocator.heapBuffer(octets.readableBytes(), octets.readableBytes()).writeBytes(octets);
        try {
            if (isUpdate(frame)) {
                return false;
            }
            Message message = MessageDecoder.read(frame);
            ByteBuf again = Unpooled.buffer();
            MessageEncoder.write(message, again);
            assertThat(MessageDecoder.read(again)).as(round).isEqualTo(message);
            return true;
        } catch (BgpErrorException e) {
            assertThat(e.notification().error()).as(round).isNotNull();
            return false;
        } catch (RuntimeException e) {
            return fail(round + ": " + Frames.hex(frame), e);
        } finally {
            frame.release();
            assertThat(allocator.metric().usedHeapMemory()).as(round).isZero();
        }
    }

    private static boolean isUpdate(ByteBuf frame) {
        return frame.readableBytes() >= BgpHeader.HEADER_LENGTH
                && frame.getByte(BgpHeader.TYPE_OFFSET) == BgpHeader.UPDATE;
    }
}
