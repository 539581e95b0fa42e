package io.tapetum.server.logging;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.event.ReflectorEvent;
import io.tapetum.core.fsm.DownReason;

/**
 * Keeps a peer whose sessions come and go from filling the log. Time is cut into intervals, in each of which a peer has some
 * lines to itself: enough for a restart or two. What comes beyond is counted, and told in one line at the interval's end,
 * which says how the session was then. Memory depends on the peers that have, or had, a session in this interval.
 *
 * <p>Callable by any thread. Events of one peer come from one thread, so they are counted in their order.
 */
final class FlapDigest {

    /** Lines of a peer in an interval: a session that ends and another one, with its two tables, twice. */
    static final int LINES = 8;

    private final Duration interval;
    private Map<InetAddress, Tally> tallies = new HashMap<>();

    private static final class Tally {
        private final PeerName peer;
        private int lines;
        private int ups;
        private int downs;
        private boolean up;
        private @Nullable DownReason reason;

        Tally(PeerName peer) {
            this.peer = peer;
        }

        String line(Duration interval) {
            return "%s came up %s and went down %s in %d s, and was %s at the end%s".formatted(peer, times(ups),
                    times(downs), interval.toSeconds(), up ? "up" : "down",
                    reason == null ? "" : "; it last went down for this: " + reason.text());
        }

        private static String times(int count) {
            return count == 1 ? "once" : count + " times";
        }
    }

    /** An interval lasts from the first event in it until {@link #end} is called. */
    FlapDigest(Duration interval) {
        this.interval = interval;
    }

    /**
     * What is to be done about an event.
     *
     * @param tell whether it is told by itself
     * @param begins whether an interval begins with it, so that {@link #end} is due after the interval
     */
    record Verdict(boolean tell, boolean begins) {}

    /**
     * What is left to tell of a peer.
     *
     * @param line a sentence
     * @param ups how often its session came up in the interval
     * @param downs how often it ended
     */
    record Digest(PeerName peer, String line, int ups, int downs) {}

    /** Counts an event of a session that is up, or was. */
    synchronized Verdict happened(ReflectorEvent.OfPeer event) {
        boolean begins = tallies.isEmpty();
        Tally tally = tallies.computeIfAbsent(event.peer().address(), _ -> new Tally(PeerName.of(event.peer())));
        tally.lines++;
        if (event instanceof ReflectorEvent.PeerDown down) {
            tally.downs++;
            tally.up = false;
            tally.reason = down.reason();
        } else if (event instanceof ReflectorEvent.PeerUp) {
            tally.ups++;
            tally.up = true;
        }
        return new Verdict(tally.lines <= LINES, begins);
    }

    /** Ends the interval; says what to tell of it. */
    synchronized List<Digest> end() {
        List<Digest> digests = tallies.values().stream().filter(tally -> tally.lines > LINES)
                .map(tally -> new Digest(tally.peer, tally.line(interval), tally.ups, tally.downs)).toList();
        tallies = new HashMap<>();
        return digests;
    }
}
