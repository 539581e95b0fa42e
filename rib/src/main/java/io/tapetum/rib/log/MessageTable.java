package io.tapetum.rib.log;

import java.util.Arrays;

/**
 * What is known of each message of a segment, in parallel arrays.
 *
 * <p>Read without the lock, up to the segment's published count. All but {@link #live} is written before its message is
 * published and never after. To grow, the segment takes a copy: the fields are final, so that whoever gets hold of the
 * copy by a race sees what was copied.
 */
final class MessageTable {

    /** Where each message begins; one more for the end of the last. */
    final int[] offset;
    /** The peer its routes came from. */
    final int[] source;
    /** One of {@link MessageKind}. */
    final byte[] kind;
    /**
     * Live entries. Counted down under the lock and read without: a reader that misses that the last one died sends what
     * is superseded further on, which does no harm.
     */
    final int[] live;

    MessageTable(int capacity) {
        offset = new int[capacity + 1];
        source = new int[capacity];
        kind = new byte[capacity];
        live = new int[capacity];
    }

    private MessageTable(MessageTable smaller, int capacity) {
        offset = Arrays.copyOf(smaller.offset, capacity + 1);
        source = Arrays.copyOf(smaller.source, capacity);
        kind = Arrays.copyOf(smaller.kind, capacity);
        live = Arrays.copyOf(smaller.live, capacity);
    }

    int capacity() {
        return source.length;
    }

    MessageTable grown() {
        return new MessageTable(this, capacity() * 2);
    }
}
