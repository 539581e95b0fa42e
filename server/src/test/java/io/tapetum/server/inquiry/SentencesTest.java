package io.tapetum.server.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.tapetum.core.fsm.SessionState;
import io.tapetum.core.inquiry.Candidate;
import io.tapetum.core.inquiry.Findings;
import io.tapetum.core.inquiry.Findings.SessionFindings;
import io.tapetum.core.inquiry.Standing;
import io.tapetum.core.reflection.EgressVerdict;
import io.tapetum.core.reflection.GroupKey;
import io.tapetum.core.reflection.ImportRefusal;
import io.tapetum.core.session.LastError;
import io.tapetum.core.session.ManyRefused;
import io.tapetum.core.session.PeerStatus;
import io.tapetum.core.session.RefusedAnnouncement;
import io.tapetum.core.session.RestartProgress;
import io.tapetum.core.session.SessionFigures;
import io.tapetum.core.settings.ConnectMode;
import io.tapetum.core.settings.ExternalPolicy;
import io.tapetum.core.settings.ExternalPolicy.NextHopMode;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.PeerTemplate;
import io.tapetum.core.settings.Protection;
import io.tapetum.core.settings.SessionTimers;
import io.tapetum.rib.AdjRibIn;
import io.tapetum.rib.Path;
import io.tapetum.rib.RibChanges;
import io.tapetum.rib.RouteSource;
import io.tapetum.rib.log.LogEntry;
import io.tapetum.server.inquiry.Explanation.Outcome;
import io.tapetum.server.inquiry.Explanation.Stage;
import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.nlri.Prefix;

/** What operators read: who, what, how much, and what they can do. */
class SentencesTest {

    private static final Prefix PREFIX = Prefix.parse("10.3.0.0/24").orElseThrow();
    private static final Announcers ANNOUNCERS = new Announcers(List.of());
    private static final PathAttributes ATTRIBUTES = SampleAttributes.ordinary();
    private static final PeerSettings NODE_1 = settings("node-1", "10.0.0.11");
    private static final PeerSettings SPINE = settings("spine-1", "10.0.0.99");

    @Test
    void aRouteThatWasSentIsNamedWithItsSource() {
        Findings findings = found(Standing.SENT, candidate(EgressVerdict.ADMITTED, entry(true, 0)));

        assertThat(summary(findings)).startsWith("node-1 has been sent 10.3.0.0/24 with the path from 10.0.0.12.");
        assertThat(steps(findings)).extracting(Explanation.Step::stage).containsExactly(Stage.SESSION, Stage.RECEIVED,
                Stage.DECISION, Stage.REFLECTION, Stage.LOG, Stage.CURSOR, Stage.SOCKET);
        assertThat(steps(findings)).allMatch(step -> step.outcome() == Outcome.PASSED);
    }

    @Test
    void whatAPeerHasToTakeBeforeIsCounted() {
        Findings findings = found(Standing.ON_ITS_WAY, candidate(EgressVerdict.ADMITTED, entry(false, 4711)));

        assertThat(summary(findings)).contains("about 4711 octets come before it", "node-1 does not read");
        assertThat(steps(findings).getLast()).satisfies(step -> {
            assertThat(step.stage()).isEqualTo(Stage.CURSOR);
            assertThat(step.outcome()).isEqualTo(Outcome.WAITING);
        });
    }

    @Test
    void theRuleThatKeepsARouteFromAPeerIsNamedWithWhatCanBeDone() {
        Findings findings = found(Standing.WITHHELD, candidate(EgressVerdict.NO_ADVERTISE, null));

        assertThat(summary(findings)).isEqualTo("The best path of 10.3.0.0/24, from 10.0.0.12, has the community"
                + " no-advertise, so that nobody is told of it (RFC 1997). If node-1 is to have it, let 10.0.0.12 announce it"
                + " without that community.");
        assertThat(steps(findings).getLast()).satisfies(step -> {
            assertThat(step.stage()).isEqualTo(Stage.REFLECTION);
            assertThat(step.outcome()).isEqualTo(Outcome.STOPPED);
        });
    }

