package io.tapetum.rib.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

import io.tapetum.wire.attribute.TestAttributes;
import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.nlri.Prefixes;

/**
 * A peer at the far end of a cursor: decodes what it is sent, message by message, and keeps the routes. Knows UPDATEs
 * from RFC 4271 §4.3 and RFC 4760, not from the code under test.
 */
final class Receiver implements SliceSink {

    /** What was said of a prefix: the first four octets of the attribute block. */
    final Map<Prefix, Integer> routes = new HashMap<>();
    /** The same by path identifier, where there are any; nothing is in {@link #routes} then. */
    final Map<Prefix, Map<Integer, Integer>> paths = new HashMap<>();
    /** Every message, in words. */
    final List<String> messages = new ArrayList<>();
    int announcements;
    int withdrawals;
    int longest;

    private final LogFormat format;

    Receiver(LogFormat format) {
        this.format = format;
    }

    void forgetMessages() {
        messages.clear();
        announcements = 0;
        withdrawals = 0;
    }

    @Override
    public void add(ByteBuf buffer, int offset, int length, int count) {
        int at = offset;
        int found = 0;
        while (at < offset + length) {
            assertThat(buffer.getLong(at)).isEqualTo(-1L);
            assertThat(buffer.getLong(at + 8)).isEqualTo(-1L);
            int octets = buffer.getUnsignedShort(at + 16);
            assertThat(octets).isBetween(23, format.maxMessageLength());
            assertThat(buffer.getByte(at + 18)).isEqualTo((byte) 2);
            longest = Math.max(longest, octets);
            update(buffer, at + 19, at + octets);
            at += octets;
            found++;
        }
        assertThat(count).as("messages").isEqualTo(found);
        assertThat(at).as("whole messages").isEqualTo(offset + length);
    }

    private void update(ByteBuf buffer, int from, int end) {
        int withdrawn = buffer.getUnsignedShort(from);
        int attributes = from + 2 + withdrawn + 2;
        int attributesLength = buffer.getUnsignedShort(attributes - 2);
        int nlri = attributes + attributesLength;
        assertThat(nlri).isLessThanOrEqualTo(end);
        if (!format.multiprotocol()) {
            assertThat(withdrawn > 0).isNotEqualTo(nlri < end);
            withdraw(buffer, from + 2, withdrawn);
            if (nlri < end) {
                announce(buffer, nlri, end - nlri, buffer.getInt(attributes + TestAttributes.TAG_OFFSET));
            }
            return;
        }
        assertThat(withdrawn).isZero();
        assertThat(nlri).isEqualTo(end);
        assertThat(buffer.getUnsignedByte(attributes)).isEqualTo((short) 0x90);
        int value = attributes + 4;
        int valueLength = buffer.getUnsignedShort(attributes + 2);
        assertThat(buffer.getUnsignedShort(value)).isEqualTo(format.family().afi());
        assertThat(buffer.getUnsignedByte(value + 2)).isEqualTo((short) format.family().safi());
        if (buffer.getUnsignedByte(attributes + 1) == 15) {
            assertThat(value + valueLength).isEqualTo(end);
            withdraw(buffer, value + 3, valueLength - 3);
        } else {
            assertThat(buffer.getUnsignedByte(attributes + 1)).isEqualTo((short) 14);
            int skipped = 3 + 1 + buffer.getUnsignedByte(value + 3) + 1;
            announce(buffer, value + skipped, valueLength - skipped,
                    buffer.getInt(value + valueLength + TestAttributes.TAG_OFFSET));
        }
    }

    private void withdraw(ByteBuf buffer, int offset, int octets) {
        if (octets == 0) {
            return;
        }
        withdrawals++;
        StringBuilder text = new StringBuilder("withdraw");
        PrefixReader prefixes = read(buffer, offset, octets);
        while (prefixes.next()) {
            text.append(' ').append(show(prefixes));
            Prefix prefix = new Prefix(prefixes.high(), prefixes.low(), prefixes.length());
            routes.remove(prefix);
            Map<Integer, Integer> ofPrefix = paths.getOrDefault(prefix, new HashMap<>());
            ofPrefix.remove(prefixes.pathId());
            if (ofPrefix.isEmpty()) {
                paths.remove(prefix);
            }
        }
        messages.add(text.toString());
    }

    private void announce(ByteBuf buffer, int offset, int octets, int tag) {
        announcements++;
        StringBuilder text = new StringBuilder("announce " + tag + ":");
        PrefixReader prefixes = read(buffer, offset, octets);
        while (prefixes.next()) {
            text.append(' ').append(show(prefixes));
            Prefix prefix = new Prefix(prefixes.high(), prefixes.low(), prefixes.length());
            if (format.pathIds()) {
                paths.computeIfAbsent(prefix, _ -> new HashMap<>()).put(prefixes.pathId(), tag);
            } else {
                routes.put(prefix, tag);
            }
        }
        messages.add(text.toString());
    }

    private PrefixReader read(ByteBuf buffer, int offset, int octets) {
        assertThat(Prefixes.check(ByteBufUtil.getBytes(buffer, offset, octets), 0, octets, format.family(),
                format.pathIds()))
                .isPositive();
        return new PrefixReader().reset(buffer, offset, octets, format.pathIds());
    }

    private String show(PrefixReader prefix) {
        String text = Prefixes.toString(format.family(), prefix.high(), prefix.low(), prefix.length());
        return format.pathIds() ? text + " id " + prefix.pathId() : text;
    }
}
