package io.tapetum.server.transport;

import java.io.IOException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.IovArray;
import org.jspecify.annotations.Nullable;

/**
 * The slices of shared buffers that one connection is about to send, written to its socket with one system call. Netty's
 * own queue would want an object for each slice and each connection; with a few thousand connections that are told the
 * same, that is most of what a flush costs beside the kernel's work.
 *
 * <p>Each event loop has one, for all its connections in turn, because a connection sends what it gathered before the
 * next one begins. Confined to that loop.
 */
final class GatheringWrite {

    /** Few are needed: most of what a connection lacks of a log stands together, but for its own routes. */
    private static final int MAX_SLICES = 64;

    private final IovArray vectors = new IovArray(MAX_SLICES);
    private final @Nullable ByteBuf[] buffers = new @Nullable ByteBuf[MAX_SLICES];
    private final int[] offsets = new int[MAX_SLICES];
    private final int[] lengths = new int[MAX_SLICES];
    private @Nullable NettyConnection owner;
    private int count;
    private long octets;

    /** Whose slices these are, or {@code null} if there are none. */
    @Nullable
    NettyConnection owner() {
        return owner;
    }

    boolean isFull() {
        return count == MAX_SLICES;
    }

    long octets() {
        return octets;
    }

    /** Adds a slice, and holds its buffer until it is written or left over. */
    void add(NettyConnection connection, ByteBuf buffer, int offset, int length) {
        owner = connection;
        buffers[count] = buffer.retain();
        offsets[count] = offset;
        lengths[count] = length;
        count++;
        octets += length;
    }

    /**
     * Writes as much as the kernel takes, forgets that much, and hands the rest to the connection's queue.
     *
     * @throws IOException if the socket is broken; then nothing is left
     */
    void send(FileDescriptor socket, NettyConnection connection) throws IOException {
        long written = 0;
        try {
            written = write(socket);
        } catch (IOException e) {
            written = octets;
            throw e;
        } finally {
            release(written, connection);
        }
    }

    /** Forgets everything. */
    void discard(NettyConnection connection) {
        release(octets, connection);
    }

    private long write(FileDescriptor socket) throws IOException {
        ByteBuf first = buffers[0];
        if (count == 1 && first != null && first.hasMemoryAddress()) {
            return socket.writeAddress(first.memoryAddress(), offsets[0], offsets[0] + lengths[0]);
        }
        vectors.clear();
        int taken = 0;
        while (taken < count) {
            ByteBuf buffer = buffers[taken];
            if (buffer == null || !vectors.add(buffer, offsets[taken], lengths[taken])) {
                break; // a buffer in too many pieces: the rest goes through the queue
            }
            taken++;
        }
        return taken == 0 ? 0 : socket.writevAddresses(vectors.memoryAddress(0), vectors.count());
    }

    private void release(long written, NettyConnection connection) {
        long left = written;
        for (int i = 0; i < count; i++) {
            ByteBuf buffer = buffers[i];
            buffers[i] = null;
            if (buffer == null) {
                continue;
            }
            int gone = (int) Math.min(left, lengths[i]);
            left -= gone;
            if (gone < lengths[i]) {
                connection.queue(buffer.retainedSlice(offsets[i] + gone, lengths[i] - gone));
            }
            buffer.release();
        }
        owner = null;
        count = 0;
        octets = 0;
    }
}
