package io.tapetum.server.inquiry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.Reflector;
import io.tapetum.core.Supervision;
import io.tapetum.core.fsm.SessionState;
import io.tapetum.core.history.Occurrence;
import io.tapetum.core.inquiry.Findings;
import io.tapetum.core.inquiry.RouteReader;
import io.tapetum.core.inquiry.RouteReader.FoundRoute;
import io.tapetum.core.inquiry.RouteView;
import io.tapetum.core.reflection.GroupInsight;
import io.tapetum.core.session.Peer;
import io.tapetum.rib.BestPath;
import io.tapetum.rib.Path;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

/** Answers what is asked about the routes of a reflector. Thread-safe. */
public final class ReflectorInquiry implements Inquiry {

    /** How long the event loop of a peer may take to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Reflector reflector;
    private final Supervision supervision;
    private final RouteReader reader;

    public ReflectorInquiry(Reflector reflector) {
        this.reflector = reflector;
        this.supervision = reflector.supervision();
        this.reader = new RouteReader(reflector.tables());
    }

    /** The peers that an operator means by a name or an address. */
    public static List<Peer> known(Supervision supervision, String nameOrAddress) throws UnknownPeerException {
        List<Peer> peers = supervision.peers(nameOrAddress);
        if (peers.isEmpty()) {
            throw new UnknownPeerException(nameOrAddress);
        }
        return peers;
    }

