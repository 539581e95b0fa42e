package io.tapetum.server.admin.api;

import static io.tapetum.server.admin.api.Parameters.AFTER_EVENT;
import static io.tapetum.server.admin.api.Parameters.AFTER_PAGE;
import static io.tapetum.server.admin.api.Parameters.BEFORE_EVENT;
import static io.tapetum.server.admin.api.Parameters.EVENTS;
import static io.tapetum.server.admin.api.Parameters.FAMILY;
import static io.tapetum.server.admin.api.Parameters.KIND;
import static io.tapetum.server.admin.api.Parameters.LIMIT;
import static io.tapetum.server.admin.api.Parameters.MATCH;
import static io.tapetum.server.admin.api.Parameters.ORDER;
import static io.tapetum.server.admin.api.Parameters.PEER;
import static io.tapetum.server.admin.api.Parameters.PREFIX;
import static io.tapetum.server.admin.api.Parameters.ROLE;
import static io.tapetum.server.admin.api.Parameters.SEVERITY;
import static io.tapetum.server.admin.api.Parameters.STATE;
import static io.tapetum.server.admin.api.Parameters.VERBOSE;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import io.tapetum.server.admin.Groups;
import io.tapetum.server.admin.Request;
import io.tapetum.server.admin.Route;
import io.tapetum.server.admin.Sources;
import io.tapetum.server.inquiry.RouteQuery.View;
import io.tapetum.server.metrics.ReflectorMetrics;
import io.tapetum.server.reflector.RunningReflector;

/** Everything that can be asked for. */
public final class Api {

    private Api() {}

    /** The routes about a reflector. */
    public static List<Route> routes(Subject subject) {
        return Stream.of(health(subject), looking(subject), aboutRoutes(subject), changing(subject))
                .flatMap(List::stream).toList();
    }

    private static List<Route> health(Subject subject) {
        Probes probes = new Probes(subject.health());
        return List.of(
                Route.get("/livez", probes::live).with(VERBOSE).forAnybody(),
                Route.get("/readyz", probes::ready).with(VERBOSE).forAnybody(),
                Route.get("/startupz", probes::started).with(VERBOSE).forAnybody());
    }

    private static List<Route> looking(Subject subject) {
        RunningReflector reflector = subject.reflector();
        SessionAnswers sessions = new SessionAnswers(reflector);
        return List.of(
                Route.get("/metrics", request -> scrape(subject.metrics(), request)),
                Route.get("/v1/status", new StatusAnswer(subject)::answer),
                Route.get("/v1/sessions", sessions::list).with(STATE, ROLE, LIMIT, AFTER_PAGE),
                Route.get("/v1/sessions/{peer}", sessions::one),
                Route.get("/v1/groups", request -> request.answer(new Groups(reflector.groups()))),
                Route.get("/v1/tables", request -> request.answer(reflector.tables())),
                Route.get("/v1/delays", request -> request.answer(reflector.delays())),
                Route.get("/v1/sources", request -> request.answer(new Sources(reflector.sources()))),
                Route.get("/v1/events", new EventAnswer(subject.journal())::answer).with(AFTER_EVENT, BEFORE_EVENT,
                        EVENTS, PEER, SEVERITY, KIND, ORDER),
                Route.get("/v1/config",
                        request -> request.answer(ConfigurationJson.of(subject.configuration()))),
                Route.get("/v1/openapi.json", OpenApi.load()::answer));
    }

    private static List<Route> aboutRoutes(Subject subject) {
        RouteAnswers routes = new RouteAnswers(subject.reflector());
        HistoryAnswers histories = new HistoryAnswers(subject.reflector());
        return List.of(
                routes("/v1/routes", routes.of(View.TABLE)),
                routes("/v1/sessions/{peer}/received", routes.of(View.RECEIVED)),
                routes("/v1/sessions/{peer}/best", routes.of(View.BEST)),
                routes("/v1/sessions/{peer}/advertised", routes.of(View.ADVERTISED)),
                Route.get("/v1/explain", request -> request
                        .answer(subject.reflector().explain(request.need(PEER), request.need(PREFIX))))
                        .needing(PEER, PREFIX),
                Route.get("/v1/history", histories::history).needing(PREFIX),
                Route.post("/v1/history", histories::follow));
    }

    private static Route routes(String path, Route.Answerer answerer) {
        return Route.get(path, answerer).with(PREFIX, MATCH, FAMILY, LIMIT, AFTER_PAGE);
    }

    private static List<Route> changing(Subject subject) {
        SessionOrders orders = new SessionOrders(subject.reflector());
        return List.of(
                Route.post("/v1/sessions/{peer}/clear", orders::clear),
                Route.post("/v1/sessions/{peer}/shutdown", orders::shutdown),
                Route.post("/v1/sessions/{peer}/start", orders::start),
                Route.post("/v1/drain", new Drain(subject)::answer));
    }

    private static void scrape(ReflectorMetrics metrics, Request request) throws IOException {
        String accept = request.header("Accept");
        request.stream(ReflectorMetrics.contentType(accept), out -> metrics.write(accept, out));
    }
}
