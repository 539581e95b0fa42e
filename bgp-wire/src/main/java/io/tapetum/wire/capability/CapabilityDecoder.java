package io.tapetum.wire.capability;

import static io.tapetum.wire.capability.CapabilityLayout.ADD_PATH_BOTH;
import static io.tapetum.wire.capability.CapabilityLayout.ADD_PATH_RECEIVE;
import static io.tapetum.wire.capability.CapabilityLayout.ADD_PATH_SEND;
import static io.tapetum.wire.capability.CapabilityLayout.FORWARDING;
import static io.tapetum.wire.capability.CapabilityLayout.FOUR_OCTET_AS_LENGTH;
import static io.tapetum.wire.capability.CapabilityLayout.MULTIPROTOCOL_LENGTH;
import static io.tapetum.wire.capability.CapabilityLayout.NEXT_HOP_TUPLE_LENGTH;
import static io.tapetum.wire.capability.CapabilityLayout.NOTIFICATION_SUPPORT;
import static io.tapetum.wire.capability.CapabilityLayout.PATH_TUPLE_LENGTH;
import static io.tapetum.wire.capability.CapabilityLayout.RESTARTING;
import static io.tapetum.wire.capability.CapabilityLayout.RESTART_TIME_LENGTH;
import static io.tapetum.wire.capability.CapabilityLayout.RESTART_TIME_MASK;
import static io.tapetum.wire.capability.CapabilityLayout.RESTART_TUPLE_LENGTH;
import static io.tapetum.wire.capability.CapabilityLayout.STALE_TUPLE_LENGTH;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;

import io.tapetum.wire.capability.Capability.AddPath;
import io.tapetum.wire.capability.Capability.EnhancedRouteRefresh;
import io.tapetum.wire.capability.Capability.ExtendedMessage;
import io.tapetum.wire.capability.Capability.ExtendedNextHop;
import io.tapetum.wire.capability.Capability.FourOctetAs;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart;
import io.tapetum.wire.capability.Capability.Multiprotocol;
import io.tapetum.wire.capability.Capability.RouteRefreshCapability;
import io.tapetum.wire.capability.Capability.Unknown;

/**
 * Reads the value of one capability.
 *
 * <p>A value whose length does not fit its code is an {@link Unknown} of that code, not an error: RFC 5492 knows no
 * error for it, says that what is not understood is ignored (§3), and a session without the capability serves both
 * sides better than none. Whether the loss of a capability would make the rest of the session unreadable is for the
 * reader of the OPEN to say.
 */
public final class CapabilityDecoder {

    private CapabilityDecoder() {}

    /**
     * Reads {@code length} octets at the absolute index {@code offset}; the indices of {@code in} stay where they are.
     *
     * @param code 0 to 255
     * @param length 0 to 255, and wholly within {@code in}
     */
    public static Capability read(int code, ByteBuf in, int offset, int length) {
        return switch (code) {
            case CapabilityCode.MULTIPROTOCOL -> length == MULTIPROTOCOL_LENGTH
                    // RFC 4760 §8: the octet between AFI and SAFI is reserved, receivers ignore it.
                    ? new Multiprotocol(in.getUnsignedShort(offset), in.getUnsignedByte(offset + 3))
                    : unknown(code, in, offset, length);
            case CapabilityCode.ROUTE_REFRESH -> length == 0
                    ? new RouteRefreshCapability()
                    : unknown(code, in, offset, length);
            case CapabilityCode.EXTENDED_NEXT_HOP -> length % NEXT_HOP_TUPLE_LENGTH == 0
                    ? extendedNextHop(in, offset, length)
                    : unknown(code, in, offset, length);
            case CapabilityCode.EXTENDED_MESSAGE -> length == 0
                    ? new ExtendedMessage()
                    : unknown(code, in, offset, length);
            case CapabilityCode.GRACEFUL_RESTART -> length % RESTART_TUPLE_LENGTH == RESTART_TIME_LENGTH
                    ? gracefulRestart(in, offset, length)
                    : unknown(code, in, offset, length);
            case CapabilityCode.FOUR_OCTET_AS -> length == FOUR_OCTET_AS_LENGTH
                    ? new FourOctetAs(in.getUnsignedInt(offset))
                    : unknown(code, in, offset, length);
            case CapabilityCode.ADD_PATH -> length % PATH_TUPLE_LENGTH == 0
                    ? addPath(in, offset, length)
                    : unknown(code, in, offset, length);
            case CapabilityCode.ENHANCED_ROUTE_REFRESH -> length == 0
                    ? new EnhancedRouteRefresh()
                    : unknown(code, in, offset, length);
            case CapabilityCode.LONG_LIVED_GRACEFUL_RESTART -> length % STALE_TUPLE_LENGTH == 0
                    ? longLivedGracefulRestart(in, offset, length)
                    : unknown(code, in, offset, length);
            default -> unknown(code, in, offset, length);
        };
    }

