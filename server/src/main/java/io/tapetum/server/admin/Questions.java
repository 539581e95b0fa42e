package io.tapetum.server.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import io.tapetum.core.delay.Delays;
import io.tapetum.core.reflection.GroupStatus;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.server.inquiry.Explanation;
import io.tapetum.server.inquiry.PrefixHistory;
import io.tapetum.server.inquiry.RoutePage;
import io.tapetum.server.inquiry.RouteQuery;
import io.tapetum.server.inquiry.RouteQuery.Match;
import io.tapetum.server.inquiry.RouteQuery.View;
import io.tapetum.server.journal.JournalPage;
import io.tapetum.server.journal.JournalQuery;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.reflector.TableStatus;
import io.tapetum.server.source.SourceStatus;
import io.tapetum.wire.nlri.Prefix;

/** Everything that a reflector can be asked. */
public final class Questions {

    private Questions() {}

    /** The reflector as a whole, and whether it is ready. */
    public static Question<ReflectorState> status() {
        return Question.of("/v1/status", ReflectorState.class);
    }

    /** Every session in a state and a role, if any is given. */
    public static Question<List<SessionStatus>> sessions(@Nullable String state, @Nullable PeerRole role) {
        return new Question<>(new Url("/v1/sessions").with("state", state).with("role", role).text(),
                answer -> Json.read(answer, Sessions.class).sessions());
    }

    /**
     * The same, page by page.
     *
     * @param limit how many at most
     * @param after the {@link Sessions#next} of the page before, or {@code null} for the first
     */
    public static Question<Sessions> sessions(@Nullable String state, @Nullable PeerRole role, int limit,
            @Nullable String after) {
        return Question.of(new Url("/v1/sessions").with("state", state).with("role", role).with("limit", limit)
                .with("after", after).text(), Sessions.class);
    }

    /** One session, by the peer's name or address. */
    public static Question<SessionStatus> session(String peer) {
        return Question.of("/v1/sessions/" + encoded(peer), SessionStatus.class);
    }

    public static Question<List<GroupStatus>> groups() {
        return new Question<>("/v1/groups", answer -> Json.read(answer, Groups.class).groups());
    }

    public static Question<TableStatus> tables() {
        return Question.of("/v1/tables", TableStatus.class);
    }

    public static Question<Delays> delays() {
        return Question.of("/v1/delays", Delays.class);
    }

    /** The sources of peers, other than the configuration file. */
    public static Question<List<SourceStatus>> sources() {
        return new Question<>("/v1/sources", answer -> Json.read(answer, Sources.class).sources());
    }

    /**
     * A page of routes. The {@link RoutePage#next} of it is for the next question only; it may lead to the other address
     * family if the query does not name a prefix.
     */
    public static Question<RoutePage> routes(RouteQuery query) {
        String peer = query.peer();
        String path = query.view() == View.TABLE || peer == null
                ? "/v1/routes"
                : "/v1/sessions/" + encoded(peer) + '/' + Json.word(query.view());
        return Question.of(new Url(path).with("family", query.family())
                .with("match", query.match() == Match.ALL ? null : query.match()).with("prefix", query.prefix())
                .with("limit", query.limit()).with("after", query.after()).text(), RoutePage.class);
    }

    /** Why a peer, by name or address, has a prefix or has it not. */
    public static Question<Explanation> explanation(String peer, Prefix prefix) {
        return Question.of(new Url("/v1/explain").with("peer", peer).with("prefix", prefix).text(),
                Explanation.class);
    }

    /** What has happened to a prefix that is followed. */
    public static Question<PrefixHistory> history(Prefix prefix) {
        return Question.of(new Url("/v1/history").with("prefix", prefix).text(), PrefixHistory.class);
    }

    public static Question<JournalPage> events(JournalQuery query) {
        return Question.of(new Url("/v1/events").with("after", query.after())
                .with("before", query.before() == Long.MAX_VALUE ? null : query.before()).with("limit", query.limit())
                .with("peer", query.peer()).with("severity", query.atLeast()).with("kind", query.kind())
                .with("order", query.order()).text(), JournalPage.class);
    }

    /** The configuration that is in effect: of each key its value and where that comes from. */
    public static Question<JsonNode> configuration() {
        return Question.of("/v1/config", JsonNode.class);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A path with what is asked behind it. */
    private static final class Url {

        private final String path;
        private final List<String> parameters = new ArrayList<>();

        Url(String path) {
            this.path = path;
        }

        /** Adds a parameter, unless it has no value. */
        Url with(String name, @Nullable Object value) {
            if (value != null) {
                parameters
                        .add(name + "=" + encoded(value instanceof Enum<?> word ? Json.word(word) : value.toString()));
            }
            return this;
        }

        String text() {
            return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters);
        }
    }
}