    /** What event loops answer, if they do so within this time; else {@link NoAnswerException}. */
    public static <T> T await(CompletableFuture<T> answer, Duration patience) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NoAnswerException(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RejectedExecutionException) {
                throw new NoAnswerException(e);
            }
            throw new IllegalStateException(e);
        }
    }

    // ---- routes

    @Override
    public RoutePage routes(RouteQuery query) throws UnknownPeerException {
        RouteView view = view(query);
        Prefix prefix = query.prefix();
        if (view == null) {
            return new RoutePage(List.of(), null); // nothing is sent to a peer that has no session for it
        }
        Announcers announcers = new Announcers(supervision.peers());
        if (prefix == null || query.match() == RouteQuery.Match.WITHIN) {
            RouteReader.Page page = reader.page(view, query.family(), prefix, after(query), query.limit());
            Prefix last = page.last();
            return new RoutePage(page.routes().stream().map(route -> route(route, announcers)).toList(),
                    last == null ? null : last.toString());
        }
        Optional<FoundRoute> found = query.match() == RouteQuery.Match.EXACT
                ? reader.exact(view, prefix)
                : reader.longest(view, prefix);
        return new RoutePage(found.map(route -> route(route, announcers)).stream().toList(), null);
    }

    private @Nullable RouteView view(RouteQuery query) throws UnknownPeerException {
        String name = query.peer();
        if (name == null) {
            return new RouteView.Table();
        }
        Peer peer = known(supervision, name).getFirst();
        return switch (query.view()) {
            case TABLE -> new RouteView.Table();
            case RECEIVED -> new RouteView.Received(peer.id());
            case BEST -> new RouteView.Best(peer.id());
            case ADVERTISED -> {
                GroupInsight group = peer.group(query.family());
                yield group == null ? null : new RouteView.Advertised(peer.id(), group);
            }
        };
    }

    /** What a page says of the next one is the last prefix it has: nobody needs to remember anything. */
    private static @Nullable Prefix after(RouteQuery query) {
        String text = query.after();
        return text == null
                ? null
                : Prefix.parse(text).filter(prefix -> prefix.family() == query.family())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "the query goes on after \"" + text + "\", which no page of this family has said"));
    }

    private static Route route(FoundRoute route, Announcers announcers) {
        return new Route(route.prefix(), paths(route.prefix().family(), route.paths(), route.best(), announcers));
    }

    private static List<RoutePath> paths(Family family, List<Path> paths, Path best, Announcers announcers) {
        List<RoutePath> shown = new ArrayList<>();
        for (Path path : paths) {
            boolean isBest = isSame(best, path);
            shown.add(new RoutePath(announcers.name(path.source()), Announcers.address(path.source()),
                    Announcers.role(path.source()), path.pathId(), isBest,
                    isBest ? null : BestPath.lostBy(best, path), announcers.heldFor(path.source(), family),
                    AttributeReader.read(path.attributes())));
        }
        return shown;
    }

    private static boolean isSame(Path one, Path other) {
        return one.source().peerId() == other.source().peerId() && one.pathId() == other.pathId();
    }

    // ---- why

    @Override
    public Explanation explain(String peer, Prefix prefix) throws UnknownPeerException {
        Peer known = known(supervision, peer).getFirst();
        Findings findings = await(supervision.find(known, prefix), PATIENCE);
        Announcers announcers = new Announcers(supervision.peers());
        Clues clues = findings.paths().isEmpty() && findings.refused().isEmpty()
                ? clues(known, prefix, announcers)
                : Clues.NONE;
        Instant now = Instant.now();
        List<Path> paths = findings.paths();
        return new Explanation(prefix, known.settings().name(), known.settings().address(),
                findings.standing(),
                new Summary(findings, announcers, clues).text(),
                new Steps(findings, announcers, clues, reflector.restart().orElse(null)).list(),
                paths.isEmpty() ? List.of() : paths(prefix.family(), paths, paths.getFirst(), announcers),
                findings.refused().stream().map(one -> new Explanation.RefusedPath(one.peer().name(),
                        one.peer().address(), one.refusal().text(), now.minus(one.age()))).toList());
    }

    /** Looks at the whole table if nothing is within the prefix. */
    private Clues clues(Peer asked, Prefix prefix, Announcers announcers) {
        RouteView table = new RouteView.Table();
        Stream<FoundRoute> longer = reader.page(table, prefix.family(), prefix, null, 1).routes().stream();
        return new Clues(reader.longest(table, prefix).map(route -> describe(route, announcers)).orElse(null),
                longer.map(route -> describe(route, announcers)).findFirst().orElse(null),
                supervision.peers().stream().filter(peer -> !peer.equals(asked)).map(Peer::status)
                        .filter(status -> status.state() != SessionState.ESTABLISHED).toList(),
                supervision.hasRanges());
    }

    private static String describe(FoundRoute route, Announcers announcers) {
        return route.prefix() + " from " + announcers.name(route.best().source());
    }

    // ---- what has happened

    @Override
    public Optional<PrefixHistory> history(Prefix prefix) {
        Instant now = Instant.now();
        long nanos = supervision.nanoTime();
        Announcers announcers = new Announcers(supervision.peers());
        return supervision.history(prefix).map(history -> new PrefixHistory(prefix,
                now.plusNanos(history.sinceNanos() - nanos), now.plusNanos(history.untilNanos() - nanos),
                history.occurrences().stream().map(occurrence -> new PrefixHistory.Entry(
                        now.plusNanos(occurrence.atNanos() - nanos),
                        PrefixHistory.What.valueOf(occurrence.kind().name()), announcers.name(occurrence.source()),
                        describe(occurrence))).toList(),
                history.forgotten()));
    }

    private static String describe(Occurrence occurrence) {
        List<String> parts = new ArrayList<>();
        if (occurrence.pathId() != 0) {
            parts.add("path id " + Integer.toUnsignedString(occurrence.pathId()));
        }
        if (occurrence.refusal() != null) {
            parts.add(occurrence.refusal());
        }
        if (occurrence.attributes() != null) {
            parts.add(describe(AttributeReader.read(occurrence.attributes())));
        }
        parts.add(occurrence.bestChanged() ? "the best path changed" : "the best path stayed as it was");
        return String.join("; ", parts);
    }

    private static String describe(RouteAttributes attributes) {
        StringBuilder text = new StringBuilder("next hop " + attributes.nextHop());
        if (!attributes.asPath().isEmpty()) {
            text.append(", AS path ").append(attributes.asPath());
        }
        text.append(", local preference ").append(attributes.localPref());
        if (attributes.med() != null) {
            text.append(", MED ").append(attributes.med());
        }
        if (attributes.originatorId() != null) {
            text.append(", originator ").append(attributes.originatorId());
        }
        if (!attributes.communities().isEmpty()) {
            text.append(", communities ").append(String.join(" ", attributes.communities()));
        }
        return text.toString();
    }

    @Override
    public boolean follow(Prefix prefix) {
        return supervision.follow(prefix);
    }
}
