package io.tapetum.core.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.Reflector;
import io.tapetum.core.inquiry.Candidate;
import io.tapetum.core.inquiry.Findings;
import io.tapetum.core.inquiry.Inquirer;
import io.tapetum.core.inquiry.Standing;
import io.tapetum.core.session.Peer;

/** Asks reflectors why speakers have prefixes or have them not, and compares the answers with what they have. */
final class InquiryInspection {

    /** Large networks are asked about a part of what they are. */
    private static final int MAX_QUESTIONS = 4000;

    private final World world;

    InquiryInspection(World world) {
        this.world = world;
    }

    void inspect(ReflectorNode node, Collection<Prefix> prefixes) {
        Reflector reflector = node.reflector();
        Collection<Peer> peers = reflector.supervision().peers();
        Inquirer inquirer = new Inquirer(reflector.tables());
        int questions = 0;
        for (Peer peer : peers) {
            Speaker speaker = speaker(node, peer);
            for (Prefix prefix : prefixes) {
                if (speaker != null && questions++ < MAX_QUESTIONS) {
                    var asked = new io.tapetum.wire.nlri.Prefix(prefix.family(), prefix.high(), prefix.low(),
                            prefix.length());
                    compare(node, speaker, prefix,
                            inquirer.find(peer, asked, Inquirer.refused(peers, asked), List.of()));
                }
            }
        }
    }

    private static @Nullable Speaker speaker(ReflectorNode node, Peer peer) {
        for (Member member : node.members()) {
            if (member instanceof Speaker speaker && member.address().equals(peer.settings().address())) {
                return speaker;
            }
        }
        return null;
    }

    private void compare(ReflectorNode node, Speaker speaker, Prefix prefix, Findings findings) {
        Neighbor neighbor = speaker.neighbor(node.address());
        SpeakerSession session = neighbor == null ? null : neighbor.established();
        if (session == null || !session.families().contains(prefix.family())) {
            Standing due = session == null ? Standing.NO_SESSION : Standing.NOT_NEGOTIATED;
            if (findings.standing() != due) {
                throw world.failure("%s says of %s and %s %s instead of %s", node.name(), speaker, prefix, findings,
                        due);
            }
            return;
        }
        List<Announcements.Said> sent = new ArrayList<>();
        for (Candidate candidate : findings.candidates()) {
            if (candidate.standing(false) == Standing.SENT) {
                Announcements.Said said = world.announcements().recognise(candidate.path().attributes(), true).said();
                // What they take for their own they are sent, and do not keep.
                Speaker source = said.announcement().speaker();
                if (source != speaker && !(source.isExternal() && speaker.isExternal())) {
                    sent.add(said);
                }
            }
        }
        List<Announcements.Said> held = new ArrayList<>(
                session.routes().all(prefix).stream().map(route -> route.received.said()).toList());
        sent.sort(PathInspection.BY_NUMBER);
        held.sort(PathInspection.BY_NUMBER);
        if (!sent.equals(held) || findings.standing() == Standing.ON_ITS_WAY) {
            throw world.failure("%s says that %s was sent %s for %s, which has %s: %s", node.name(), speaker, sent,
                    prefix,
                    held, findings);
        }
    }
}
