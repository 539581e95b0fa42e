package io.tapetum.server.inquiry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.inquiry.Candidate;
import io.tapetum.core.inquiry.Findings;
import io.tapetum.core.inquiry.Findings.SessionFindings;
import io.tapetum.core.inquiry.Standing;
import io.tapetum.core.reflection.EgressVerdict;
import io.tapetum.core.session.PeerStatus;
import io.tapetum.core.session.RestartProgress;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.rib.BestPath;
import io.tapetum.rib.DecisionReason;
import io.tapetum.rib.Path;
import io.tapetum.rib.log.LogEntry;
import io.tapetum.server.inquiry.Explanation.Outcome;
import io.tapetum.server.inquiry.Explanation.Stage;

/** The way of a prefix to a peer, step by step, as far as it gets. */
final class Steps {

    /** Of more paths than this only the number is told. */
    private static final int MAX_LISTED = 8;

    private final Findings findings;
    private final Announcers announcers;
    private final Clues clues;
    private final @Nullable RestartProgress restart;
    private final PeerSettings peer;
    private final String prefix;
    private final List<Explanation.Step> steps = new ArrayList<>();

    /** @param restart how far the reflector is with its own, or {@code null} if that is over */
    Steps(Findings findings, Announcers announcers, Clues clues, @Nullable RestartProgress restart) {
        this.findings = findings;
        this.announcers = announcers;
        this.clues = clues;
        this.restart = restart;
        this.peer = findings.peer().peer();
        this.prefix = findings.prefix().toString();
    }

    List<Explanation.Step> list() {
        SessionFindings session = findings.session();
        // Where there is no session one still wants to know whether there is a route.
        boolean goesOn = session(session);
        goesOn &= received();
        if (findings.paths().isEmpty()) {
            return steps;
        }
        decision();
        if (goesOn && session != null && reflection(session)) {
            log(session);
        }
        return steps;
    }

    private boolean session(@Nullable SessionFindings session) {
        PeerStatus status = findings.peer();
        if (session == null) {
            boolean up = findings.standing() == Standing.NOT_NEGOTIATED;
            add(Stage.SESSION, Outcome.STOPPED, up
                    ? peer.name() + " is Established, but exchanges no " + Words.family(findings.prefix().family())
                            + " routes."
                    : peer.name() + " is " + status.state().text() + " and has had no session for "
                            + Words.time(status.sinceUpOrDown()) + ".");
            return false;
        }
        add(Stage.SESSION, Outcome.PASSED, peer.name() + " has been Established for "
                + Words.time(status.sinceUpOrDown()) + " and exchanges " + Words.family(findings.prefix().family())
                + " routes; " + (session.endOfRibSent()
                        ? "it has been sent the whole table and its End-of-RIB."
                        : "it has not been sent its End-of-RIB yet" + heldBack() + ".")
                + (session.ignored()
                        ? " What it announces itself is ignored since it sent routes that could not be read (RFC 7606 §2)."
                        : ""));
        return true;
    }

    private String heldBack() {
        return restart == null
                ? ""
                : ", which is held back for routes that may still come, for " + Words.time(restart.left())
                        + " at most (restart-deferral)";
    }

    private boolean received() {
        List<Path> paths = findings.paths();
        String refused = findings.refused().stream()
                .map(one -> " What " + one.peer().name() + " announced " + Words.time(one.age())
                        + " ago may not be used: " + one.refusal().text() + ".")
                .collect(Collectors.joining());
        if (paths.isEmpty()) {
            add(Stage.RECEIVED, Outcome.STOPPED, "There is no path of " + prefix + " that may be used." + refused
                    + findings.manyRefused().stream().map(many -> " Of " + many.peer().name() + ", "
                            + many.announcements() + " announcements were refused, the last one because "
                            + many.last().text() + ".").collect(Collectors.joining())
                    + clues.text());
            return false;
        }
        add(Stage.RECEIVED, Outcome.PASSED, Words.count(paths.size(), "path") + " of " + prefix + " may be used, from "
                + paths.stream().limit(MAX_LISTED).map(this::announced).collect(Collectors.joining(", "))
                + (paths.size() > MAX_LISTED ? " and others" : "") + "." + refused);
        return true;
    }

    private String announced(Path path) {
        Duration heldFor = announcers.heldFor(path.source(), findings.prefix().family());
        return announcers.name(path.source())
                + (heldFor == null ? "" : " (held of a session that was lost " + Words.time(heldFor) + " ago)");
    }

