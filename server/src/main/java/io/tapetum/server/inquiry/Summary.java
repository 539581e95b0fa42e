package io.tapetum.server.inquiry;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.tapetum.core.inquiry.Candidate;
import io.tapetum.core.inquiry.Findings;
import io.tapetum.core.inquiry.Findings.SessionFindings;
import io.tapetum.core.inquiry.Standing;
import io.tapetum.core.session.LastError;
import io.tapetum.core.session.ManyRefused;
import io.tapetum.core.session.PeerStatus;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.rib.log.LogEntry;

/** What was found out, in a sentence or two: how it stands, and what can be done if that is not as it should be. */
final class Summary {

    private final Findings findings;
    private final Announcers announcers;
    private final Clues clues;
    private final PeerSettings peer;
    private final String prefix;

    Summary(Findings findings, Announcers announcers, Clues clues) {
        this.findings = findings;
        this.announcers = announcers;
        this.clues = clues;
        this.peer = findings.peer().peer();
        this.prefix = findings.prefix().toString();
    }

    String text() {
        return switch (findings.standing()) {
            case SENT -> sent();
            case ON_ITS_WAY -> onItsWay();
            case OWN -> "The best path of " + prefix + " is " + peer.name()
                    + "'s own, and nobody is sent back what he announced (RFC 4456 §6)." + others();
            case WITHHELD -> withheld();
            case TOO_LONG -> tooLong();
            case REFUSED -> refused();
            case NO_PATH -> "Nobody announces " + prefix + "." + withdrawing() + many() + clues.text();
            case NOT_NEGOTIATED -> peer.name() + " has a session, but does not exchange "
                    + Words.family(findings.prefix().family())
                    + " routes on it: only what both ends have configured is exchanged. Look at the families of both.";
            case NO_SESSION -> noSession(findings.peer());
        };
    }

    private String sent() {
        List<Candidate> sent = with(Standing.SENT);
        String from = sent.stream().map(this::source).distinct().collect(Collectors.joining(", "));
        return peer.name() + " has been sent " + prefix + " with " + (sent.size() == 1
                ? "the path from " + from
                : sent.size() + " paths, from " + from)
                + ". If it does not use it, look at " + peer.name()
                + ": at its import filter, and at what else it knows of it."
                + sent.stream().map(this::held).distinct().collect(Collectors.joining());
    }

    /** What is held is passed on like anything else, and may lead to a node that is gone. */
    private String held(Candidate candidate) {
        Duration heldFor = announcers.heldFor(candidate.path().source(), findings.prefix().family());
        if (heldFor == null) {
            return "";
        }
        String from = source(candidate);
        return " " + from + " lost its session " + Words.time(heldFor)
                + " ago, and its path is held until it is back, for no"
                + " longer than it asked for. If " + from + " is gone for good, `tapetum shutdown " + from
                + "` takes it away.";
    }

    private String onItsWay() {
        Candidate first = with(Standing.ON_ITS_WAY).getFirst();
        LogEntry entry = first.entry();
        SessionFindings session = findings.session();
        boolean filling = session != null && !session.complete();
        if (entry == null) {
            return prefix + (filling
                    ? " is about to be told: the table is being written for the update group of " + peer.name() + "."
                    : " has changed this very moment, and is about to be told to " + peer.name() + ".");
        }
        if (!entry.passed()) {
            return prefix + " is on its way to " + peer.name() + ": about " + entry.octetsBefore()
                    + " octets come before it. If that number does not fall, " + peer.name() + " does not read.";
        }
        return prefix + " has been handed to the connection with " + peer.name()
                + ", which has not taken everything yet. If that stays so, " + peer.name()
                + " does not read, or nothing gets through to it.";
    }

    private String withheld() {
        Candidate first = with(Standing.WITHHELD).getFirst();
        String from = source(first);
        return "The best path of " + prefix + ", from " + from + ", "
                + EgressWords.why(first.verdict(), from, peer) + ". "
                + EgressWords.advice(first.verdict(), from, peer) + "." + others();
    }

    private String tooLong() {
        Candidate first = with(Standing.TOO_LONG).getFirst();
        SessionFindings session = findings.session();
        int octets = session == null ? 0 : session.group().maxMessageLength();
        return "The attributes of " + prefix + " from " + source(first)
                + ", with what a reflector has to add, do not fit into"
                + " a message of " + octets + " octets to " + peer.name()
                + ". Let it be announced with fewer communities, or let both agree on extended messages (RFC 8654).";
    }

    private String refused() {
        return findings.refused().stream()
                .map(one -> one.peer().name() + " announces " + prefix + ", but " + one.refusal().text() + ".")
                .collect(Collectors.joining(" ")) + " Nobody else announces it.";
    }

    private String noSession(PeerStatus status) {
        LastError error = status.lastError();
        return peer.name() + " has no session" + (status.stopped()
                ? ": an operator has shut it down, and `tapetum start` lets it come back."
                : " for " + Words.time(status.sinceUpOrDown()) + ", and is " + status.state().text()
                        + (error == null ? "." : "; the last error was: " + error.text() + ".")
                        + " Without one it is sent nothing.");
    }

    private String withdrawing() {
        SessionFindings session = findings.session();
        return session != null && session.withdrawing()
                ? " It was withdrawn, and " + peer.name() + " is just being told so."
                : "";
    }

    private String many() {
        return findings.manyRefused().stream().map(this::many).collect(Collectors.joining());
    }

    private String many(ManyRefused many) {
        return " Of " + many.peer().name() + ", " + many.announcements() + " announcements were refused, more than are"
                + " remembered, the last one because " + many.last().text() + "; this one may have been among them.";
    }

    /** Where only the best is told, others may be there. */
    private String others() {
        SessionFindings session = findings.session();
        int others = findings.paths().size() - 1;
        return others > 0 && session != null && session.group().addPathSend() == 0
                ? " Of " + (others == 1 ? "another path" : others + " other paths")
                        + " it would hear only with add-path-send (RFC 7911)."
                : "";
    }

    private List<Candidate> with(Standing standing) {
        SessionFindings session = findings.session();
        boolean pending = session != null && session.pending();
        return findings.candidates().stream().filter(candidate -> candidate.standing(pending) == standing).toList();
    }

    private String source(Candidate candidate) {
        return announcers.name(candidate.path().source());
    }
}
