package io.tapetum.server.inquiry;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.session.PeerStatus;

/**
 * What may be the reason that nobody announces a prefix: another one was meant, or whose it is has no session.
 *
 * @param shorter the longest prefix that contains it, and whose it is
 * @param longer one that it contains, and whose that is
 * @param withoutSession the other peers that have none
 * @param ranges whether there may have been peers that are not known any more
 */
record Clues(@Nullable String shorter, @Nullable String longer, List<PeerStatus> withoutSession, boolean ranges) {

    static final Clues NONE = new Clues(null, null, List.of(), false);

    /** Of more peers than this only the number is told. */
    private static final int MAX_NAMED = 3;

    Clues {
        withoutSession = List.copyOf(withoutSession);
    }

    /** Some sentences, or nothing. */
    String text() {
        return nearby() + absent() + (ranges
                ? " Peers of a range are forgotten when they go; `tapetum show events --kind session-down` has them."
                : "");
    }

    private String nearby() {
        String known = Stream.of(shorter == null ? "" : "the shorter " + shorter,
                longer == null ? "" : "the longer " + longer).filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", and "));
        return known.isEmpty() ? "" : " There is " + known + ": was that meant?";
    }

    /** Who was lost last comes first: what is missed has often just gone. */
    private String absent() {
        int number = withoutSession.size();
        String named = withoutSession.stream().sorted(Comparator.comparing(PeerStatus::sinceUpOrDown)).limit(MAX_NAMED)
                .map(status -> status.peer().name() + " (for " + Words.time(status.sinceUpOrDown()) + ")")
                .collect(Collectors.joining(", "));
        return switch (number) {
            case 0 -> "";
            case 1 -> " One peer has no session and announces nothing: " + named
                    + "; `tapetum show session " + withoutSession.getFirst().peer().name() + "` says why.";
            default -> " " + number + " peers have no session and announce nothing: " + named
                    + (number > MAX_NAMED ? " and others" : "") + "; `tapetum show sessions` says why.";
        };
    }
}
