package io.tapetum.core.reflection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

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

    /** Changes of best paths, collected before they are passed on. */
    public RibChanges changes() {
        return changes;
    }

    AttributeEditor editor() {
        return editor;
    }

    ByteBuf attributeBlock() {
        return attributeBlock.clear();
    }
}
