package io.tapetum.server.inquiry;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;

import io.tapetum.core.inquiry.Standing;
import io.tapetum.wire.nlri.Prefix;

/**
 * Why a peer has a prefix, or has it not.
 *
 * @param peer its name
 * @param address of the peer
 * @param verdict in one word
 * @param summary in one sentence, with names and numbers, and what can be done about it if it is not as it should be
 * @param steps the way of the prefix to the peer, in order, as far as it gets
 * @param paths that were received and may be used, best first
 * @param refused announcements of the prefix that may not be used, as far as they are remembered
 */
public record Explanation(Prefix prefix, String peer, InetAddress address, Standing verdict, String summary,
        List<Step> steps, List<RoutePath> paths, List<RefusedPath> refused) {

    public Explanation {
        steps = List.copyOf(steps);
        paths = List.copyOf(paths);
        refused = List.copyOf(refused);
    }

    /**
     * A step on the way.
     *
     * @param text a sentence
     */
    public record Step(Stage stage, Outcome outcome, String text) {}

    /** Where the way leads through. */
    public enum Stage {
        SESSION, RECEIVED, DECISION, REFLECTION, LOG, CURSOR, SOCKET
    }

    /** How a step ended. */
    public enum Outcome {
        PASSED,
        /** The way ends here. */
        STOPPED,
        /** The way goes on by itself, in a moment. */
        WAITING
    }

    /**
     * An announcement that may not be used.
     *
     * @param reason a sentence: the loop that was found, or what was malformed
     * @param last when it came
     */
    public record RefusedPath(String peer, InetAddress address, String reason, Instant last) {}
}
