package io.tapetum.server.cli;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.admin.AdminClient;
import io.tapetum.server.admin.Questions;
import io.tapetum.server.inquiry.RoutePage;
import io.tapetum.server.inquiry.RouteQuery;

/** Routes, asked for page by page, of which only one is in memory. */
final class RoutePages {

    /** Prefixes of a page. */
    static final int SIZE = 1000;

    private final List<RouteQuery> queries;
    private final long limit;

    /**
     * @param queries whose routes are wanted, one after the other
     * @param limit how many prefixes of all of them at most, more than 0
     */
    RoutePages(List<RouteQuery> queries, long limit) {
        this.queries = queries;
        this.limit = limit;
    }

    /** Writes them until there are no more, enough, or nobody who reads. */
    void read(AdminClient client, RouteWriter writer) throws IOException, InterruptedException {
        long left = limit;
        for (int i = 0; i < queries.size(); i++) {
            String after = null;
            do {
                if (left == 0 || writer.isGone()) {
                    writer.end(left == 0, after);
                    return;
                }
                RoutePage page = client.ask(Questions.routes(page(queries.get(i), left, after))).answer();
                writer.page(page);
                left -= page.routes().size();
                after = page.next();
            } while (after != null);
        }
        writer.end(false, null);
    }

    private static RouteQuery page(RouteQuery query, long left, @Nullable String after) {
        return new RouteQuery(query.family(), query.match(), query.prefix(), query.view(), query.peer(),
                (int) Math.min(left, SIZE), after);
    }
}
