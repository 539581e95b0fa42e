package io.tapetum.wire.message;

import static io.tapetum.wire.BgpHeader.MAX_LENGTH;

import java.util.List;

import io.netty.buffer.ByteBuf;

import io.tapetum.wire.BgpHeader;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.capability.CapabilityEncoder;

/** Writes every message but UPDATE, none of them longer than 4096 octets. Stateless, for any thread. */
public final class MessageEncoder {

    /** What of an error's data goes onto the wire, in octets: more would pass 4096. */
    private static final int MAX_NOTIFICATION_DATA = MAX_LENGTH - MessageLengths.MIN_NOTIFICATION;

    private MessageEncoder() {}

    /**
     * Appends the message with its header.
     *
     * <p>An OPEN carries all its capabilities in one parameter; the form of RFC 9072 is used only when they need more
     * than the 253 octets that the classic form holds, since not every peer knows it. The data of a NOTIFICATION is cut
     * after 4075 octets: it is for human eyes.
     *
     * @param out grows as needed; not touched when this throws
     * @throws IllegalArgumentException if the capabilities do not fit an OPEN, or one of them its length field
     */
    public static void write(Message message, ByteBuf out) {
        switch (message) {
            case Open open -> writeOpen(open, out);
            case Keepalive _ -> BgpHeader.finish(out, BgpHeader.start(out, BgpHeader.KEEPALIVE));
            case Notification notification -> writeNotification(notification, out);
            case RouteRefresh refresh -> writeRouteRefresh(refresh, out);
        }
    }

    private static void writeOpen(Open open, ByteBuf out) {
        int capabilitiesLength = lengthOf(open.capabilities());
        boolean extended = OpenLayout.PARAMETER_HEADER_LENGTH + capabilitiesLength > OpenLayout.MAX_CLASSIC_LENGTH;
        int length = OpenLayout.EXTENDED_PARAMETERS + OpenLayout.EXTENDED_PARAMETER_HEADER_LENGTH + capabilitiesLength;
        if (extended && length > MAX_LENGTH) {
            throw new IllegalArgumentException("capabilities make an OPEN of " + length + " octets, at most "
                    + MAX_LENGTH + " can be sent");
        }
        int start = BgpHeader.start(out, BgpHeader.OPEN);
        out.writeByte(open.version());
        out.writeShort(open.myAs());
        out.writeShort(open.holdTimeSeconds());
        out.writeInt(open.bgpIdentifier());
        if (open.capabilities().isEmpty()) {
            out.writeByte(0);
        } else if (extended) {
            out.writeByte(OpenLayout.MAX_CLASSIC_LENGTH);
            out.writeByte(OpenLayout.EXTENDED_TYPE);
            out.writeShort(OpenLayout.EXTENDED_PARAMETER_HEADER_LENGTH + capabilitiesLength);
            out.writeByte(OpenLayout.CAPABILITIES_TYPE);
            out.writeShort(capabilitiesLength);
        } else {
            out.writeByte(OpenLayout.PARAMETER_HEADER_LENGTH + capabilitiesLength);
            out.writeByte(OpenLayout.CAPABILITIES_TYPE);
            out.writeByte(capabilitiesLength);
        }
        for (Capability capability : open.capabilities()) {
            CapabilityEncoder.write(capability, out);
        }
        BgpHeader.finish(out, start);
    }

    private static int lengthOf(List<Capability> capabilities) {
        int length = 0;
        for (Capability capability : capabilities) {
            length += CapabilityEncoder.encodedLength(capability);
        }
        return length;
    }

    private static void writeNotification(Notification notification, ByteBuf out) {
        byte[] data = notification.data();
        int start = BgpHeader.start(out, BgpHeader.NOTIFICATION);
        out.writeByte(notification.code());
        out.writeByte(notification.subcode());
        out.writeBytes(data, 0, Math.min(data.length, MAX_NOTIFICATION_DATA));
        BgpHeader.finish(out, start);
    }

    private static void writeRouteRefresh(RouteRefresh refresh, ByteBuf out) {
        int start = BgpHeader.start(out, BgpHeader.ROUTE_REFRESH);
        out.writeShort(refresh.afi());
        out.writeByte(refresh.subtype());
        out.writeByte(refresh.safi());
        BgpHeader.finish(out, start);
    }
}