    private void decision() {
        Path best = findings.paths().getFirst();
        String from = announcers.name(best.source());
        if (findings.paths().size() == 1) {
            add(Stage.DECISION, Outcome.PASSED, "The one from " + from + " is the best, for there is no other.");
            return;
        }
        String won = findings.paths().stream().skip(1).limit(MAX_LISTED)
                .map(path -> announcers.name(path.source()) + " by "
                        + rung(BestPath.lostBy(best, path)))
                .collect(Collectors.joining(", from "));
        add(Stage.DECISION, Outcome.PASSED, "The one from " + from + " is the best; it won against that from " + won
                + (findings.paths().size() > MAX_LISTED + 1 ? ", and against others." : "."));
    }

    private boolean reflection(SessionFindings session) {
        List<String> told = new ArrayList<>();
        boolean any = false;
        for (Candidate candidate : findings.candidates()) {
            String from = announcers.name(candidate.path().source());
            any |= !candidate.own() && candidate.verdict() == EgressVerdict.ADMITTED;
            told.add(candidate.own()
                    ? "The one from " + from + " is its own, which it is not sent back (RFC 4456 §6)."
                    : "The one from " + from + " " + EgressWords.why(candidate.verdict(), from, peer) + ".");
        }
        String several = session.group().addPathSend() > 0
                ? " " + peer.name() + " is told of several paths of a prefix (RFC 7911)."
                : "";
        add(Stage.REFLECTION, any ? Outcome.PASSED : Outcome.STOPPED,
                told.stream().limit(MAX_LISTED).collect(Collectors.joining(" ")) + several);
        return any;
    }

    /** The path that has come furthest. */
    private void log(SessionFindings session) {
        Candidate candidate = furthest(session.pending());
        String from = announcers.name(candidate.path().source());
        if (candidate.tooLong()) {
            add(Stage.LOG, Outcome.STOPPED, "With what a reflector has to add, the attributes of the one from " + from
                    + " do not fit into a message of " + session.group().maxMessageLength() + " octets.");
            return;
        }
        LogEntry entry = candidate.entry();
        if (entry == null) {
            add(Stage.LOG, Outcome.WAITING, session.complete()
                    ? "It is just being written into the log of the update group."
                    : "The log of the update group is new, and the table is being written into it.");
            return;
        }
        add(Stage.LOG, Outcome.PASSED, "The one from " + from + " stands in the log of the update group.");
        if (!entry.passed()) {
            add(Stage.CURSOR, Outcome.WAITING, peer.name() + " has about " + entry.octetsBefore()
                    + " octets to take before it, and " + session.lagOctets() + " in all.");
            return;
        }
        add(Stage.CURSOR, Outcome.PASSED, peer.name() + " has been handed it.");
        add(Stage.SOCKET, session.pending() ? Outcome.WAITING : Outcome.PASSED, session.pending()
                ? "The kernel has not taken everything that was handed to the connection; this may be among it."
                : "The kernel has taken everything that was handed to the connection.");
    }

    private Candidate furthest(boolean pending) {
        for (Standing standing : List.of(Standing.SENT, Standing.ON_ITS_WAY, Standing.TOO_LONG)) {
            for (Candidate candidate : findings.candidates()) {
                if (candidate.standing(pending) == standing) {
                    return candidate;
                }
            }
        }
        throw new IllegalStateException("no path is passed on");
    }

    /** What the rung compares, as the end of "it won by". */
    private static String rung(DecisionReason reason) {
        return switch (reason) {
            case NOT_STALE -> "not being long-lived stale";
            case LOCAL_PREF -> "the higher local preference";
            case AS_PATH_LENGTH -> "the shorter AS path";
            case ORIGIN -> "the lower origin";
            case MED -> "the lower MED within the neighbouring AS";
            case EXTERNAL -> "coming from another AS";
            case IDENTIFIER -> "the lower originator or identifier";
            case CLUSTER_LIST -> "the shorter cluster list";
            case PEER_ADDRESS -> "the lower peer address";
            case PATH_ID -> "the lower path identifier";
            case PEER_ID, SAME -> "being there first";
        };
    }

    private void add(Stage stage, Outcome outcome, String text) {
        steps.add(new Explanation.Step(stage, outcome, text));
    }
}
