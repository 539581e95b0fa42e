package io.tapetum.load.verify;

import io.netty.buffer.ByteBuf;

import io.tapetum.load.relay.Reflection;
import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.message.ErrorCode;
import io.tapetum.wire.message.MessageEncoder;
import io.tapetum.wire.message.MessageLengths;
import io.tapetum.wire.message.Notification;

/**
 * Ways to reflect wrongly an UPDATE with the attributes ORIGIN, empty AS_PATH, NEXT_HOP, MED, LOCAL_PREF, ORIGINATOR_ID and
 * CLUSTER_LIST, and the part of the complaint that names it.
 */
public enum Fault {

    ORIGIN("ORIGIN is 2 instead of 0", (update, block, _) -> update.setByte(block + 3, 2)),
    AS_PATH("AS_PATH that is not one AS_SEQUENCE", (update, block, _) -> {
        // The empty AS_PATH takes in the header of NEXT_HOP.
        update.setByte(block + 6, 3 + 4);
    }),
    NEXT_HOP("NEXT_HOP is 100.64.0.99 instead of 100.64.0.1", (update, block, _) -> update.setByte(block + 13, 99)),
    LOCAL_PREF("LOCAL_PREF is 101 instead of 100", (update, block, _) -> update.setByte(block + 27, 101)),
    ORIGINATOR_ID("ORIGINATOR_ID is 10.2.0.99 instead of 10.2.0.1", (update, _, end) -> update.setByte(end - 8, 99)),
    CLUSTER_LIST("CLUSTER_LIST is 224.0.0.2 instead of 224.0.0.1", (update, _, end) -> update.setByte(end - 1, 2)),
    FLAGS("CLUSTER_LIST with the flags 0xc0", (update, _, end) -> update.setByte(end - 7, 0xC0)),
    TWICE("ORIGINATOR_ID twice", (update, _, end) -> update.setByte(end - 6, 9)),
    LACKING("no CLUSTER_LIST", (update, block, end) -> {
        int header = block - MessageLengths.MIN_UPDATE;
        update.setBytes(end - 7, update.copy(end, update.writerIndex() - end));
        update.writerIndex(update.writerIndex() - 7);
        update.setShort(block - 2, end - block - 7);
        BgpHeader.finish(update, header);
    }),
    DIFFERENT_COMMUNITIES("COMMUNITIES is [-536870911] instead of []",
            (update, _, end) -> update.setByte(end - 7, 0xC0).setByte(end - 6, 8)),
    UNKNOWN_ATTRIBUTE("EXTENDED_COMMUNITIES, which nobody sent", (update, _, end) -> update.setByte(end - 6, 16)),
    PREFIX("10.0.0.0/25, which nobody announced", (update, _, end) -> update.setByte(end, 25)),
    PREFIX_LENGTH("a malformed prefix of 33 bits", (update, _, end) -> update.setByte(end, 33)),
    FIELDS("an UPDATE whose fields are longer than itself", (update, block, _) -> update.setShort(block - 2, 4000));

    /** Changes an UPDATE whose attributes stand in {@code [block, end)}. */
    @FunctionalInterface
    private interface Change {
        void to(ByteBuf update, int block, int end);
    }

    private final String complaint;
    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final Change change;

    Fault(String complaint, Change change) {
        this.complaint = complaint;
        this.change = change;
    }

    /** What has to be said about it. */
    public String complaint() {
        return complaint;
    }

    /** Reflects and spoils. */
    public void reflect(ByteBuf update, int originator, ByteBuf out) {
        int start = out.writerIndex();
        Reflection.right(update, originator, out);
        if (out.writerIndex() > start) {
            int block = start + MessageLengths.MIN_UPDATE;
            change.to(out, block, block + out.getUnsignedShort(block - 2));
        }
    }

    /** Says that it has no resources left, instead of anything. */
    public static void notification(ByteBuf out) {
        MessageEncoder.write(Notification.of(ErrorCode.CEASE_OUT_OF_RESOURCES), out);
    }
}
