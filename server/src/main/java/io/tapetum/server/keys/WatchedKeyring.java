package io.tapetum.server.keys;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of a configuration, which it follows: it looks at files and keystore every second, on a thread of its own, and
 * answers from memory.
 *
 * <p>
 * A key that is changed counts at once, and the one before it for an overlap. A key that is removed from the keystore counts
 * for an overlap, and then its sessions end: that is what removing is for. Anything else that goes wrong changes nothing,
 * but is told: a file that vanishes or that is no key any more, a keystore that cannot be opened. A lost file would else
 * cost sessions that work.
 */
public final class WatchedKeyring implements Keyring, MeterBinder, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedKeyring.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final List<KeySource> sources;
    private final Duration overlap;
    private final LongSupplier nanoTime;
    private final Map<KeyReference, KeyHistory> histories = new LinkedHashMap<>();

    /** Sources that could not be read the last time, and why. Replaced whole: whoever reads metrics does so meanwhile. */
    private volatile Map<KeySource, String> failures = Map.of();

    /** Replaced whole by the thread that looks, and read by all others, who see the keys before a change or after it. */
    private volatile Map<String, List<TcpKey>> valid = Map.of();

    private final AtomicLong changes = new AtomicLong();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("keys").daemon().factory());

    /** A ring that has looked once. */
    WatchedKeyring(Collection<? extends KeySource> sources, Duration overlap, LongSupplier nanoTime) {
        this.sources = List.copyOf(sources);
        this.overlap = overlap;
        this.nanoTime = nanoTime;
        for (KeySource source : this.sources) {
            source.references().forEach(reference -> histories.put(reference, new KeyHistory(overlap)));
        }
        this.failures = look(new HashMap<>());
        publish();
    }

    /**
     * A ring that has looked once, and will only when it is told to {@link #start}.
     *
     * @param references the keys that somebody uses
     * @param overlap how long a key stays valid after another took its place; zero for not at all
     */
    public static WatchedKeyring of(Collection<KeyReference> references, KeyPlaces places, Duration overlap) {
        return new WatchedKeyring(places.sources(references), overlap, System::nanoTime);
    }

    /** Why there is no key for a reference, by reference; empty if all is well. To be asked before the start. */
    public Map<KeyReference, String> missing() {
        Map<KeyReference, String> missing = new LinkedHashMap<>();
        for (KeySource source : sources) {
            for (KeyReference reference : source.references()) {
                if (valid(reference.toString()).isEmpty()) {
                    String failure = failures.get(source);
                    missing.put(reference, failure == null ? notInKeystore(reference) : failure);
                }
            }
        }
        return missing;
    }

    /** Only a keystore can be read and lack a key. */
    private static String notInKeystore(KeyReference reference) {
        String name = reference.toString().substring(KeyReference.Stored.PREFIX.length());
        return "the keystore has no key " + name + ": add it with `tapetum keys add " + name + " --config FILE`";
    }

    /** Looks from now on. */
    public void start() {
        if (!sources.isEmpty()) {
            thread.scheduleWithFixedDelay(this::poll, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        FunctionCounter.builder("tapetum.keys.changes", changes, AtomicLong::get)
                .description("How often TCP-MD5 keys came, changed or went, and overlaps ended").register(meters);
        Gauge.builder("tapetum.keys.unreadable", this, ring -> ring.failures.size())
                .description("Files, variables and keystores with TCP-MD5 keys that cannot be read at present")
                .register(meters);
    }

    @Override
    public List<TcpKey> valid(String reference) {
        return valid.getOrDefault(reference, List.of());
    }

    @Override
    public void whenChanged(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** One round, by the ring's own thread or, in a test, in its place. */
    void poll() {
        Map<KeyReference, String> changed = new LinkedHashMap<>();
        Map<KeySource, String> failed = look(changed);
        long nowNs = nanoTime.getAsLong();
        histories.forEach((reference, history) -> {
            if (history.endOverlaps(nowNs)) {
                changed.putIfAbsent(reference, "the overlap is over, and the key before is not valid any more");
            }
        });
        tellOperators(failed, changed);
        failures = failed;
        publish();
        changed.keySet().forEach(this::tellListeners);
        histories.values().forEach(history -> history.wipe(nowNs));
    }

    /** @param changed gets a sentence for every reference that has other keys now */
    private Map<KeySource, String> look(Map<KeyReference, String> changed) {
        Map<KeySource, String> failed = new HashMap<>();
        for (KeySource source : sources) {
            try {
                source.look().ifPresent(keys -> source.references()
                        .forEach(reference -> take(reference, keys.get(reference), changed)));
            } catch (KeysException e) {
                failed.put(source, String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                // A fault here must not end the rounds. Its own words might be a part of a key.
                failed.put(source, "a fault of the program, please report it: " + e.getClass().getName());
            }
        }
        return Map.copyOf(failed);
    }

    /** @param key the source's copy for us, which nobody else has */
    private void take(KeyReference reference, @Nullable TcpKey key, Map<KeyReference, String> changed) {
        KeyHistory history = Objects.requireNonNull(histories.get(reference));
        long nowNs = nanoTime.getAsLong();
        boolean had = !history.valid().isEmpty();
        if (key == null ? history.gone(nowNs) : history.now(key, nowNs)) {
            changed.put(reference,
                    (key == null ? "the key was removed" : had ? "there is a new key" : "the key is there")
                            + (had ? "; the one before stays valid for " + overlap.toSeconds() + " s" : ""));
        } else if (key != null) {
            // The history has the same key already.
            key.wipe();
        }
    }

    private void tellOperators(Map<KeySource, String> failed, Map<KeyReference, String> changed) {
        failed.forEach((source, why) -> {
            if (!why.equals(failures.get(source))) {
                LOG.warn("{}: {}; the keys of before stay valid, until this process restarts", names(source), why);
            }
        });
        failures.keySet().stream().filter(source -> !failed.containsKey(source))
                .forEach(source -> LOG.info("{}: can be read again", names(source)));
        changed.forEach((reference, what) -> LOG.info("{}: {}", reference, what));
    }

    private static String names(KeySource source) {
        return source.references().stream().map(KeyReference::toString).sorted().collect(Collectors.joining(", "));
    }

    private void tellListeners(KeyReference reference) {
        changes.incrementAndGet();
        for (Consumer<String> listener : listeners) {
            try {
                listener.accept(reference.toString());
            } catch (RuntimeException e) {
                LOG.error("a fault of the program, while the key {} changed; please report it", reference, e);
            }
        }
    }

    private void publish() {
        Map<String, List<TcpKey>> all = new HashMap<>();
        histories.forEach((reference, history) -> all.put(reference.toString(), history.valid()));
        valid = Map.copyOf(all);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
