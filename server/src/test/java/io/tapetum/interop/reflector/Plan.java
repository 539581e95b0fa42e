package io.tapetum.interop.reflector;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.tapetum.interop.lab.Host;

/**
 * A reflector that is to be. Its router id is its host's IPv4 address.
 *
 * @param host where it runs
 * @param as its AS number
 * @param clusterId as an address
 * @param holdTimeSeconds what it offers in every session
 * @param retention what it asks of every peer, or {@code null} for its defaults
 * @param keyOverlapSeconds for how long the key before the newest is taken too
 * @param members whom it talks to
 */
public record Plan(Host host, long as, String clusterId, int holdTimeSeconds, @Nullable Retention retention,
        int keyOverlapSeconds, List<Membership> members) {

    /**
     * For how long peers are asked to keep its routes when it is gone.
     *
     * @param restartSeconds the restart time (RFC 4724)
     * @param longLivedStaleSeconds for how much longer as stale ones (RFC 9494); 0 not to
     */
    public record Retention(int restartSeconds, int longLivedStaleSeconds) {}

    /** Short, so that a peer that vanished is missed within a test's patience. */
    public static final int HOLD_TIME_SECONDS = 9;

    /** Longer than any test. */
    private static final int KEY_OVERLAP_SECONDS = 300;

    public Plan {
        members = List.copyOf(members);
    }

    public Plan(Host host, long as, String clusterId, int holdTimeSeconds, @Nullable Retention retention,
            List<Membership> members) {
        this(host, as, clusterId, holdTimeSeconds, retention, KEY_OVERLAP_SECONDS, members);
    }

    public Plan(Host host, long as, String clusterId, int holdTimeSeconds, List<Membership> members) {
        this(host, as, clusterId, holdTimeSeconds, null, members);
    }

    public Plan(Host host, long as, String clusterId, Membership... members) {
        this(host, as, clusterId, HOLD_TIME_SECONDS, List.of(members));
    }

    /** The same, but for how long the key before the newest is taken too. */
    public Plan withKeyOverlap(int seconds) {
        return new Plan(host, as, clusterId, holdTimeSeconds, retention, seconds, members);
    }

    /** A reflector for all hosts of the lab: IPv4 and IPv6 clients of one AS, its router id being its cluster id. */
    public static Plan forEverybody(Host host, long as) {
        return new Plan(host, as, host.ipv4(), Membership.clientsIn("10.77.0.0/24", as),
                Membership.clientsIn("fd77::/64", as));
    }
}
