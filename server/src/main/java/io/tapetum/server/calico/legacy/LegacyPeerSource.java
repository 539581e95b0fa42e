package io.tapetum.server.calico.legacy;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import io.tapetum.server.etcd.KeyFollower;
import io.tapetum.server.etcd.KeyListener;
import io.tapetum.server.source.DesiredPeers;
import io.tapetum.server.source.PeerSource;
import io.tapetum.server.source.SourceStatus;
import io.tapetum.server.source.SourceStatus.State;

/**
 * Peers out of the flat keys. What etcd tells is queued; one thread applies it, waits a moment for what else comes of the
 * same change, computes the peers and publishes them if they are others than before. A read that leaves no peer of some
 * is not believed: etcd may be new, or restored, and empty. Deletions, one by one, are.
 */
public final class LegacyPeerSource implements PeerSource {

    private static final Logger LOG = LoggerFactory.getLogger("tapetum");

    /** A burst is over when nothing came for this long ... */
    private static final long QUIET_NS = Duration.ofMillis(50).toNanos();
    /** ... and nobody waits longer than this for the end of one. */
    private static final long LONGEST_BURST_NS = Duration.ofMillis(500).toNanos();

    private final KeyFollower follower;
    private final LegacyPeering peering;
    private final BlockingQueue<Runnable> changes = new LinkedBlockingQueue<>();

    /** Written by the source's thread, read by whoever asks for the status; hence volatile. */
    private volatile Told told = new Told(State.SYNCING, "not everything has been read yet", System.nanoTime(),
            List.of());

    /** Held while the listener is called, so that it is not called any more once {@link #close} has returned. */
    private final Object publishing = new Object();
    private boolean closed; // guarded by publishing
    private @Nullable Thread thread; // guarded by publishing

    /** From here on: of the source's thread alone. */
    private Map<String, String> keys = new HashMap<>();
    private boolean read;
    private boolean rereadUnseen;
    private boolean frozen;
    private @Nullable String lost;
    private @Nullable DesiredPeers published;
    private Set<String> problems = Set.of();

    private record Told(State state, String detail, long sinceNs, List<String> problems) {}

    /** Takes over a follower, and closes it with this source. */
    public LegacyPeerSource(KeyFollower follower, LegacyPeering peering) {
        this.follower = follower;
        this.peering = peering;
    }

    @Override
    public void follow(Consumer<DesiredPeers> listener) {
        synchronized (publishing) {
            if (closed || thread != null) {
                throw new IllegalStateException("a source is followed once, and not after it was closed");
            }
            thread = Thread.ofPlatform().daemon().name("peers-from-keys").start(() -> run(listener));
        }
        follower.follow(LegacyKeys.PREFIX, new Queueing());
    }

    @Override
    public SourceStatus status() {
        Told now = told;
        return new SourceStatus(follower.name(), now.state, Duration.ofNanos(System.nanoTime() - now.sinceNs),
                now.detail, now.problems);
    }

    @Override
    public void close() {
        synchronized (publishing) {
            closed = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
        follower.close();
    }

    private void run(Consumer<DesiredPeers> listener) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                takeBurst();
                DesiredPeers peers = changedPeers();
                tell();
                if (peers != null) {
                    publish(peers, listener);
                }
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void takeBurst() throws InterruptedException {
        Runnable change = changes.take();
        long endNs = System.nanoTime() + LONGEST_BURST_NS;
        while (change != null) {
            change.run();
            long leftNs = endNs - System.nanoTime();
            change = leftNs <= 0 ? null : changes.poll(Math.min(QUIET_NS, leftNs), TimeUnit.NANOSECONDS);
        }
    }

    /** What to publish; {@code null} if nothing changed, or what changed cannot be relied on. */
    private @Nullable DesiredPeers changedPeers() {
        if (!read || lost != null) {
            return null;
        }
        DesiredPeers peers = peering.peers(keys);
        boolean emptied = published != null && !published.peers().isEmpty() && peers.peers().isEmpty();
        frozen = emptied && (rereadUnseen || frozen);
        rereadUnseen = false;
        return frozen || peers.equals(published) ? null : peers;
    }

    private void tell() {
        State state = lost != null ? State.LOST : !read ? State.SYNCING : frozen ? State.FROZEN : State.LIVE;
        String detail = switch (state) {
            case LOST -> String.valueOf(lost);
            case SYNCING -> "not everything has been read yet";
            case FROZEN -> "there is suddenly no peer below " + LegacyKeys.PREFIX
                    + ": the peers stay as they are; restore the keys, or restart this reflector if it is to have none";
            case LIVE -> "";
        };
        Told before = told;
        boolean same = state == before.state;
        told = new Told(state, detail, same ? before.sinceNs : System.nanoTime(), before.problems);
        if (!same) {
            LOG.atLevel(state == State.LIVE ? Level.INFO : Level.WARN).addKeyValue("datastore", follower.name())
                    .addKeyValue("state", state).log("{}: {}", follower.name(), sentence(state, detail));
        }
    }

    private static String sentence(State state, String detail) {
        return switch (state) {
            case LOST -> "is lost, the peers stay as they are: " + detail;
            case SYNCING -> "answers, but " + detail;
            case FROZEN -> detail;
            case LIVE -> "all has been read, peers follow every change";
        };
    }

    private void publish(DesiredPeers peers, Consumer<DesiredPeers> listener) {
        tellProblems(peers.problems());
        Told before = told;
        told = new Told(before.state, before.detail, before.sinceNs, peers.problems());
        published = peers;
        synchronized (publishing) {
            if (closed) {
                return;
            }
            try {
                listener.accept(peers);
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("datastore", follower.name()).setCause(e)
                        .log("{}: {} peers could not be taken over; please report this", follower.name(),
                                peers.peers().size());
            }
        }
    }

    /** Each problem is one line when it appears, and not again while it lasts. */
    private void tellProblems(List<String> now) {
        for (String problem : now) {
            if (!problems.contains(problem)) {
                LOG.atWarn().addKeyValue("datastore", follower.name()).log("{}: {}", follower.name(), problem);
            }
        }
        problems = new HashSet<>(now);
    }

    /** Called by the follower's threads. */
    private final class Queueing implements KeyListener {

        @Override
        public void replaced(Map<String, String> all) {
            changes.add(() -> {
                keys = new HashMap<>(all);
                read = true;
                rereadUnseen = true;
            });
        }

        @Override
        public void put(String key, String value) {
            changes.add(() -> keys.put(key, value));
        }

        @Override
        public void deleted(String key) {
            changes.add(() -> keys.remove(key));
        }

        @Override
        public void lost(String reason) {
            changes.add(() -> lost = reason);
        }

        @Override
        public void regained() {
            changes.add(() -> lost = null);
        }
    }
}