    private static Unknown unknown(int code, ByteBuf in, int offset, int length) {
        byte[] value = new byte[length];
        in.getBytes(offset, value);
        return new Unknown(code, value);
    }

    private static ExtendedNextHop extendedNextHop(ByteBuf in, int offset, int length) {
        List<ExtendedNextHop.NextHopTuple> tuples = new ArrayList<>();
        for (int at = offset; at < offset + length; at += NEXT_HOP_TUPLE_LENGTH) {
            // RFC 8950 §4: here, and only here, the SAFI has two octets.
            tuples.add(new ExtendedNextHop.NextHopTuple(in.getUnsignedShort(at), in.getUnsignedShort(at + 2),
                    in.getUnsignedShort(at + 4)));
        }
        return new ExtendedNextHop(tuples);
    }

    private static GracefulRestart gracefulRestart(ByteBuf in, int offset, int length) {
        int flagsAndTime = in.getUnsignedShort(offset);
        List<GracefulRestart.RestartTuple> tuples = new ArrayList<>();
        for (int at = offset + RESTART_TIME_LENGTH; at < offset + length; at += RESTART_TUPLE_LENGTH) {
            tuples.add(new GracefulRestart.RestartTuple(in.getUnsignedShort(at), in.getUnsignedByte(at + 2),
                    (in.getUnsignedByte(at + 3) & FORWARDING) != 0));
        }
        return new GracefulRestart((flagsAndTime & RESTARTING) != 0, (flagsAndTime & NOTIFICATION_SUPPORT) != 0,
                flagsAndTime & RESTART_TIME_MASK, tuples);
    }

    private static AddPath addPath(ByteBuf in, int offset, int length) {
        List<AddPath.PathTuple> tuples = new ArrayList<>();
        for (int at = offset; at < offset + length; at += PATH_TUPLE_LENGTH) {
            int sendReceive = in.getUnsignedByte(at + 3);
            // RFC 7911 §4: another value is not understood and ignored; the other families of the list still count.
            if (sendReceive >= ADD_PATH_RECEIVE && sendReceive <= ADD_PATH_BOTH) {
                tuples.add(new AddPath.PathTuple(in.getUnsignedShort(at), in.getUnsignedByte(at + 2),
                        (sendReceive & ADD_PATH_RECEIVE) != 0, (sendReceive & ADD_PATH_SEND) != 0));
            }
        }
        return new AddPath(tuples);
    }

    private static LongLivedGracefulRestart longLivedGracefulRestart(ByteBuf in, int offset, int length) {
        List<LongLivedGracefulRestart.StaleTuple> tuples = new ArrayList<>();
        for (int at = offset; at < offset + length; at += STALE_TUPLE_LENGTH) {
            tuples.add(new LongLivedGracefulRestart.StaleTuple(in.getUnsignedShort(at), in.getUnsignedByte(at + 2),
                    (in.getUnsignedByte(at + 3) & FORWARDING) != 0, in.getUnsignedMedium(at + 4)));
        }
        return new LongLivedGracefulRestart(tuples);
    }
}
