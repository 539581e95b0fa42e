package io.tapetum.core.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeEditor;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.nlri.Prefixes;
import io.tapetum.wire.update.UpdateWriter;

/** Writes a speaker's routes for one session, as many prefixes in a message as fit. */
final class UpdateSender {

    private final Socket socket;
    private final Speaker speaker;
    private final boolean fourOctetAs;
    private final boolean multiprotocolIpv4;
    private final int maxLength;
    private final AttributeEditor editor = new AttributeEditor();

    UpdateSender(Socket socket, Speaker speaker, boolean fourOctetAs, boolean multiprotocolIpv4, int maxLength) {
        this.socket = socket;
        this.speaker = speaker;
        this.fourOctetAs = fourOctetAs;
        this.multiprotocolIpv4 = multiprotocolIpv4;
        this.maxLength = maxLength;
    }

    /** Prefixes of one family. */
    void announce(Announcement announcement, Collection<Prefix> prefixes) {
        announce(announcement, prefixes, new byte[0], List.of());
    }

    /**
     * Prefixes of one family.
     *
     * @param extra octets of attributes that the receiver is to take out
     * @param withdrawn IPv4 prefixes that are withdrawn by the same message, if that can be; they may be announced by it
     *            too
     */
    void announce(Announcement announcement, Collection<Prefix> prefixes, byte[] extra, List<Prefix> withdrawn) {
        Family family = prefixes.iterator().next().family();
        NextHop nextHop = announcement.attributes().nextHop();
        boolean mp = family == Family.IPV6_UNICAST || multiprotocolIpv4;
        editor.reset();
        if (!mp) {
            editor.includeNextHop();
        }
        if (!fourOctetAs) {
            editor.twoOctetAs();
        }
        if (speaker.isExternal()) {
            editor.stripLocalPref();
        }
        ByteBuf block = Unpooled.buffer(256);
        editor.write(announcement.attributes(), block);
        block.writeBytes(extra);
        if (!withdrawn.isEmpty() && family == Family.IPV4_UNICAST && !mp) {
            exchange(withdrawn, block, prefixes);
            return;
        }
        if (!withdrawn.isEmpty()) {
            withdraw(withdrawn);
        }
        int room = maxLength - UpdateWriter.announcementOverhead(family, mp, nextHop) - block.readableBytes();
        for (List<Prefix> part : split(prefixes, room)) {
            ByteBuf message = Unpooled.buffer(256);
            int start = UpdateWriter.startAnnouncement(message, family, mp, nextHop, block);
            write(part, message);
            UpdateWriter.finishAnnouncement(message, start, family, mp, block);
            socket.write(message);
        }
    }

    private void exchange(List<Prefix> withdrawn, ByteBuf block, Collection<Prefix> prefixes) {
        ByteBuf message = Unpooled.buffer(256);
        int start = BgpHeader.start(message, BgpHeader.UPDATE);
        ByteBuf nlri = Unpooled.buffer(64);
        write(withdrawn, nlri);
        message.writeShort(nlri.readableBytes()).writeBytes(nlri);
        message.writeShort(block.readableBytes()).writeBytes(block);
        write(prefixes, message);
        BgpHeader.finish(message, start);
        socket.write(message);
    }

    /** Prefixes of any family. */
    void withdraw(Collection<Prefix> prefixes) {
        for (Family family : Family.values()) {
            boolean mp = family == Family.IPV6_UNICAST || multiprotocolIpv4;
            List<Prefix> ofFamily = prefixes.stream().filter(prefix -> prefix.family() == family).toList();
            for (List<Prefix> part : split(ofFamily, maxLength - UpdateWriter.withdrawalOverhead(family, mp))) {
                ByteBuf message = Unpooled.buffer(128);
                int start = UpdateWriter.startWithdrawal(message, family, mp);
                write(part, message);
                UpdateWriter.finishWithdrawal(message, start, family, mp);
                socket.write(message);
            }
        }
    }

    void endOfRib(Family family) {
        ByteBuf message = Unpooled.buffer(32);
        UpdateWriter.writeEndOfRib(message, family);
        socket.write(message);
    }

    private static void write(Collection<Prefix> prefixes, ByteBuf out) {
        for (Prefix prefix : prefixes) {
            Prefixes.write(out, prefix.high(), prefix.low(), prefix.length());
        }
    }

    private static List<List<Prefix>> split(Collection<Prefix> prefixes, int room) {
        List<List<Prefix>> parts = new ArrayList<>();
        List<Prefix> part = new ArrayList<>();
        int used = 0;
        for (Prefix prefix : prefixes) {
            int octets = Prefixes.encodedSize(prefix.length(), false);
            if (used + octets > room) {
                parts.add(part);
                part = new ArrayList<>();
                used = 0;
            }
            part.add(prefix);
            used += octets;
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }
}
