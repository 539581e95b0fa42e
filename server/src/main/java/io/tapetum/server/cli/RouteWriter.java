package io.tapetum.server.cli;

import java.io.PrintWriter;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.admin.Json;
import io.tapetum.server.cli.view.PlainText;
import io.tapetum.server.cli.view.RouteTable;
import io.tapetum.server.cli.view.Screen;
import io.tapetum.server.cli.view.Words;
import io.tapetum.server.inquiry.Route;
import io.tapetum.server.inquiry.RoutePage;

/** Writes pages of routes as they come. */
interface RouteWriter {

    void page(RoutePage page);

    /**
     * Those were all.
     *
     * @param limited whether there may be more, which were not asked for
     * @param next where the next page would begin, if there is one
     */
    void end(boolean limited, @Nullable String next);

    /** Whether nobody reads any more: {@code head} has seen enough, say. */
    boolean isGone();

    /** For people. */
    final class ForPeople implements RouteWriter {

        private final Showing showing;
        private final Screen screen;
        private final RouteTable table;
        private long prefixes;

        ForPeople(Showing showing) {
            this.showing = showing;
            this.screen = showing.screen();
            this.table = new RouteTable(showing.wide(), screen);
        }

        @Override
        public void page(RoutePage page) {
            table.print(page.routes());
            prefixes += page.routes().size();
        }

        @Override
        public void end(boolean limited, @Nullable String next) {
            screen.line(Words.count(prefixes, "prefix") + (prefixes > RoutePages.SIZE
                    ? ", sorted within each " + RoutePages.SIZE + " of them"
                    : "")
                    + (limited ? ", and perhaps more: --limit 0 shows all" : ""));
        }

        @Override
        public boolean isGone() {
            return showing.isGone();
        }
    }

    /** For programs: one {@link RoutePage} with all of them. */
    final class ForPrograms implements RouteWriter {

        private final Showing showing;
        private final PrintWriter out;
        private boolean begun;

        ForPrograms(Showing showing) {
            this.showing = showing;
            this.out = showing.command().commandLine().getOut();
        }

        @Override
        public void page(RoutePage page) {
            for (Route route : page.routes()) {
                out.print(begun ? ", " : "{\n  \"routes\" : [ ");
                begun = true;
                out.print(PlainText.json(Json.pretty(route)));
            }
            out.flush();
        }

        @Override
        public void end(boolean limited, @Nullable String next) {
            out.print(begun ? " ]" : "{\n  \"routes\" : [ ]");
            if (next != null) {
                out.print(",\n  \"next\" : " + PlainText.json(Json.pretty(next)));
            }
            out.println("\n}");
        }

        @Override
        public boolean isGone() {
            return showing.isGone();
        }
    }
}
