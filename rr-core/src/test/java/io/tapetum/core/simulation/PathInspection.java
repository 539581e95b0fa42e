package io.tapetum.core.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.tapetum.core.settings.PeerTemplate;

/** Looks at the routes of those who are told of several paths of a prefix (RFC 7911). */
final class PathInspection {

    static final Comparator<Announcements.Said> BY_NUMBER = Comparator
            .comparingInt((Announcements.Said said) -> said.announcement().number())
            .thenComparing(Announcements.Said::stale);

    private final World world;
    private final ReflectionModel model;
    private final Map<ReflectorNode, Map<Prefix, List<ReflectionModel.Choice>>> offers = new HashMap<>();

    PathInspection(World world, ReflectionModel model) {
        this.world = world;
        this.model = model;
    }

    void clear() {
        offers.clear();
    }

    /** Finds out what every reflector has to choose from, best first, when all have chosen. */
    void model(Prefix prefix, Map<ReflectorNode, ReflectionModel.Choice> choices) {
        for (ReflectorNode reflector : choices.keySet()) {
            offers.computeIfAbsent(reflector, _ -> new HashMap<>()).put(prefix,
                    model.offers(reflector, prefix, choices));
        }
    }

    /** The best of those that everybody with this template may be told of, as many as it says. */
    List<ReflectionModel.Choice> best(ReflectorNode reflector, PeerTemplate template, Prefix prefix,
            boolean knowsStaleRoutes) {
        List<ReflectionModel.Choice> all = offers.getOrDefault(reflector, Map.of()).getOrDefault(prefix, List.of());
        return all.stream().filter(offer -> !offer.stale() || knowsStaleRoutes)
                .filter(offer -> ReflectionModel.isAdmitted(reflector, offer, template))
                .limit(template.addPathSend()).toList();
    }

    /** A speaker has the best, but for those that came from itself, and those that it takes for its own. */
    void inspect(ReflectorNode reflector, Speaker speaker, SpeakerSession session, Prefix prefix) {
        List<Announcements.Said> due = new ArrayList<>();
        for (ReflectionModel.Choice offer : best(reflector, reflector.template(speaker), prefix,
                reflector.knowsStaleRoutes(speaker))) {
            Speaker source = offer.announcement().speaker();
            if (offer.from() != speaker && source != speaker && !(speaker.isExternal() && source.isExternal())) {
                due.add(offer.said());
            }
        }
        List<Announcements.Said> got = session.routes().all(prefix).stream().map(route -> route.received.said())
                .sorted(BY_NUMBER).toList();
        due.sort(BY_NUMBER);
        if (!Objects.equals(got, due)) {
            throw world.failure("%s has %s for %s from %s instead of %s", speaker, got, prefix,
                    reflector.name(), due);
        }
    }
}
