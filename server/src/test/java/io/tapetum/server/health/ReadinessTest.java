package io.tapetum.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.tapetum.core.session.FamilyFigures;
import io.tapetum.core.session.RestartProgress;
import io.tapetum.core.session.SessionFigures;
import io.tapetum.core.session.Traffic;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.reflector.Agreement;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.PeerOrigin;
import io.tapetum.server.source.SourceStatus;
import io.tapetum.server.source.SourceStatus.State;
import io.tapetum.wire.Family;

class ReadinessTest {

    private static final InetAddress ADDRESS = InetAddress.ofLiteral("10.0.0.2");
    private static final RestartProgress RESTARTING = new RestartProgress(1, Duration.ofSeconds(90),
            Duration.ofSeconds(240));

    private static final SessionStatus TOLD = up(Family.IPV4_UNICAST, true);
    private static final SessionStatus UNTOLD = up(Family.IPV6_UNICAST, false);
    private static final SessionStatus DOWN = down(PeerOrigin.CONFIGURED, false);
    private static final SessionStatus STOPPED = down(PeerOrigin.CONFIGURED, true);
    private static final SessionStatus GUEST = down(PeerOrigin.RANGE, false);

    private static SessionStatus up(Family family, boolean endOfRibSent) {
        return session(PeerOrigin.CONFIGURED, false,
                new Agreement(ADDRESS, "10.0.0.2", 90, 30, Set.of(family), List.of(), List.of()),
                Map.of(family, new FamilyFigures(1, 0, Duration.ZERO, true, endOfRibSent)));
    }

    private static SessionStatus down(PeerOrigin origin, boolean stopped) {
        return session(origin, stopped, null, Map.of());
    }

    private static SessionStatus session(PeerOrigin origin, boolean stopped, @Nullable Agreement agreement,
            Map<Family, FamilyFigures> families) {
        return new SessionStatus("node-2", origin, ADDRESS, 179, 64512, PeerRole.CLIENT, Protection.NONE,
                agreement == null ? "Active" : "Established", stopped, Duration.ofSeconds(1), Instant.EPOCH, null, null,
                agreement, Map.of(), new SessionFigures(Traffic.NONE, Traffic.NONE, 1, Map.of(), null, null, families,
                        Map.of()));
    }

    private static SourceStatus source(State state) {
        return new SourceStatus("etcd at 10.0.0.9", state, Duration.ofSeconds(5), "Connection refused", List.of());
    }

    private static Readiness serving(@Nullable RestartProgress restart, SessionStatus... sessions) {
        return new Readiness(true, false, List.of(), false, restart, List.of(sessions));
    }

    private static Readiness from(boolean listening, State state) {
        return new Readiness(listening, false, List.of(source(State.LIVE), source(state)), false, null, List.of());
    }

    static Stream<Arguments> moments() {
        return Stream.of(
                Arguments.of("nobody is there and nobody is waited for", serving(null), ""),
                Arguments.of("everybody has been told everything", serving(null, TOLD, TOLD), ""),
                Arguments.of("the restart is over without some", serving(null, TOLD, DOWN), ""),
                Arguments.of("somebody has not been told everything", serving(null, TOLD, UNTOLD), "converged"),
                Arguments.of("somebody is waited for", serving(RESTARTING, TOLD, DOWN), "converged"),
                Arguments.of("all are up before the restart is over", serving(RESTARTING, TOLD, TOLD), ""),
                Arguments.of("all are up and nobody has been told", serving(RESTARTING, UNTOLD, UNTOLD), "converged"),
                Arguments.of("who was stopped is not waited for", serving(RESTARTING, TOLD, STOPPED), ""),
                Arguments.of("who comes unasked is not waited for", serving(RESTARTING, TOLD, GUEST), ""),
                Arguments.of("it had converged before",
                        new Readiness(true, false, List.of(), true, RESTARTING, List.of(UNTOLD, DOWN)), ""),
                Arguments.of("it is being drained",
                        new Readiness(true, true, List.of(), true, null, List.of(TOLD)), "in-service"),
                Arguments.of("nothing listens", new Readiness(false, false, List.of(), false, null, List.of()),
                        "listening converged"),
                Arguments.of("a source is being read", from(false, State.SYNCING), "listening sources converged"),
                Arguments.of("a source was never read", from(false, State.LOST), "listening sources converged"),
                Arguments.of("a source is lost after it was read", from(true, State.LOST), ""),
                Arguments.of("a source is frozen after it was read", from(true, State.FROZEN), ""),
                Arguments.of("a source is being read again", from(true, State.SYNCING), ""));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("moments")
    void it_is_ready_unless(String when, Readiness readiness, String failed) {
        Verdict verdict = readiness.verdict();

        assertThat(verdict.checks()).as(when).extracting(Check::name).containsExactly("listening", "sources",
                "converged", "in-service");
        assertThat(verdict.checks().stream().filter(check -> !check.passed()).map(Check::name)).as(when)
                .containsExactly(failed.isEmpty() ? new String[0] : failed.split(" ", -1));
        assertThat(verdict.passed()).as(when).isEqualTo(failed.isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moments")
    void nobody_learns_names_or_addresses(String when, Readiness readiness, String failed) {
        assertThat(readiness.verdict().checks()).as(when + failed).noneMatch(check -> check.text()
                .matches(".*(node-2|10\\.0\\.0|etcd|Connection).*"));
    }

    @Test
    void who_waits_learns_for_what_and_for_how_long() {
        assertThat(converged(serving(RESTARTING, TOLD, DOWN)))
                .isEqualTo("peers that are not up yet: 1; they are waited for, for 90 s at most");
        assertThat(converged(serving(RESTARTING, UNTOLD, UNTOLD)))
                .isEqualTo("peers that are up and have not been sent everything: 2; End-of-RIB is held back for routes"
                        + " that may still come, for 90 s at most (restart-deferral)");
        assertThat(converged(serving(null, TOLD, UNTOLD)))
                .isEqualTo("peers that are up and have not been sent everything: 1");
    }

    private static String converged(Readiness readiness) {
        return readiness.verdict().checks().get(2).text();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moments")
    void what_has_failed_says_why(String when, Readiness readiness, String failed) {
        assertThat(readiness.verdict().checks()).as(when + failed)
                .allMatch(check -> check.passed() || !check.text().isEmpty());
    }
}
