package io.tapetum.server.health;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.session.FamilyFigures;
import io.tapetum.core.session.RestartProgress;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.source.PeerOrigin;
import io.tapetum.server.source.SourceStatus;

/**
 * What readiness depends on, at one moment.
 *
 * @param listening whether peers can connect, which also means that every source of peers has been read
 * @param draining whether the reflector is being taken out of service
 * @param sources of peers
 * @param convergedBefore whether it had converged before; then it has, whoever comes later
 * @param restart how far its restart is, or {@code null} if it is over
 * @param sessions every one
 */
record Readiness(boolean listening, boolean draining, List<SourceStatus> sources, boolean convergedBefore,
        @Nullable RestartProgress restart, List<SessionStatus> sessions) {

    Verdict verdict() {
        return Verdict.of(listeningCheck(), sourcesCheck(), convergedCheck(), inServiceCheck());
    }

    /** Whether everybody who is connected has been sent everything, and nobody else is waited for. */
    boolean converged() {
        return convergedBefore || listening && waitedFor() == 0 && untold() == 0;
    }

    private Check listeningCheck() {
        return listening
                ? Check.passed("listening")
                : Check.failed("listening", "nothing listens before all peers are known");
    }

    /** A source that was read and is lost is no reason to leave: the peers stay as they were, here and anywhere else. */
    private Check sourcesCheck() {
        long notLive = sources.stream().filter(source -> source.state() != SourceStatus.State.LIVE).count();
        if (notLive == 0) {
            return Check.passed("sources");
        }
        String count = notLive + " of " + sources.size();
        return listening
                ? new Check("sources", true, count + " cannot be followed at present; their peers stay as they were")
                : Check.failed("sources", count + " have not been read");
    }

    private Check convergedCheck() {
        if (converged()) {
            return Check.passed("converged");
        }
        if (!listening) {
            return Check.failed("converged", "there are no sessions yet");
        }
        String untold = "peers that are up and have not been sent everything: " + untold();
        if (restart == null) {
            return Check.failed("converged", untold);
        }
        String left = ", for " + restart.left().toSeconds() + " s at most";
        return Check.failed("converged", waitedFor() > 0
                ? "peers that are not up yet: " + waitedFor() + "; they are waited for" + left
                : untold + "; End-of-RIB is held back for routes that may still come" + left + " (restart-deferral)");
    }

    private Check inServiceCheck() {
        return draining
                ? Check.failed("in-service", "the reflector is being drained")
                : Check.passed("in-service");
    }

    /** Peers that ought to be there and are not, as long as the restart waits for anybody. */
    private long waitedFor() {
        return restart == null
                ? 0
                : sessions.stream().filter(session -> session.origin() != PeerOrigin.RANGE && !session.stopped()
                        && !session.isUp()).count();
    }

    /** Peers that are up and have not been sent the end of some table. */
    private long untold() {
        return sessions.stream().filter(session -> !session.families().stream()
                .map(session.figures().families()::get)
                .allMatch(Readiness::toldAll)).count();
    }

    private static boolean toldAll(@Nullable FamilyFigures figures) {
        return figures != null && figures.endOfRibSent();
    }
}
