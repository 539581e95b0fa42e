package io.tapetum.core.reflection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.core.delay.LoopDelays;
import io.tapetum.rib.RibChanges;
import io.tapetum.wire.attribute.AttributeEditor;

/**
 * What one event loop needs while it takes a change from a received UPDATE to the outbound logs, kept so that nothing
 * is allocated on the way. Confined to its loop; empty between two uses.
 */
public final class Workspace {

    private static final int TYPICAL_ATTRIBUTES = 512;

    private final RibChanges changes = new RibChanges();
    private final AttributeEditor editor = new AttributeEditor();
    private final ByteBuf attributeBlock = Unpooled.buffer(TYPICAL_ATTRIBUTES);
    private final LoopDelays delays = new LoopDelays();
    private final FlushRound round = new FlushRound(delays.toEach());
    private long receivedNanos;

    /** Changes of best paths, collected before they are passed on. */
    public RibChanges changes() {
        return changes;
    }

    /** How long things take on this loop. What it has recorded may be looked at by any thread. */
    public LoopDelays delays() {
        return delays;
    }

    /** The flush round that is running, if one is. */
    public FlushRound round() {
        return round;
    }

    /** What is passed on from now on was received at this time; or, if nobody sent it, came up then. */
    public void received(long nowNanos) {
        receivedNanos = nowNanos;
    }

    long receivedNanos() {
        return receivedNanos;
    }

    AttributeEditor editor() {
        return editor;
    }

    ByteBuf attributeBlock() {
        return attributeBlock.clear();
    }
}
