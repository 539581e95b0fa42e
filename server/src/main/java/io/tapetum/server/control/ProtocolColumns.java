package io.tapetum.server.control;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.tapetum.server.reflector.SessionStatus;

/** What BIRD says of a session in a line. */
public final class ProtocolColumns {

    /** A time of day says little about what began longer ago; a date takes its place then. */
    private static final Duration TIME_OF_DAY = Duration.ofHours(20);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT);

    private ProtocolColumns() {}

    /** {@code up}; {@code start} while that is tried; {@code down} if it is not. */
    public static String state(SessionStatus session) {
        return session.isUp() ? "up" : session.stopped() ? "down" : "start";
    }

    /** Since when that is so: {@code HH:MM:SS}, or {@code YYYY-MM-DD} if it is longer than 20 hours ago. */
    public static String since(SessionStatus session, Instant now, ZoneId zone) {
        boolean recent = Duration.between(session.since(), now).compareTo(TIME_OF_DAY) < 0;
        return (recent ? TIME : DATE).format(session.since().atZone(zone));
    }

    /** Where the state machine stands. */
    public static String bgpState(SessionStatus session) {
        return session.stopped() ? "Down" : session.state();
    }

    /** Why it is not up, if that is known; else empty. */
    public static String error(SessionStatus session) {
        return session.isUp() || session.stopped() || session.lastError() == null ? "" : session.lastError();
    }
}
