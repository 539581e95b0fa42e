package io.tapetum.core.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.Reflector;
import io.tapetum.core.session.PeerStatus;
import io.tapetum.core.session.SessionFigures;
import io.tapetum.wire.Family;

/** Looks at everybody's routes while nothing moves. */
final class Inspection {

    private final World world;
    private final Topology topology;
    private final ReflectionModel model;
    private final PathInspection paths;
    private final InquiryInspection inquiries;

    Inspection(World world, Topology topology) {
        this.world = world;
        this.topology = topology;
        this.model = new ReflectionModel(topology.reflectors());
        this.paths = new PathInspection(world, model);
        this.inquiries = new InquiryInspection(world);
    }

    /**
     * Everybody has what the model says, and every session delivered what its reflector chose.
     *
     * @param whole whether all sessions are up, so that everybody must have what a full mesh would give
     */
    void inspect(boolean whole) {
        Collection<Prefix> prefixes = topology.prefixes();
        Map<ReflectorNode, Map<Family, Integer>> reachable = new HashMap<>();
        Map<ReflectorNode, Map<Prefix, ReflectionModel.Choice>> chosen = new HashMap<>();
        boolean ambiguous = false;
        paths.clear();
        for (Prefix prefix : prefixes) {
            Map<ReflectorNode, ReflectionModel.Choice> choices = model.choices(prefix);
            if (choices == null) {
                if (whole) {
                    throw world.failure("the model does not settle for %s", prefix);
                }
                ambiguous = true;
                continue;
            }
            choices.forEach((reflector, choice) -> chosen.computeIfAbsent(reflector, _ -> new HashMap<>()).put(prefix,
                    choice));
            paths.model(prefix, choices);
            for (ReflectorNode reflector : topology.reflectors()) {
                if (reflector.isRunning()) {
                    inspect(reflector, prefix, choices.get(reflector));
                }
            }
            if (whole) {
                inspectAgainstMesh(prefix);
            }
            // What is stale stops at reflectors that do not know it; all else everybody has.
            boolean everywhere = choices.values().stream().anyMatch(choice -> !choice.stale());
            for (ReflectorNode reflector : topology.reflectors()) {
                if (everywhere || choices.containsKey(reflector)) {
                    reachable.computeIfAbsent(reflector, _ -> new EnumMap<>(Family.class)).merge(prefix.family(), 1,
                            Integer::sum);
                }
            }
        }
        for (Speaker speaker : topology.speakers()) {
            for (Neighbor neighbor : speaker.neighbors()) {
                SpeakerSession session = neighbor.established();
                if (session != null) {
                    inspect(session, neighbor);
                }
            }
        }
        if (!ambiguous) {
            inspectLogs(chosen);
        }
        for (ReflectorNode reflector : topology.reflectors()) {
            if (reflector.isRunning()) {
                inspectCounts(reflector);
                inquiries.inspect(reflector, prefixes);
                if (whole) {
                    Map<Family, Integer> due = reachable.getOrDefault(reflector, Map.of());
                    for (Family family : Family.values()) {
                        int held = reflector.reflector().tables().adjRibIn(family).prefixes();
                        if (held != due.getOrDefault(family, 0)) {
                            throw world.failure("%s holds %d prefixes of %s instead of %s", reflector.name(), held,
                                    family, due.get(family));
                        }
                    }
                }
            }
        }
    }

    private void inspectLogs(Map<ReflectorNode, Map<Prefix, ReflectionModel.Choice>> chosen) {
        for (ReflectorNode reflector : topology.reflectors()) {
            for (Family family : Family.values()) {
                if (reflector.isRunning()) {
                    Map<Prefix, ReflectionModel.Choice> ofFamily = new HashMap<>();
                    chosen.getOrDefault(reflector, Map.of()).forEach((prefix, choice) -> {
                        if (prefix.family() == family) {
                            ofFamily.put(prefix, choice);
                        }
                    });
                    new GroupReplay(world, reflector, family, paths).inspect(ofFamily);
                }
            }
        }
    }

