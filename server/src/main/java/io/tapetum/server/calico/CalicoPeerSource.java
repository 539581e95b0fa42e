package io.tapetum.server.calico;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import io.tapetum.server.calico.FollowedCluster.Standing;
import io.tapetum.server.calico.peering.ClusterState;
import io.tapetum.server.calico.resource.CalicoResource;
import io.tapetum.server.calico.resource.ResourceKind;
import io.tapetum.server.calico.secret.SecretKeyring;
import io.tapetum.server.journal.EventKind;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.keys.Keyring;
import io.tapetum.server.logging.Defects;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerSource;
import io.tapetum.server.source.SourceStatus;
import io.tapetum.server.source.SourceStatus.State;

/**
 * Peers out of Calico's datastore. What the datastore tells is queued, so that it is never held up; one thread takes it
 * from there, waits a moment for what else comes of the same change, computes the peers and publishes them if they are
 * others than before.
 */
public final class CalicoPeerSource implements PeerSource {

    private static final Logger LOG = LoggerFactory.getLogger("tapetum");

    /** A burst is over when nothing came for this long ... */
    private static final Duration QUIET = Duration.ofMillis(50);

    /** ... and nobody waits longer than this for the end of one. */
    private static final Duration LONGEST_BURST = Duration.ofMillis(500);

    /**
     * A session whose key is not there yet when its peer is published is down for longer than it takes to read the key; but
     * peers do not wait long for keys, of which some may never be there.
     */
    private static final Duration PATIENCE_WITH_KEYS = Duration.ofSeconds(1);

    private final CalicoDatastore datastore;
    private final SecretKeyring keys;
    private final FollowedCluster cluster;
    private final ToldProblems problems;
    private final Defects defects = new Defects();
    private final long quietNs;
    private final BlockingQueue<DatastoreEvent> events = new LinkedBlockingQueue<>();

    /** Written by the source's thread, read by whoever asks for the status; hence volatile. */
    private volatile Told told = new Told(FollowedCluster.SYNCING, System.nanoTime(), List.of());

    /** Held while the listener is called, so that it is not called any more once {@link #close} has returned. */
    private final Object publishing = new Object();

    private boolean closed; // guarded by publishing
    private @Nullable Thread thread; // guarded by publishing

    /** What the source's thread published last; nobody else looks at it. */
    private @Nullable DesiredPeers published;

    private record Told(Standing standing, long sinceNs, List<String> problems) {}

    /**
     * @param datastore followed, and closed with this source
     * @param keys where the passwords of those peers are; closed with this source
     * @param peering from all resources to the peers; pure
     */
    public CalicoPeerSource(CalicoDatastore datastore, SecretKeyring keys,
            Function<ClusterState, DesiredPeers> peering) {
        this(datastore, keys, peering, QUIET);
    }

    CalicoPeerSource(CalicoDatastore datastore, SecretKeyring keys, Function<ClusterState, DesiredPeers> peering,
            Duration quiet) {
        this.datastore = datastore;
        this.keys = keys;
        this.cluster = new FollowedCluster(datastore.kinds(), peering);
        this.problems = new ToldProblems(datastore.name());
        this.quietNs = quiet.toNanos();
    }

    @Override
    public void follow(Consumer<DesiredPeers> listener) {
        synchronized (publishing) {
            if (closed || thread != null) {
                throw new IllegalStateException("a source is followed once, and not after it was closed");
            }
            thread = Thread.ofPlatform().daemon().name("peers-from-calico").start(() -> run(listener));
        }
        datastore.follow(new Queueing());
    }

    @Override
    public SourceStatus status() {
        Told now = told;
        return new SourceStatus(datastore.name(), now.standing.state(),
                Duration.ofNanos(System.nanoTime() - now.sinceNs), now.standing.detail(),
                Stream.concat(now.problems.stream(), keys.problems().stream()).toList());
    }

    @Override
    public Keyring keys() {
        return keys;
    }

    @Override
    public void close() {
        synchronized (publishing) {
            closed = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
        datastore.close();
        keys.close();
    }

    private void run(Consumer<DesiredPeers> listener) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                takeBurst();
                tell(cluster.standing());
                DesiredPeers peers = cluster.peers().orElse(published);
                if (peers != null && !peers.equals(published)) {
                    awaitKeys(peers);
                    publish(peers, listener);
                }
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void takeBurst() throws InterruptedException {
        DatastoreEvent event = events.take();
        long endNs = System.nanoTime() + LONGEST_BURST.toNanos();
        while (event != null) {
            cluster.apply(event);
            long leftNs = endNs - System.nanoTime();
            event = leftNs <= 0 ? null : events.poll(Math.min(quietNs, leftNs), TimeUnit.NANOSECONDS);
        }
    }

    private void awaitKeys(DesiredPeers peers) throws InterruptedException {
        Set<KeyReference.InSecret> references = peers.peers().stream()
                .flatMap(peer -> KeyReference.InSecret.ofText(peer.protection().key()).stream())
                .collect(Collectors.toSet());
        try {
            keys.want(references).get(PATIENCE_WITH_KEYS.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            // The sessions come up when the keys do.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void publish(DesiredPeers peers, Consumer<DesiredPeers> listener) {
        problems.tell(peers.problems());
        told = new Told(told.standing, told.sinceNs, peers.problems());
        published = peers;
        synchronized (publishing) {
            if (closed) {
                return;
            }
            try {
                listener.accept(peers);
            } catch (RuntimeException e) {
                defects.happened(e).ifPresent(times -> LOG.atError().addKeyValue(EventKind.KEY, EventKind.DATASTORE)
                        .addKeyValue("datastore", datastore.name()).setCause(e)
                        .log("{}: {} peers could not be taken over; please report this ({})", datastore.name(),
                                peers.peers().size(), times));
            }
        }
    }

    private void tell(Standing standing) {
        Told before = told;
        boolean same = standing.state() == before.standing.state();
        told = new Told(standing, same ? before.sinceNs : System.nanoTime(), before.problems);
        // A failed try has another reason now and then; that is for the status, not for a line each.
        if (!same || standing.state() == State.FROZEN && !standing.equals(before.standing)) {
            LOG.atLevel(standing.state() == State.LIVE ? Level.INFO : Level.WARN)
                    .addKeyValue(EventKind.KEY, EventKind.DATASTORE)
                    .addKeyValue("datastore", datastore.name()).addKeyValue("state", standing.state())
                    .log("{}: {}", datastore.name(), sentence(standing));
        }
    }

    private static String sentence(Standing standing) {
        return switch (standing.state()) {
            case SYNCING -> "answers, but " + standing.detail();
            case LIVE -> "all has been read, peers follow every change";
            case LOST -> "is lost, the peers stay as they are: " + standing.detail();
            case FROZEN -> standing.detail();
        };
    }

    /** Called by the datastore's threads. */
    private final class Queueing implements DatastoreListener {

        @Override
        public void replaced(ResourceKind kind, List<CalicoResource> all) {
            events.add(new DatastoreEvent.Replaced(kind, all));
        }

        @Override
        public void changed(CalicoResource resource) {
            events.add(new DatastoreEvent.Changed(resource));
        }

        @Override
        public void removed(ResourceKind kind, String name) {
            events.add(new DatastoreEvent.Removed(kind, name));
        }

        @Override
        public void lost(String reason) {
            events.add(new DatastoreEvent.Lost(reason));
        }

        @Override
        public void regained() {
            events.add(new DatastoreEvent.Regained());
        }
    }
}
