package io.tapetum.core.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.settings.PeerRole;
import io.tapetum.core.settings.PeerSettings;
import io.tapetum.core.settings.PeerTemplate;

/**
 * The rules of RFC 4456 on paper: what every reflector chooses for a prefix once nothing moves any more, given the
 * sessions that are up. Found by letting every reflector choose again until no choice changes.
 */
final class ReflectionModel {

    private static final int MAX_ROUNDS = 50;

    /** What a reflector has chosen, and how it learned it. */
    record Choice(Announcement announcement, Member from, PeerRole role, @Nullable Integer originator,
            List<Integer> clusters, boolean stale) {

        Announcements.Said said() {
            return new Announcements.Said(announcement, stale);
        }

        int identifier() {
            return originator != null ? originator : from.routerId();
        }

        Ladder.Candidate candidate() {
            return new Ladder.Candidate(announcement, role == PeerRole.EXTERNAL, identifier(), clusters.size(), stale);
        }
    }

    private final List<ReflectorNode> reflectors;

    ReflectionModel(List<ReflectorNode> reflectors) {
        this.reflectors = reflectors;
    }

    /**
     * What each reflector chooses; those that choose nothing are not in it.
     *
     * @return {@code null} if that depends on the order in which things happen
     */
    @Nullable
    Map<ReflectorNode, Choice> choices(Prefix prefix) {
        Map<ReflectorNode, Choice> forward = settle(prefix, reflectors);
        if (reflectors.size() == 1 || forward == null) {
            return forward;
        }
        Map<ReflectorNode, Choice> backward = settle(prefix, reflectors.reversed());
        return forward.equals(backward) ? forward : null;
    }

    private @Nullable Map<ReflectorNode, Choice> settle(Prefix prefix, List<ReflectorNode> order) {
        Map<ReflectorNode, Choice> chosen = new HashMap<>();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            boolean changed = false;
            for (ReflectorNode reflector : order) {
                Choice choice = choose(reflector, prefix, chosen);
                if (!Objects.equals(choice, chosen.get(reflector))) {
                    changed = true;
                    if (choice == null) {
                        chosen.remove(reflector);
                    } else {
                        chosen.put(reflector, choice);
                    }
                }
            }
            if (!changed) {
                return chosen;
            }
        }
        return null;
    }

    private @Nullable Choice choose(ReflectorNode reflector, Prefix prefix, Map<ReflectorNode, Choice> chosen) {
        List<Choice> offers = offers(reflector, prefix, chosen);
        return offers.isEmpty() ? null : offers.getFirst();
    }

    /** What a reflector has to choose from, best first, when all others have chosen. */
    List<Choice> offers(ReflectorNode reflector, Prefix prefix, Map<ReflectorNode, Choice> chosen) {
        List<Choice> offers = new ArrayList<>();
        if (!reflector.isRunning()) {
            return offers;
        }
        for (Member member : reflector.members()) {
            Choice offer = offer(reflector, member, prefix, chosen);
            if (offer != null && isAccepted(reflector, offer)) {
                offers.add(offer);
            }
        }
        offers.sort(Comparator.comparing(Choice::candidate, Ladder.BEST_FIRST)
                .thenComparing(choice -> choice.from().address().getAddress(), Arrays::compareUnsigned));
        return offers;
    }

    private static @Nullable Choice offer(ReflectorNode reflector, Member member, Prefix prefix,
            Map<ReflectorNode, Choice> chosen) {
        ReflectorEvent.PeerUp up = reflector.up(member);
        if (up == null) {
            Announcements.Received kept = reflector.keptRoutes(member).stale(prefix);
            return kept == null
                    ? null
                    : new Choice(kept.announcement(), member, reflector.template(member).role(), kept.originatorId(),
                            Arrays.stream(kept.clusters()).boxed().toList(), true);
        }
        if (!up.negotiated().families().contains(prefix.family())) {
            return null;
        }
        PeerRole role = reflector.template(member).role();
        return switch (member) {
            case Speaker speaker -> {
                Announcement announcement = speaker.own().get(prefix);
                yield announcement == null || !isHeard(speaker, reflector, prefix)
                        ? null
                        : new Choice(announcement, member, role, null, List.of(), announcement.isStale());
            }
            case ReflectorNode other -> {
                Choice theirs = chosen.get(other);
                yield theirs == null || !passesOn(other, theirs, reflector)
                        ? null
                        : passedOn(other, theirs, reflector, role);
            }
        };
    }

    private static boolean isHeard(Speaker speaker, ReflectorNode reflector, Prefix prefix) {
        Neighbor neighbor = speaker.neighbor(reflector.address());
        SpeakerSession session = neighbor == null ? null : neighbor.established();
        return session != null && session.isHeard(prefix.family());
    }

    /** Whether a reflector tells somebody of its choice. */
    static boolean passesOn(ReflectorNode reflector, Choice choice, Member to) {
        return choice.from() != to && (!choice.stale() || reflector.knowsStaleRoutes(to))
                && isAdmitted(reflector, choice, reflector.template(to));
    }

    /** Whether a reflector tells peers of this kind of a fresh route, unless they told it themselves. */
    static boolean isAdmitted(ReflectorNode reflector, Choice choice, PeerTemplate template) {
        return switch (template.role()) {
            case CLIENT -> choice.role() != PeerRole.CLIENT || template.clientToClient()
                    || template.clusterId() != reflector.template(choice.from()).clusterId();
            case NON_CLIENT -> choice.role() != PeerRole.NON_CLIENT;
            case EXTERNAL -> true;
        };
    }

    private static Choice passedOn(ReflectorNode reflector, Choice choice, ReflectorNode to, PeerRole role) {
        List<Integer> clusters = new ArrayList<>(choice.clusters());
        Integer originator = choice.originator();
        if (choice.role() != PeerRole.EXTERNAL) {
            if (originator == null) {
                originator = choice.from().routerId();
            }
            PeerTemplate source = reflector.template(choice.from());
            PeerTemplate target = reflector.template(to);
            if (choice.role() == PeerRole.CLIENT) {
                clusters.addFirst(source.clusterId());
            }
            if (choice.role() != PeerRole.CLIENT
                    || (target.role() == PeerRole.CLIENT && target.clusterId() != source.clusterId())) {
                clusters.addFirst(target.clusterId());
            }
        }
        return new Choice(choice.announcement(), reflector, role, originator, clusters, choice.stale());
    }

    private static boolean isAccepted(ReflectorNode reflector, Choice offer) {
        if (Objects.equals(offer.originator(), reflector.routerId())) {
            return false;
        }
        if (offer.clusters().contains(reflector.settings().clusterId())) {
            return false;
        }
        for (PeerSettings peer : reflector.settings().peers()) {
            if (offer.clusters().contains(peer.template().clusterId())) {
                return false;
            }
        }
        return true;
    }
}
