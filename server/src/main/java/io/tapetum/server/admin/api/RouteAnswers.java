package io.tapetum.server.admin.api;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

import io.tapetum.server.admin.RefusedException;
import io.tapetum.server.admin.Request;
import io.tapetum.server.admin.Route.Answerer;
import io.tapetum.server.inquiry.Inquiry;
import io.tapetum.server.inquiry.Route;
import io.tapetum.server.inquiry.RoutePage;
import io.tapetum.server.inquiry.RouteQuery.View;
import io.tapetum.server.inquiry.UnknownPeerException;

/**
 * Tells of routes. Whoever wants all of them gets them from one small page after the other, so that a table of any size
 * needs no memory, and while its reader rests nobody else is asked for anything.
 */
final class RouteAnswers {

    /** Prefixes that are in memory at a time while all are sent. */
    private static final int STEP = 500;

    private final Inquiry inquiry;

    RouteAnswers(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /** Those of a view; of a peer if the view is. */
    Answerer of(View view) {
        return request -> answer(request, RouteWalk.of(request, inquiry, view));
    }

    private static void answer(Request request, RouteWalk walk)
            throws IOException, RefusedException, UnknownPeerException {
        Optional<Long> limit = request.get(Parameters.LIMIT);
        // Before anything is sent, for it may be refused.
        RoutePage first = walk.page(limit.orElse((long) STEP).intValue(),
                request.get(Parameters.AFTER_PAGE).orElse(null));
        request.stream(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("routes");
            RoutePage page = first;
            write(page, out);
            while (limit.isEmpty() && page.next() != null) {
                page = following(walk, page.next());
                write(page, out);
            }
            out.writeEndArray();
            Pages.writeNext(page.next(), out);
            out.writeEndObject();
        });
    }

    private static void write(RoutePage page, JsonGenerator out) throws IOException {
        for (Route route : page.routes()) {
            out.writePOJO(route);
        }
    }

    private static RoutePage following(RouteWalk walk, String after) throws UnknownPeerException {
        try {
            return walk.page(STEP, after);
        } catch (RefusedException e) {
            throw new IllegalStateException("a page is followed by one that there is not", e);
        }
    }
}
