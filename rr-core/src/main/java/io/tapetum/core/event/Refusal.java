package io.tapetum.core.event;

import java.time.Duration;

import io.tapetum.core.fsm.Admission;

/** Why a connection that somebody opened was not taken: one case for every way there is. */
public sealed interface Refusal {

    /** Its source is nobody's. */
    record UnknownSource() implements Refusal {}

    /** Its source is in a dynamic range that has as many peers as it may. */
    record RangeFull(String range, int limit) implements Refusal {}

    /** The reflector ends. */
    record ShuttingDown() implements Refusal {}

    /** The peer's state machine does not want it (RFC 4271 §8.2.1). */
    record NotWanted(Admission.Refusal why) implements Refusal {}

    /** As many connections are open as may be. */
    record TotalLimit(int limit) implements Refusal {}

    /** As many connections without a session are open as may be. */
    record HalfOpenLimit(int limit) implements Refusal {}

    /** As many connections without a session are open from this source as may be. */
    record SourceLimit(int limit) implements Refusal {}

    /** This source has opened more connections than it may in this time. */
    record RateLimit(int limit, Duration time) implements Refusal {}

    /** It is not protected as the peer's settings ask, for want of its TCP-MD5 key for instance: it could be anybody's. */
    record Unprotected(String problem) implements Refusal {}

    /** The kinds of refusals, for those who count them. */
    enum Reason {
        /** {@link UnknownSource}. */
        UNKNOWN_SOURCE("unknown-source"),
        /** {@link RangeFull}. */
        RANGE_FULL("range-full"),
        /** {@link ShuttingDown}. */
        DRAINING("draining"),
        /** {@link Admission.Refusal#STOPPED}. */
        STOPPED("stopped"),
        /** {@link Admission.Refusal#IDLE_HOLD}. */
        HELD_DOWN("held-down"),
        /** {@link Admission.Refusal#ESTABLISHED}. */
        HAS_SESSION("has-session"),
        /** {@link TotalLimit}. */
        TOTAL_LIMIT("total-limit"),
        /** {@link HalfOpenLimit}. */
        HALF_OPEN_LIMIT("half-open-limit"),
        /** {@link SourceLimit}. */
        SOURCE_LIMIT("source-limit"),
        /** {@link RateLimit}. */
        RATE_LIMIT("rate-limit"),
        /** {@link Unprotected}. */
        UNPROTECTED("unprotected");

        private final String label;

        Reason(String label) {
            this.label = label;
        }

        /** Its name in metrics. */
        public String label() {
            return label;
        }
    }

    /** Of which kind it is. */
    default Reason reason() {
        return switch (this) {
            case UnknownSource _ -> Reason.UNKNOWN_SOURCE;
            case RangeFull _ -> Reason.RANGE_FULL;
            case ShuttingDown _ -> Reason.DRAINING;
            case NotWanted notWanted -> switch (notWanted.why) {
                case STOPPED -> Reason.STOPPED;
                case IDLE_HOLD -> Reason.HELD_DOWN;
                case ESTABLISHED -> Reason.HAS_SESSION;
            };
            case TotalLimit _ -> Reason.TOTAL_LIMIT;
            case HalfOpenLimit _ -> Reason.HALF_OPEN_LIMIT;
            case SourceLimit _ -> Reason.SOURCE_LIMIT;
            case RateLimit _ -> Reason.RATE_LIMIT;
            case Unprotected _ -> Reason.UNPROTECTED;
        };
    }

    /** For operators. */
    default String text() {
        return switch (this) {
            case UnknownSource _ ->
                "no peer and no dynamic range has this address. If it belongs to a peer, look for what"
                        + " changes the source on the way: SNAT, kube-proxy, or sourceAddress: None in the node's BGPPeer";
            case RangeFull full ->
                "range " + full.range + " is full: it may have " + full.limit + " peers at a time";
            case ShuttingDown _ -> "the reflector is shutting down";
            case NotWanted notWanted -> notWanted.why.text();
            case TotalLimit total -> "the " + total.limit + " connections of tapetum.connections.maximum are open";
            case HalfOpenLimit halfOpen -> halfOpen.limit + " connections have no session yet, and"
                    + " tapetum.connections.half-open allows no more";
            case SourceLimit source -> source.limit + " of its connections have no session, and"
                    + " tapetum.connections.per-source allows no more";
            case RateLimit rate -> "it opens more than the " + rate.limit + " connections in " + rate.time.toSeconds()
                    + " s that tapetum.connections.rate allows; look into its log for what ends them";
            case Unprotected unprotected -> unprotected.problem;
        };
    }
}