    private void inspect(ReflectorNode reflector, Prefix prefix, ReflectionModel.@Nullable Choice choice) {
        Announcements.Said chosen = reflector.said(prefix);
        Announcements.Said expected = choice == null ? null : choice.said();
        if (!Objects.equals(chosen, expected)) {
            throw world.failure("%s chose %s for %s instead of %s", reflector.name(), chosen, prefix, choice);
        }
        for (Member member : reflector.members()) {
            if (member instanceof Speaker speaker) {
                Neighbor neighbor = speaker.neighbor(reflector.address());
                SpeakerSession session = neighbor == null ? null : neighbor.established();
                if (session == null || !session.families().contains(prefix.family())) {
                    continue;
                }
                if (session.hasPathIds(prefix.family())) {
                    paths.inspect(reflector, speaker, session, prefix);
                    continue;
                }
                ReceivedRoutes.Route route = session.routes().route(prefix);
                Announcements.Said got = route == null ? null : route.received.said();
                Announcements.Said due = choice != null && ReflectionModel.passesOn(reflector, choice, speaker)
                        && choice.announcement().speaker() != speaker
                        && !(speaker.isExternal() && choice.announcement().speaker().isExternal())
                                ? expected
                                : null;
                if (!Objects.equals(got, due)) {
                    throw world.failure("%s has %s for %s instead of %s; %s chose %s", neighbor, got, prefix, due,
                            reflector.name(), choice);
                }
            }
        }
    }

    /** Invariant: a speaker's own decision is the one it would take if it had a session with everybody. */
    private void inspectAgainstMesh(Prefix prefix) {
        List<Ladder.Candidate> all = new ArrayList<>();
        for (Speaker speaker : topology.speakers()) {
            Announcement announcement = speaker.own().get(prefix);
            if (announcement != null && announcement.isStale()) {
                return; // not everybody may hear of it
            }
            if (announcement != null && speaker.speaks(prefix.family())) {
                all.add(new Ladder.Candidate(announcement, speaker.isExternal(), speaker.routerId(), 0, false));
            }
        }
        Ladder.Candidate winner = all.stream().min(Ladder.BEST_FIRST).orElse(null);
        for (Speaker speaker : topology.speakers()) {
            if (!speaker.speaks(prefix.family()) || speaker.isExternal()) {
                continue;
            }
            List<Ladder.Candidate> seen = new ArrayList<>();
            Announcement own = speaker.own().get(prefix);
            if (own != null) {
                seen.add(new Ladder.Candidate(own, false, speaker.routerId(), 0, false));
            }
            for (Neighbor neighbor : speaker.neighbors()) {
                SpeakerSession session = neighbor.established();
                for (ReceivedRoutes.Route route : session == null
                        ? List.<ReceivedRoutes.Route>of()
                        : session.routes().all(prefix)) {
                    Integer originator = route.received.originatorId();
                    seen.add(new Ladder.Candidate(route.announcement(), false,
                            originator != null ? originator : neighbor.member().routerId(),
                            route.received.clusters().length, route.received.stale()));
                }
            }
            Ladder.Candidate chosen = seen.stream().min(Ladder.BEST_FIRST).orElse(null);
            Announcement expected = winner == null ? null : winner.announcement();
            Announcement found = chosen == null ? null : chosen.announcement();
            // Several paths of one neighbour may differ in nothing that counts: routes of other ASes have no originator.
            boolean amongEquals = chosen != null && seen.stream().anyMatch(
                    other -> Ladder.BEST_FIRST.compare(other, chosen) == 0 && other.announcement().equals(expected));
            if (!amongEquals && !Objects.equals(found, expected)) {
                throw world.failure("%s would choose %s for %s; in a full mesh it would be %s", speaker, found, prefix,
                        expected);
            }
        }
    }

