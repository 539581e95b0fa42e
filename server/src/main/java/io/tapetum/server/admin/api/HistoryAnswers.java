package io.tapetum.server.admin.api;

import java.io.IOException;

import io.tapetum.server.admin.Orders.FollowOrder;
import io.tapetum.server.admin.Orders.Followed;
import io.tapetum.server.admin.RefusedException;
import io.tapetum.server.admin.RefusedException.Missing;
import io.tapetum.server.admin.Request;
import io.tapetum.server.inquiry.Inquiry;
import io.tapetum.server.inquiry.PrefixHistory;
import io.tapetum.wire.nlri.Prefix;

/** Tells what happened to prefixes that somebody follows. */
final class HistoryAnswers {

    private static final String EXAMPLE = "{\"prefix\": \"10.3.0.0/24\"}";

    private final Inquiry inquiry;

    HistoryAnswers(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    void history(Request request) throws IOException, RefusedException {
        Prefix prefix = request.need(Parameters.PREFIX);
        request.answer(inquiry.history(prefix).orElseThrow(() -> RefusedException.notFound(Missing.HISTORY,
                "nobody follows " + prefix + "; POST " + EXAMPLE.replace("10.3.0.0/24", prefix.toString())
                        + " to /v1/history to follow it for an hour")));
    }

    void follow(Request request) throws IOException, RefusedException {
        Prefix prefix = request.body(FollowOrder.class, EXAMPLE).prefix();
        if (prefix == null) {
            throw RefusedException.badRequest("expected a body like " + EXAMPLE);
        }
        if (!inquiry.follow(prefix)) {
            throw new RefusedException(409, "as many prefixes are followed as can be; each is let go an hour after"
                    + " somebody has last asked for it to be followed");
        }
        OperatorLog.of(request, prefix + " is followed for an hour").log();
        request.answer(new Followed(prefix, inquiry.history(prefix).map(PrefixHistory::until).orElse(null)));
    }
}
