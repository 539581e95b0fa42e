package io.tapetum.rib.log;

import io.netty.buffer.ByteBuf;

/** Takes what a cursor gathers. */
@FunctionalInterface
public interface SliceSink {

    /**
     * Takes whole messages. The octets do not change any more. The buffer is shared: whoever keeps it beyond this call
     * retains it, through a slice, and neither moves its indexes nor writes to it.
     *
     * @param offset of the first octet, absolute
     * @param length octets, at least 1
     * @param messages how many messages these octets are, at least 1
     */
    void add(ByteBuf buffer, int offset, int length, int messages);
}
