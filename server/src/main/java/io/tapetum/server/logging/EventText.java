package io.tapetum.server.logging;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.netty.util.NetUtil;

import io.tapetum.core.fsm.Negotiated;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeError;

/** How events are put into words. */
final class EventText {

    private EventText() {}

    /** What a session was agreed on. */
    static String agreed(Negotiated negotiated) {
        StringBuilder text = new StringBuilder();
        text.append("AS ").append(negotiated.peerAs()).append(", id ")
                .append(NetUtil.intToIpAddress(negotiated.peerIdentifier())).append(", ");
        text.append(negotiated.families().stream().sorted().map(EventText::text).collect(Collectors.joining("+")));
        text.append(", hold time ").append(negotiated.holdTimeSeconds()).append(" s");
        if (!negotiated.addPathReceive().isEmpty()) {
            text.append(", add-path from it");
        }
        if (!negotiated.addPathSend().isEmpty()) {
            text.append(", add-path to it");
        }
        if (negotiated.extendedMessages()) {
            text.append(", extended messages");
        }
        if (!negotiated.fourOctetAs()) {
            text.append(", two-octet AS numbers");
        }
        return text.toString();
    }

    static String text(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> "IPv4";
            case IPV6_UNICAST -> "IPv6";
        };
    }

    static String text(List<AttributeError> errors) {
        return errors.stream().map(EventText::text).collect(Collectors.joining("; "));
    }

    private static String text(AttributeError error) {
        String outcome = switch (error.outcome()) {
            case ATTRIBUTE_DISCARD -> "attribute ignored";
            case TREAT_AS_WITHDRAW -> "its routes count as withdrawn";
            case FAMILY_DISABLE -> "its address family is given up";
        };
        return error.text() + " (" + outcome + ")";
    }

    /** In the two or three units that matter. */
    static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 86400 + " d " + seconds / 3600 % 24 + " h " + seconds / 60 % 60 + " min";
    }
}
