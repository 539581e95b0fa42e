package io.tapetum.server.calico;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.calico.peering.ClusterState;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.journal.EventKind;
import io.tapetum.server.logging.Defects;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.SourceStatus.State;

/**
 * Follows what a datastore tells, event by event, and knows when the peers that come of it can be relied on. Confined to
 * one thread.
 *
 * <p>
 * Peers that vanish one by one were deleted by somebody. If they are all gone after everything was read anew, or while
 * the datastore was locked, then more likely the datastore is not what it was: its resources have been moved, or a wrong
 * one answers. Then all stays as it is until there are peers again.
 *
 * <p>
 * To compute peers takes longer than to keep a resource, so it is done only where it matters which event came between:
 * around everything that is read anew, around locks, and when somebody asks.
 */
final class FollowedCluster {

    private static final Logger LOG = LoggerFactory.getLogger("tapetum");

    /** Whether the peers can be relied on, and if not, why. */
    record Standing(State state, String detail) {}

    private static final Standing LIVE = new Standing(State.LIVE, "");
    static final Standing SYNCING = new Standing(State.SYNCING, "not everything has been read yet");
    private static final Standing LOCKED = new Standing(State.FROZEN,
            "ClusterInformation \"default\" says datastoreReady: false, or is gone; the peers stay as they are until it says true");
    private static final Standing EMPTIED = new Standing(State.FROZEN, "all peers vanished at once when the datastore"
            + " was read anew or was locked; they stay as they were until it names peers again");

    private final Function<ClusterState, DesiredPeers> peering;
    private final KnownResources resources;
    private final Defects defects = new Defects();

    private DesiredPeers computed = DesiredPeers.NONE;
    private boolean outdated = true;
    private boolean emptied;
    private @Nullable String lost;

    FollowedCluster(Set<ResourceKind> kinds, Function<ClusterState, DesiredPeers> peering) {
        this.resources = new KnownResources(kinds);
        this.peering = peering;
    }

    void apply(DatastoreEvent event) {
        switch (event) {
            case DatastoreEvent.Replaced replaced -> {
                settle(resources.locked());
                outdated |= resources.replace(replaced.kind(), replaced.all());
                settle(true);
            }
            case DatastoreEvent.Changed changed -> {
                boolean lock = changed.resource().kind() == ResourceKind.CLUSTER_INFORMATION;
                settleIf(lock, resources.locked());
                outdated |= resources.change(changed.resource());
                settleIf(lock, true);
            }
            case DatastoreEvent.Removed removed -> {
                boolean lock = removed.kind() == ResourceKind.CLUSTER_INFORMATION;
                settleIf(lock, resources.locked());
                outdated |= resources.remove(removed.kind(), removed.name());
                settleIf(lock, true);
            }
            case DatastoreEvent.Lost why -> lost = why.reason();
            case DatastoreEvent.Regained _ -> lost = null;
        }
    }

    /** How far the peers of this moment can be relied on. */
    Standing standing() {
        settle(resources.locked());
        if (lost != null) {
            return new Standing(State.LOST, lost);
        }
        if (!resources.complete()) {
            return SYNCING;
        }
        return resources.locked() ? LOCKED : emptied ? EMPTIED : LIVE;
    }

    /** The peers of this moment, if they can be relied on. */
    Optional<DesiredPeers> peers() {
        return standing().state() == State.LIVE ? Optional.of(computed) : Optional.empty();
    }

    private void settleIf(boolean lock, boolean suspicious) {
        if (lock) {
            settle(suspicious);
        }
    }

    /** {@code suspicious}: what happened since it was done last is no reason to let all peers go. */
    private void settle(boolean suspicious) {
        if (!outdated || !resources.complete()) {
            return;
        }
        boolean hadPeers = !computed.peers().isEmpty();
        computed = compute();
        outdated = false;
        if (!computed.peers().isEmpty()) {
            emptied = false;
        } else if (hadPeers && suspicious) {
            emptied = true;
        }
    }

    /** A fault in the computation must cost no session: then the peers are those of before. */
    private DesiredPeers compute() {
        try {
            return peering.apply(resources.state());
        } catch (RuntimeException e) {
            defects.happened(e).ifPresent(times -> LOG.atError().addKeyValue(EventKind.KEY, EventKind.DATASTORE)
                    .setCause(e)
                    .log("the peers cannot be computed, they stay as they are; please report this ({})", times));
            List<String> problems = new ArrayList<>(computed.problems());
            problems.add("the peers cannot be computed, they stay as they are; the log says why");
            return new DesiredPeers(computed.peers(), problems.stream().distinct().toList());
        }
    }
}