    @Test
    void everyRuleHasItsReasonAndItsAdvice() {
        for (EgressVerdict verdict : EgressVerdict.values()) {
            if (verdict != EgressVerdict.ADMITTED) {
                assertThat(summary(found(Standing.WITHHELD, candidate(verdict, null)))).as("%s", verdict)
                        .contains("RFC", "node-1", "10.0.0.12").doesNotContain("..").doesNotContain("null");
            }
        }
    }

    @Test
    void aRefusedAnnouncementIsExplained() {
        Findings findings = new Findings(PREFIX, Standing.REFUSED, status(SessionState.ESTABLISHED, null), session(),
                List.of(), List.of(), List.of(new RefusedAnnouncement(SPINE, 0,
                        new ImportRefusal.OwnCluster(0xE0000001), Duration.ofSeconds(5))),
                List.of());

        assertThat(summary(findings)).isEqualTo("spine-1 announces 10.3.0.0/24, but its CLUSTER_LIST has our cluster id"
                + " 224.0.0.1: it was reflected by a reflector of the same cluster. Nobody else announces it.");
        assertThat(steps(findings).getLast().text()).contains("spine-1 announced 5 s ago");
    }

    @Test
    void aPeerWithManyRefusedAnnouncementsIsNamedWhereNothingIsKnown() {
        Findings findings = new Findings(PREFIX, Standing.NO_PATH, status(SessionState.ESTABLISHED, null), session(),
                List.of(), List.of(), List.of(),
                List.of(new ManyRefused(SPINE, 100_000, new ImportRefusal.OwnCluster(0xE0000001))));

        assertThat(summary(findings)).contains("Of spine-1, 100000 announcements were refused", "224.0.0.1",
                "may have been among them");
    }

    @Test
    void whatStandsNearAPrefixThatIsNotThereIsNamed() {
        assertThat(summary(new Clues("10.0.0.0/8 from node-2", null, List.of(), false))).isEqualTo(
                "Nobody announces 10.3.0.0/24. There is the shorter 10.0.0.0/8 from node-2: was that meant?");
    }

    @Test
    void aPeerThatCannotAnnounceAPrefixThatIsNotThereIsNamed() {
        assertThat(summary(without(down("node-3", 305))))
                .isEqualTo("Nobody announces 10.3.0.0/24. One peer has no session and announces nothing: node-3"
                        + " (for 5 min 5 s); `tapetum show session node-3` says why.");
    }

    @Test
    void ofManyPeersThatCannotAnnounceItThoseThatWereLostLastAreNamed() {
        assertThat(summary(without(down("node-3", 305), down("node-4", 304))))
                .isEqualTo("Nobody announces 10.3.0.0/24. 2 peers have no session and announce nothing: node-4"
                        + " (for 5 min 4 s), node-3 (for 5 min 5 s); `tapetum show sessions` says why.");
        assertThat(summary(without(down("node-3", 305), down("node-4", 7), down("node-5", 86_400), down("node-6", 60))))
                .contains("4 peers have",
                        "node-4 (for 7 s), node-6 (for 1 min 0 s), node-3 (for 5 min 5 s) and others;");
    }

    @Test
    void whereThereAreRangesWhoHasGoneIsLookedUpAmongTheEvents() {
        assertThat(summary(new Clues(null, null, List.of(), true))).isEqualTo("Nobody announces 10.3.0.0/24. Peers of a"
                + " range are forgotten when they go; `tapetum show events --kind session-down` has them.");
    }

    @Test
    void whyEndOfRibIsHeldBackAfterARestartIsSaid() {
        Findings findings = new Findings(PREFIX, Standing.NO_PATH, status(SessionState.ESTABLISHED, null),
                session(false), List.of(), List.of(), List.of(), List.of());
        RestartProgress restart = new RestartProgress(2, Duration.ofSeconds(17), Duration.ofSeconds(30));

        assertThat(steps(findings, restart).getFirst().text())
                .endsWith("it has not been sent its End-of-RIB yet, which is"
                        + " held back for routes that may still come, for 17 s at most (restart-deferral).");
        assertThat(steps(findings, null).getFirst().text()).endsWith("it has not been sent its End-of-RIB yet.");
    }

    @Test
    void aPeerWithoutSessionIsShownWithItsStateAndError() {
        Findings findings = new Findings(PREFIX, Standing.NO_SESSION, status(SessionState.ACTIVE,
                new LastError(LastError.Kind.SOCKET, "Connection refused")), null, List.of(), List.of(), List.of(),
                List.of());

        assertThat(summary(findings)).contains("node-1 has no session for 2 min 5 s", "Active", "Connection refused");
        assertThat(steps(findings).getFirst().outcome()).isEqualTo(Outcome.STOPPED);
    }

