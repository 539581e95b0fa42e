package io.tapetum.interop.calico;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Looks at the tables of many nodes again and again while something happens, and remembers what was missing where and when.
 *
 * <p>Two threads of its own look at one daemon after the other, each through one connection.
 */
final class LossWatch implements AutoCloseable {
    private static final int POLL_MILLIS = 40;
    private static final int LEAST_LOOKS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final List<Watched> watched = new ArrayList<>();
    private final List<ScheduledFuture<?>> looking = new ArrayList<>();

    private LossWatch(Collection<CalicoNode> nodes, Set<String> prefixes) {
        for (CalicoNode node : nodes) {
            for (NodeFamily family : NodeFamily.values()) {
                Set<String> expected = prefixes.stream().filter(prefix -> NodeFamily.of(prefix) == family)
                        .collect(Collectors.toCollection(TreeSet::new));
                watched.add(new Watched(node, family, expected));
            }
        }
        watched.forEach(one -> looking
                .add(threads.scheduleWithFixedDelay(one::look, 0, POLL_MILLIS, TimeUnit.MILLISECONDS)));
    }

    /** Watches whether nodes always reach all prefixes. */
    static LossWatch of(Collection<CalicoNode> nodes, Set<String> prefixes) {
        return new LossWatch(nodes, prefixes);
    }

    /**
     * Stops to look, not before each daemon was looked at a few times, and tells what was missing when; nothing, when nothing
     * ever was.
     */
    List<String> stop() {
        await().atMost(PATIENCE).until(() -> watched.stream().allMatch(one -> one.looks.get() >= LEAST_LOOKS));
        close();
        return watched.stream().flatMap(one -> one.misses.stream()).sorted().toList();
    }

    @Override
    public void close() {
        looking.forEach(one -> one.cancel(false));
        threads.close();
        watched.forEach(Watched::disconnect);
    }

    /** One daemon. Its fields are used by one thread at a time, which the executor sees to, and read after the end. */
    private static final class Watched {
        private final CalicoNode node;
        private final NodeFamily family;
        private final Set<String> expected;
        private final BirdControl control;
        private final List<String> misses = new ArrayList<>();
        private final AtomicInteger looks = new AtomicInteger();

        Watched(CalicoNode node, NodeFamily family, Set<String> expected) {
            this.node = node;
            this.family = family;
            this.expected = expected;
            try {
                this.control = BirdControl.connect(node.socket(family));
            } catch (IOException e) {
                throw new IllegalStateException("Nobody to watch: " + name(), e);
            }
        }

        private String name() {
            return node + "/" + family.daemon();
        }

        private void look() {
            try {
                Set<String> missing = new TreeSet<>(expected);
                TableRoute.parse(control.ask("show route")).stream().filter(TableRoute::usable)
                        .forEach(route -> missing.remove(route.prefix()));
                if (!missing.isEmpty()) {
                    misses.add(Instant.now() + " " + name() + ": " + missing);
                }
            } catch (IOException | RuntimeException e) {
                // Thrown on, it would silently end the schedule.
                misses.add(Instant.now() + " " + name() + ": " + e);
            }
            looks.incrementAndGet();
        }

        private void disconnect() {
            try {
                control.close();
            } catch (IOException e) {
                misses.add(Instant.now() + " " + name() + ": " + e);
            }
        }
    }
}
