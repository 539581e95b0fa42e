package io.tapetum.server.control;

import java.net.Inet6Address;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.tapetum.core.session.RestartProgress;
import io.tapetum.server.reflector.ReflectorStatus;
import io.tapetum.server.reflector.RunningReflector;

/** Answers commands about the sessions of one IP version. Thread-safe. */
final class Console {

    /** Whose words these are; clients read the version as a number behind the name. */
    private static final String BIRD = "BIRD 1.6.8";

    private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss",
            Locale.ROOT);

    private final RunningReflector reflector;
    private final boolean ipv6;
    private final InstantSource clock;
    private final ZoneId zone;
    private final String name;

    /**
     * A console.
     *
     * @param ipv6 whether it is about sessions over IPv6, or over IPv4
     * @param version our own
     * @param zone in which times are told
     */
    Console(RunningReflector reflector, boolean ipv6, String version, InstantSource clock, ZoneId zone) {
        this.reflector = reflector;
        this.ipv6 = ipv6;
        this.clock = clock;
        this.zone = zone;
        this.name = BIRD + " (Tapetum " + version + ")";
    }

    /** What a client hears first. */
    String greeting() {
        return Reply.of(1, name + " ready.");
    }

    /** The whole reply to a command, which is a line without its end. */
    String answer(String line) {
        return switch (ControlCommand.read(line)) {
            case ControlCommand.ShowStatus _ -> status(reflector.status());
            case ControlCommand.ShowProtocols show -> ProtocolsReply.of(
                    ProtocolNames.of(reflector.sessions().stream()
                            .filter(session -> session.address() instanceof Inet6Address == ipv6).toList()),
                    show.selection(), show.all(), clock.instant(), zone);
            case ControlCommand.Restrict _ -> Reply.of(16, "Access restricted");
            case ControlCommand.Change _ -> Reply.of(8007, "Access denied");
            case ControlCommand.Unknown _ -> Reply.of(9001, "syntax error");
        };
    }

    private String status(ReflectorStatus status) {
        Reply reply = new Reply().line(1000, name).line(1011, "Router ID is " + status.routerId())
                .line(1011, "Current server time is " + shown(clock.instant()))
                .line(1011, "Last reboot on " + shown(status.started()))
                .line(1011, "Last reconfiguration on " + shown(status.configured()));
        RestartProgress restart = status.restart();
        if (restart != null) {
            reply.line(24, "Graceful restart recovery in progress")
                    .line(24, "  Waiting for " + restart.waitingFor() + " protocols to recover")
                    .line(24, "  Wait timer is " + restart.left().toSeconds() + "/" + restart.limit().toSeconds());
        }
        return reply.end(13, "Daemon is up and running");
    }

    private String shown(Instant time) {
        return DATE_AND_TIME.format(time.atZone(zone));
    }
}