    @Test
    void aRouteThatIsTooLongIsShownWithTheLimit() {
        Findings findings = found(Standing.TOO_LONG,
                new Candidate(path(), false, EgressVerdict.ADMITTED, true, null));

        assertThat(summary(findings)).contains("4096 octets", "RFC 8654");
    }

    private static Findings found(Standing standing, Candidate candidate) {
        return new Findings(PREFIX, standing, status(SessionState.ESTABLISHED, null), session(),
                List.of(candidate.path()), List.of(candidate), List.of(), List.of());
    }

    private static Candidate candidate(EgressVerdict verdict, @Nullable LogEntry entry) {
        return new Candidate(path(), false, verdict, false, entry);
    }

    private static LogEntry entry(boolean passed, long octetsBefore) {
        return new LogEntry(true, 1, passed, octetsBefore);
    }

    private static SessionFindings session() {
        return session(true);
    }

    private static SessionFindings session(boolean endOfRibSent) {
        GroupKey key = new GroupKey(Family.IPV4_UNICAST, PeerRole.CLIENT, 1, true, 0, true, 4096, false, 0, null, false,
                false, false);
        return new SessionFindings(key, true, endOfRibSent, 0, false, false, false);
    }

    private static Path path() {
        AdjRibIn table = new AdjRibIn(Family.IPV4_UNICAST, 1);
        table.announce(new RouteSource(1, 1, RouteSource.Kind.CLIENT, 1, 0, 0xFFFF_0A00_000CL, 1), 0, PREFIX.high(),
                0, 24, ATTRIBUTES, new RibChanges());
        Path best = table.best(PREFIX.high(), 0, 24);
        if (best == null) {
            throw new AssertionError("what was announced is there");
        }
        return best;
    }

    private static PeerStatus status(SessionState state, @Nullable LastError error) {
        return status(NODE_1, state, Duration.ofSeconds(125), error);
    }

    private static PeerStatus status(PeerSettings peer, SessionState state, Duration sinceUpOrDown,
            @Nullable LastError error) {
        return new PeerStatus(peer, false, false, state, Duration.ofSeconds(7), sinceUpOrDown, null, null, Map.of(),
                error, SessionFigures.NONE);
    }

    private static PeerStatus down(String name, long seconds) {
        return status(settings(name, "10.0.0.13"), SessionState.ACTIVE, Duration.ofSeconds(seconds), null);
    }

    private static PeerSettings settings(String name, String address) {
        SessionTimers timers = new SessionTimers(90, Duration.ofMinutes(4), Duration.ofSeconds(5),
                Duration.ofSeconds(120), Duration.ofSeconds(15), Duration.ZERO);
        PeerTemplate template = new PeerTemplate("nodes", 64512, 64512, PeerRole.CLIENT, 1, true,
                Set.of(Family.IPV4_UNICAST), ConnectMode.PASSIVE, 64, false, false, 0, false, 120, 0, timers, Map.of(),
                new ExternalPolicy(NextHopMode.SELF, NextHopMode.KEEP, false, 100, true), Protection.NONE);
        return new PeerSettings(name, InetAddress.ofLiteral(address), null, 179, template);
    }

    private static String summary(Findings findings) {
        return new Summary(findings, ANNOUNCERS, Clues.NONE).text();
    }

    /** Of a prefix that nobody announces. */
    private static String summary(Clues clues) {
        Findings findings = new Findings(PREFIX, Standing.NO_PATH, status(SessionState.ESTABLISHED, null), session(),
                List.of(), List.of(), List.of(), List.of());
        return new Summary(findings, ANNOUNCERS, clues).text();
    }

    private static Clues without(PeerStatus... sessions) {
        return new Clues(null, null, List.of(sessions), false);
    }

    private static List<Explanation.Step> steps(Findings findings) {
        return steps(findings, null);
    }

    private static List<Explanation.Step> steps(Findings findings, @Nullable RestartProgress restart) {
        return new Steps(findings, ANNOUNCERS, Clues.NONE, restart).list();
    }
}
