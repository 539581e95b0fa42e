package io.tapetum.server.admin.api;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.admin.Json;
import io.tapetum.server.admin.RefusedException;
import io.tapetum.server.admin.Request;
import io.tapetum.server.inquiry.Inquiry;
import io.tapetum.server.inquiry.RoutePage;
import io.tapetum.server.inquiry.RouteQuery;
import io.tapetum.server.inquiry.RouteQuery.Match;
import io.tapetum.server.inquiry.RouteQuery.View;
import io.tapetum.server.inquiry.UnknownPeerException;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/**
 * The routes that a request asks for, page by page, one address family after the other. The token of a page is the word of
 * its family, a dot, and what the {@link Inquiry} says; nothing behind the dot is the first page of that family.
 */
final class RouteWalk {

    private final Inquiry inquiry;
    private final View view;
    private final @Nullable String peer;
    private final @Nullable Prefix prefix;
    private final Match match;
    private final List<Family> families;

    private RouteWalk(Inquiry inquiry, View view, @Nullable String peer, @Nullable Prefix prefix, Match match,
            List<Family> families) {
        this.inquiry = inquiry;
        this.view = view;
        this.peer = peer;
        this.prefix = prefix;
        this.match = match;
        this.families = families;
    }

    static RouteWalk of(Request request, Inquiry inquiry, View view) throws RefusedException {
        String peer = view == View.TABLE ? null : request.variable("peer");
        Optional<Family> family = request.get(Parameters.FAMILY);
        Optional<Match> match = request.get(Parameters.MATCH);
        Prefix prefix = request.get(Parameters.PREFIX).orElse(null);
        if (prefix == null) {
            if (match.isPresent()) {
                throw RefusedException.badRequest("match needs a prefix to compare with; say prefix, too");
            }
            return new RouteWalk(inquiry, view, peer, null, Match.ALL,
                    family.map(List::of).orElse(List.of(Family.values())));
        }
        if (family.isPresent() && family.get() != prefix.family()) {
            throw RefusedException.badRequest("family is \"" + Json.word(family.get()) + "\", but " + prefix
                    + " is of the other one; leave family out");
        }
        return new RouteWalk(inquiry, view, peer, prefix, match.orElse(Match.EXACT), List.of(prefix.family()));
    }

    /**
     * A page.
     *
     * @param after the {@link RoutePage#next} of the page before; {@code null} for the first
     */
    RoutePage page(int limit, @Nullable String after) throws RefusedException, UnknownPeerException {
        int dot = after == null ? -1 : after.indexOf('.');
        Family family = after == null ? families.getFirst() : family(after, dot);
        String within = after == null || dot + 1 == after.length() ? null : after.substring(dot + 1);
        RoutePage page;
        try {
            page = inquiry.routes(new RouteQuery(family, match, prefix, view, peer, limit, within));
        } catch (IllegalArgumentException e) {
            throw RefusedException.badRequest("after is \"" + after + "\": " + e.getMessage());
        }
        return new RoutePage(page.routes(), next(family, page.next()));
    }

    private Family family(String after, int dot) throws RefusedException {
        String word = after.substring(0, Math.max(0, dot));
        return families.stream().filter(family -> Json.word(family).equals(word)).findFirst()
                .orElseThrow(() -> RefusedException.badRequest("after is \"" + after + "\", expected "
                        + Parameters.AFTER_PAGE.expected()));
    }

    private @Nullable String next(Family family, @Nullable String within) {
        if (within != null) {
            return Json.word(family) + '.' + within;
        }
        int following = families.indexOf(family) + 1;
        return following == families.size() ? null : Json.word(families.get(following)) + '.';
    }
}