    private void inspect(SpeakerSession session, Neighbor neighbor) {
        ReceivedRoutes routes = session.routes();
        if (routes.isRefreshing()) {
            throw world.failure("%s waits for an EoRR", neighbor);
        }
        boolean reflected = neighbor.member() instanceof ReflectorNode;
        for (Family family : session.families()) {
            if (reflected && !routes.isEnded(family)) {
                throw world.failure("%s never received End-of-RIB of %s", neighbor, family);
            }
            if (routes.isBracketed() && routes.bracketsMissing(family)) {
                throw world.failure("%s asked for a refresh of %s and got no brackets", neighbor, family);
            }
        }
        routes.routes().forEach((key, route) -> {
            Prefix prefix = key.prefix();
            Speaker source = route.announcement().speaker();
            // What is kept for long may have been withdrawn meanwhile: nobody could tell the reflector.
            if (!route.received.stale() && !route.announcement().equals(source.own().get(prefix))) {
                throw world.failure("%s still has %s of %s", neighbor, prefix, route.announcement());
            }
            if (reflected && route.at < routes.lastRequestAt(prefix.family())) {
                throw world.failure("%s asked for a refresh and did not get %s again", neighbor, prefix);
            }
        });
        if (!reflected && neighbor.member() instanceof Speaker other) {
            long due = other.own().keySet().stream().filter(prefix -> session.families().contains(prefix.family()))
                    .count();
            if (due != routes.routes().size()) {
                throw world.failure("%s has %d routes instead of %d", neighbor, routes.routes().size(), due);
            }
        }
    }

    private void inspectCounts(ReflectorNode reflector) {
        Reflector running = reflector.reflector();
        for (PeerStatus status : running.status().toList()) {
            inspectFigures(reflector, status);
            for (Member member : reflector.members()) {
                if (member instanceof Speaker speaker && member.address().equals(status.peer().address())) {
                    for (Family family : Family.values()) {
                        Neighbor neighbor = speaker.neighbor(reflector.address());
                        SpeakerSession session = neighbor == null ? null : neighbor.established();
                        long due = session == null || !session.isHeard(family)
                                ? 0
                                : speaker.own().keySet().stream().filter(prefix -> prefix.family() == family).count();
                        int accepted = status.accepted(family);
                        if (accepted != due) {
                            throw world.failure("%s counts %d routes of %s for %s instead of %d", reflector.name(),
                                    accepted, family, member.name(), due);
                        }
                    }
                }
            }
        }
    }

    /** What is counted is what went over the wire, and nobody is behind. */
    private void inspectFigures(ReflectorNode reflector, PeerStatus status) {
        WireLedger ledger = reflector.ledger(status.peer().address());
        SessionFigures figures = status.figures();
        if (!figures.received().equals(ledger.received().traffic())
                || !figures.sent().equals(ledger.sent().traffic())) {
            throw world.failure("%s counts %s and %s for %s instead of %s and %s", reflector.name(),
                    figures.received(), figures.sent(), status.peer().name(), ledger.received().traffic(),
                    ledger.sent().traffic());
        }
        figures.families().forEach((family, own) -> {
            if (own.lagOctets() != 0 || !own.endOfRibSent()) {
                throw world.failure("%s is not through with %s of %s: %s", reflector.name(), family,
                        status.peer().name(), own);
            }
        });
    }

    /** Nothing is left in reflectors that were stopped, or have lost all their peers but other reflectors. */
    void inspectEmpty() {
        for (ReflectorNode node : topology.reflectors()) {
            for (Reflector reflector : node.retired()) {
                inspectEmpty(node, reflector, true);
            }
            if (node.isRunning()) {
                inspectEmpty(node, node.reflector(), topology.reflectors().size() == 1);
            }
        }
    }

    private void inspectEmpty(ReflectorNode node, Reflector reflector, boolean alone) {
        for (Family family : Family.values()) {
            long paths = reflector.tables().adjRibIn(family).paths();
            int prefixes = reflector.tables().adjRibIn(family).prefixes();
            int groups = reflector.tables().groups(family).size();
            if (paths != 0 || prefixes != 0 || (alone && groups != 0)) {
                throw world.failure("%s has %d paths, %d prefixes and %d groups of %s left without a session",
                        node.name(), paths, prefixes, groups, family);
            }
        }
    }
}
