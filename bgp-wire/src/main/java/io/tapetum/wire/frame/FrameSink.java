package io.tapetum.wire.frame;

import io.netty.buffer.ByteBuf;

/** Takes the frames of one connection, on its event loop. */
@FunctionalInterface
public interface FrameSink {

    /**
     * Takes one frame.
     *
     * @param frame exactly one message between the reader and the writer index, valid during the call: the buffer is the
     *            decoder's own, and its octets are overwritten later. Who wants to remember a part of it copies that part
     */
    void frame(ByteBuf frame);
}
