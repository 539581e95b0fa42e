package io.tapetum.wire.capability;

import static io.tapetum.wire.capability.CapabilityLayout.ADD_PATH_RECEIVE;
import static io.tapetum.wire.capability.CapabilityLayout.ADD_PATH_SEND;
import static io.tapetum.wire.capability.CapabilityLayout.FORWARDING;
import static io.tapetum.wire.capability.CapabilityLayout.FOUR_OCTET_AS_LENGTH;
import static io.tapetum.wire.capability.CapabilityLayout.HEADER_LENGTH;
import static io.tapetum.wire.capability.CapabilityLayout.MAX_VALUE_LENGTH;
import static io.tapetum.wire.capability.CapabilityLayout.MULTIPROTOCOL_LENGTH;
import static io.tapetum.wire.capability.CapabilityLayout.NEXT_HOP_TUPLE_LENGTH;
import static io.tapetum.wire.capability.CapabilityLayout.NOTIFICATION_SUPPORT;
import static io.tapetum.wire.capability.CapabilityLayout.PATH_TUPLE_LENGTH;
import static io.tapetum.wire.capability.CapabilityLayout.RESTARTING;
import static io.tapetum.wire.capability.CapabilityLayout.RESTART_TIME_LENGTH;
import static io.tapetum.wire.capability.CapabilityLayout.RESTART_TUPLE_LENGTH;
import static io.tapetum.wire.capability.CapabilityLayout.STALE_TUPLE_LENGTH;

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

/** Writes one capability: code, length and value. */
public final class CapabilityEncoder {

    private CapabilityEncoder() {}

    /**
     * Octets that {@link #write} appends: 2 to 257.
     *
     * @throws IllegalArgumentException if the value needs more than the 255 octets that its length field can say
     */
    public static int encodedLength(Capability capability) {
        int length = valueLength(capability);
        if (length > MAX_VALUE_LENGTH) {
            throw new IllegalArgumentException("capability " + code(capability) + " needs " + length
                    + " octets, at most " + MAX_VALUE_LENGTH + " can be sent");
        }
        return HEADER_LENGTH + length;
    }

    /**
     * Appends the capability.
     *
     * @throws IllegalArgumentException as {@link #encodedLength}; nothing was written then
     */
    public static void write(Capability capability, ByteBuf out) {
        int length = encodedLength(capability) - HEADER_LENGTH;
        out.writeByte(code(capability));
        out.writeByte(length);
        writeValue(capability, out);
    }

    private static int code(Capability capability) {
        return switch (capability) {
            case Multiprotocol _ -> CapabilityCode.MULTIPROTOCOL;
            case RouteRefreshCapability _ -> CapabilityCode.ROUTE_REFRESH;
            case ExtendedNextHop _ -> CapabilityCode.EXTENDED_NEXT_HOP;
            case ExtendedMessage _ -> CapabilityCode.EXTENDED_MESSAGE;
            case GracefulRestart _ -> CapabilityCode.GRACEFUL_RESTART;
            case FourOctetAs _ -> CapabilityCode.FOUR_OCTET_AS;
            case AddPath _ -> CapabilityCode.ADD_PATH;
            case EnhancedRouteRefresh _ -> CapabilityCode.ENHANCED_ROUTE_REFRESH;
            case LongLivedGracefulRestart _ -> CapabilityCode.LONG_LIVED_GRACEFUL_RESTART;
            case Unknown unknown -> unknown.code();
        };
    }

    private static int valueLength(Capability capability) {
        return switch (capability) {
            case Multiprotocol _ -> MULTIPROTOCOL_LENGTH;
            case RouteRefreshCapability _,ExtendedMessage _,EnhancedRouteRefresh _ -> 0;
            case ExtendedNextHop nextHop -> NEXT_HOP_TUPLE_LENGTH * nextHop.tuples().size();
            case GracefulRestart restart -> RESTART_TIME_LENGTH + RESTART_TUPLE_LENGTH * restart.tuples().size();
            case FourOctetAs _ -> FOUR_OCTET_AS_LENGTH;
            case AddPath addPath -> PATH_TUPLE_LENGTH * addPath.tuples().size();
            case LongLivedGracefulRestart longLived -> STALE_TUPLE_LENGTH * longLived.tuples().size();
            case Unknown unknown -> unknown.value().length;
        };
    }

    private static void writeValue(Capability capability, ByteBuf out) {
        switch (capability) {
            case Multiprotocol family -> {
                out.writeShort(family.afi());
                out.writeByte(0);
                out.writeByte(family.safi());
            }
            case RouteRefreshCapability _,ExtendedMessage _,EnhancedRouteRefresh _ -> {
                // The code says it all.
            }
            case ExtendedNextHop nextHop -> nextHop.tuples().forEach(tuple -> {
                out.writeShort(tuple.afi());
                out.writeShort(tuple.safi());
                out.writeShort(tuple.nextHopAfi());
            });
            case GracefulRestart restart -> {
                out.writeShort((restart.restarting() ? RESTARTING : 0)
                        | (restart.notificationSupport() ? NOTIFICATION_SUPPORT : 0) | restart.restartTimeSeconds());
                restart.tuples().forEach(tuple -> {
                    out.writeShort(tuple.afi());
                    out.writeByte(tuple.safi());
                    out.writeByte(tuple.forwarding() ? FORWARDING : 0);
                });
            }
            case FourOctetAs as -> out.writeInt((int) as.as());
            case AddPath addPath -> addPath.tuples().forEach(tuple -> {
                out.writeShort(tuple.afi());
                out.writeByte(tuple.safi());
                out.writeByte((tuple.receive() ? ADD_PATH_RECEIVE : 0) | (tuple.send() ? ADD_PATH_SEND : 0));
            });
            case LongLivedGracefulRestart longLived -> longLived.tuples().forEach(tuple -> {
                out.writeShort(tuple.afi());
                out.writeByte(tuple.safi());
                out.writeByte(tuple.forwarding() ? FORWARDING : 0);
                out.writeMedium(tuple.staleTimeSeconds());
            });
            case Unknown unknown -> out.writeBytes(unknown.value());
        }
    }
}
