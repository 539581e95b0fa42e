package io.tapetum.server.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import io.netty.util.NetUtil;

import io.tapetum.core.session.MessageCounts;
import io.tapetum.core.session.SessionFigures;
import io.tapetum.core.settings.Protection;
import io.tapetum.server.admin.Json;
import io.tapetum.server.reflector.Agreement;
import io.tapetum.server.reflector.NotificationCode;
import io.tapetum.server.reflector.SessionStatus;

/** Everything about a session, from what matters most on. */
public final class SessionPage {

    private static final String INDENT = "  ";

    private final SessionStatus session;
    private final SessionFigures figures;
    private final Screen screen;

    private SessionPage(SessionStatus session, Screen screen) {
        this.session = session;
        this.figures = session.figures();
        this.screen = screen;
    }

    public static void print(SessionStatus session, Screen screen) {
        new SessionPage(session, screen).print();
    }

    private void print() {
        state();
        lastError();
        held();
        agreed();
        families();
        messages();
    }

    private void state() {
        new Facts(session.name())
                .add("Address", NetUtil.toAddressString(session.address()) + ", port " + session.port())
                .add("AS", session.as() + ", " + Json.word(session.role()))
                .add("Exists because", session.origin().text())
                .add("Protection", protection(session.protection()))
                .add("State", SessionTable.state(session))
                .add("For", Words.duration(session.uptime()) + "; " + (session.isUp() ? "up" : "not up") + " since "
                        + screen.time(session.since()))
                .add("Came up", Words.count(figures.ups(), "time"))
                .add("Went down", downs())
                .print(screen);
    }

    private String downs() {
        String causes = figures.downs().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(cause -> Json.word(cause.getKey()) + " " + cause.getValue()).collect(Collectors.joining(", "));
        long all = figures.downs().values().stream().mapToLong(Long::longValue).sum();
        return Words.count(all, "time") + (causes.isEmpty() ? "" : ": " + causes);
    }

    private static String protection(Protection protection) {
        List<String> words = new ArrayList<>();
        if (protection.isSigned()) {
            words.add("TCP-MD5 with the key " + protection.key());
        }
        if (protection.checksTtl()) {
            words.add("at most " + Words.count(protection.ttlSecurityHops(), "hop") + " away (TTL "
                    + protection.minimumTtl() + " or more)");
        }
        return words.isEmpty() ? "none" : String.join("; ", words);
    }

    private void lastError() {
        String error = session.lastError();
        if (error == null) {
            return;
        }
        screen.line();
        Facts facts = new Facts("Last error").add("Error", new Cell(error, session.isUp() ? Ink.FAINT : Ink.BAD));
        NotificationCode code = session.lastErrorCode();
        if (code != null) {
            facts.add("NOTIFICATION", "code " + code.code() + ", subcode " + code.subcode() + ": "
                    + NotificationMeaning.name(code)).add("Meaning", NotificationMeaning.of(code));
        }
        facts.print(screen);
    }

    private void held() {
        if (figures.held().isEmpty()) {
            return;
        }
        screen.line();
        screen.title("Held for the peer until it is back");
        new TreeMap<>(figures.held()).forEach((family, held) -> screen.line(INDENT + Json.word(family) + ": "
                + Words.count(held.paths(), "path") + " for " + Words.duration(held.since())
                + (held.longLived() ? ", by now as a last resort (long-lived graceful restart)" : "")));
    }

    private void agreed() {
        Agreement agreement = session.agreement();
        if (agreement == null) {
            return;
        }
        screen.line();
        new Facts("Negotiated")
                .add("Our address", NetUtil.toAddressString(agreement.localAddress()))
                .add("Identifier of the peer", agreement.peerIdentifier())
                .add("Hold time", agreement.holdTimeSeconds() == 0
                        ? "none"
                        : agreement.holdTimeSeconds() + "s" + (figures.holdLeft() == null
                                ? ""
                                : ", of which " + Words.duration(figures.holdLeft()) + " are left"))
                .add("Keepalive", agreement.keepaliveSeconds() == 0
                        ? "none"
                        : "every " + agreement.keepaliveSeconds() + "s")
                .add("Send hold time", figures.sendHoldLeft() == null
                        ? "not running: the peer takes what it is sent"
                        : Words.duration(figures.sendHoldLeft()) + " left: the peer does not take what it is sent")
                .add("The peer can", words(agreement.peerCapabilities()))
                .add("The session is", words(agreement.traits()))
                .print(screen);
    }

    private static String words(List<String> words) {
        return words.isEmpty() ? "-" : String.join(", ", words);
    }

    private void families() {
        if (session.routes().isEmpty()) {
            return;
        }
        screen.line();
        screen.title("Families");
        Columns lag = new Columns(List.of("FAMILY", "GROUP", "LAG", "NOT YET SENT", "EOR RECEIVED", "EOR SENT"));
        new TreeMap<>(figures.families()).forEach((family, now) -> lag.addCells(List.of(Cell.of(Json.word(family)),
                Cell.of(now.group()),
                now.lag().isZero() ? Cell.of("-") : new Cell(Words.delay(now.lag()), Ink.DOUBTFUL),
                Cell.of(Words.octets(now.lagOctets())), told(now.endOfRibReceived()), told(now.endOfRibSent()))));
        if (!lag.isEmpty()) {
            lag.print(screen, INDENT);
        }
        screen.line();
        screen.title("Routes");
        Columns routes = new Columns(List.of("FAMILY", "IN TABLE", "EXPORTED", "ANNOUNCED", "REFUSED", "REPEATED",
                "WITHDRAWN", "UNKNOWN"));
        new TreeMap<>(session.routes()).forEach((family, counts) -> routes.addCells(List.of(
                Cell.of(Json.word(family)), Cell.of(counts.imported()), Cell.of(counts.exported()),
                Cell.of(counts.announced()),
                new Cell(Long.toString(counts.refused()), counts.refused() == 0 ? Ink.PLAIN : Ink.DOUBTFUL),
                Cell.of(counts.repeated()), Cell.of(counts.withdrawn()), Cell.of(counts.unknown()))));
        routes.print(screen, INDENT);
    }

    private static Cell told(boolean told) {
        return new Cell(Words.yes(told), told ? Ink.GOOD : Ink.DOUBTFUL);
    }

    private void messages() {
        screen.line();
        screen.title("Messages since the peer exists");
        Columns columns = new Columns(List.of("TYPE", "RECEIVED", "OCTETS", "SENT", "OCTETS"));
        row(columns, "OPEN", MessageCounts::open);
        row(columns, "UPDATE", MessageCounts::update);
        row(columns, "NOTIFICATION", MessageCounts::notification);
        row(columns, "KEEPALIVE", MessageCounts::keepalive);
        row(columns, "ROUTE-REFRESH", MessageCounts::routeRefresh);
        row(columns, "all", MessageCounts::total);
        columns.print(screen, INDENT);
    }

    private void row(Columns columns, String type, ToLongFunction<MessageCounts> number) {
        columns.addCells(List.of(Cell.of(type), Cell.of(number.applyAsLong(figures.received().messages())),
                Cell.of(number.applyAsLong(figures.received().octets())),
                Cell.of(number.applyAsLong(figures.sent().messages())),
                Cell.of(number.applyAsLong(figures.sent().octets()))));
    }
}
