package io.tapetum.server.inquiry;

import java.time.Duration;

import io.tapetum.wire.Family;

/** What things are called in sentences for operators. */
final class Words {

    private Words() {}

    static String family(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> "IPv4";
            case IPV6_UNICAST -> "IPv6";
        };
    }

    /** In the two greatest units that there are. */
    static String time(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }

    /** One of something, or more. */
    static String count(int number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }
}
