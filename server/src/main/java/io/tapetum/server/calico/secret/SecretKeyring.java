package io.tapetum.server.calico.secret;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.tapetum.server.calico.ToldProblems;
import io.tapetum.server.journal.EventKind;
import io.tapetum.server.keys.KeyHistory;
import io.tapetum.server.keys.KeyReference;
import io.tapetum.server.keys.Keyring;
import io.tapetum.server.keys.TcpKey;
import io.tapetum.server.logging.Defects;

/**
 * The keys of those Secrets that somebody wants. Each is followed by itself, as long as it is wanted. A key is lost only by
 * being replaced: a Secret that goes, that cannot be read any more or that says nothing usable leaves the key that it had,
 * for without it a session would have to end.
 *
 * <p>
 * What was told by a store, and every change of mind about what is wanted, is dealt with by the one thread of the ring, which
 * owns all that is not said to be otherwise. Any thread may call.
 */
public final class SecretKeyring implements Keyring, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SecretKeyring.class);
    private static final Defects DEFECTS = new Defects();

    /** For how long a key outlives the wish for it: who used it learns that it is not wanted at his own time. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private static final Duration TICK = Duration.ofSeconds(1);

    private final SecretStore store;
    private final Duration overlap;
    private final Duration farewell;
    private final LongSupplier nanoTime;
    private final ScheduledThreadPoolExecutor thread;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /** The valid keys, the newest first, by reference. Written by the ring's thread, read by all; hence concurrent. */
    private final Map<String, List<TcpKey>> valid = new ConcurrentHashMap<>();

    /** Written by the ring's thread, read by whoever asks; hence volatile. */
    private volatile List<String> problems = List.of();

    private final Map<String, KeyHistory> histories = new HashMap<>();
    private final Map<SecretName, Followed> followed = new TreeMap<>();
    private final ToldProblems toldProblems = new ToldProblems("Secrets");
    private Set<KeyReference.InSecret> wanted = Set.of();

    private record Followed(WantedSecret secret, SecretStore.Following following, CompletableFuture<Void> told) {}

    /**
     * @param store closed with this ring
     * @param overlap how long a key stays valid beside the one that replaced it; none if it is zero
     */
    public SecretKeyring(SecretStore store, Duration overlap) {
        this(store, overlap, FAREWELL, System::nanoTime);
    }

    SecretKeyring(SecretStore store, Duration overlap, Duration farewell, LongSupplier nanoTime) {
        this.store = store;
        this.overlap = overlap;
        this.farewell = farewell;
        this.nanoTime = nanoTime;
        this.thread = new ScheduledThreadPoolExecutor(1,
                Thread.ofPlatform().daemon().name("keys-from-secrets").factory());
        thread.scheduleWithFixedDelay(guarded(this::tick), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public List<TcpKey> valid(String reference) {
        return valid.getOrDefault(reference, List.of());
    }

    @Override
    public void whenChanged(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** What is wrong with Secrets that are wanted, one sentence each that says what to do; no secrets. */
    public List<String> problems() {
        return problems;
    }

    /**
     * From now on these are wanted, and no others.
     *
     * @return done when something is known of the Secret of each, if only that it cannot be read
     */
    public CompletableFuture<Void> want(Set<KeyReference.InSecret> references) {
        Set<KeyReference.InSecret> wish = Set.copyOf(references);
        CompletableFuture<Void> told = new CompletableFuture<>();
        run(() -> {
            wanted = wish;
            wish.forEach(this::follow);
            thread.schedule(guarded(this::forgetUnwanted), farewell.toNanos(), TimeUnit.NANOSECONDS);
            CompletableFuture.allOf(followed.values().stream().map(Followed::told).toArray(CompletableFuture[]::new))
                    .thenRun(() -> told.complete(null));
        });
        return told;
    }

    /** The keys stay as they are. */
    @Override
    public void close() {
        thread.shutdownNow();
        store.close();
    }

    private void follow(KeyReference.InSecret reference) {
        Followed of = followed.computeIfAbsent(SecretName.of(reference), this::followed);
        if (of.secret.add(reference)) {
            read(of.secret);
        }
    }

    private Followed followed(SecretName name) {
        WantedSecret secret = new WantedSecret(name);
        CompletableFuture<Void> told = new CompletableFuture<>();
        return new Followed(secret, store.follow(name, new Listener(name, secret)), told);
    }

    private void forgetUnwanted() {
        followed.values().removeIf(of -> {
            of.secret.references().stream().filter(reference -> !wanted.contains(reference)).forEach(reference -> {
                of.secret.remove(reference);
                KeyHistory history = histories.get(reference.toString());
                if (history != null) {
                    history.forget(nanoTime.getAsLong());
                }
                if (valid.remove(reference.toString()) != null) {
                    tell(reference.toString());
                }
            });
            boolean unwanted = of.secret.references().isEmpty();
            if (unwanted) {
                of.following.stop();
                of.secret.wipe();
            }
            return unwanted;
        });
        say();
    }

    /** Takes over what is new in a Secret. */
    private void read(WantedSecret secret) {
        for (KeyReference.InSecret reference : secret.references()) {
            if (secret.value(reference) instanceof SecretValue.Usable usable) {
                replace(reference.toString(), usable.key());
            }
        }
        say();
    }

    /** @param key stays that of the Secret; a history has keys of its own, for it decides when they are wiped */
    private void replace(String reference, TcpKey key) {
        KeyHistory history = histories.computeIfAbsent(reference, _ -> new KeyHistory(overlap));
        boolean first = history.valid().isEmpty();
        long nowNs = nanoTime.getAsLong();
        TcpKey own = key.copy();
        if (history.now(own, nowNs)) {
            // Without an overlap it is over already.
            history.endOverlaps(nowNs);
            LOG.atInfo().addKeyValue(EventKind.KEY, EventKind.KEYS).log("{}: {}", reference,
                    first ? "the key is there" : "there is a new key");
            changed(reference, history);
        } else {
            own.wipe();
        }
    }

    /** What time does: overlaps end, and keys that were valid once are wiped. */
    private void tick() {
        long nowNs = nanoTime.getAsLong();
        histories.forEach((reference, history) -> {
            if (history.endOverlaps(nowNs)) {
                LOG.atInfo().addKeyValue(EventKind.KEY, EventKind.KEYS)
                        .log("{}: the overlap is over, and the key before is not valid any more", reference);
                changed(reference, history);
            }
            history.wipe(nowNs);
        });
        histories.values().removeIf(KeyHistory::isEmpty);
    }

    private void changed(String reference, KeyHistory history) {
        valid.put(reference, history.valid());
        tell(reference);
    }

    private void tell(String reference) {
        listeners.forEach(listener -> guarded(() -> listener.accept(reference)).run());
    }

    private void say() {
        List<String> now = followed.values().stream()
                .flatMap(of -> of.secret.problems(reference -> valid.containsKey(reference.toString())).stream())
                .toList();
        problems = now;
        toldProblems.tell(now);
    }

    private void run(Runnable task) {
        try {
            thread.execute(guarded(task));
        } catch (RejectedExecutionException _) {
            // Closed.
        }
    }

    /** A fault with one key must not keep the others from being followed. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                DEFECTS.happened(e).ifPresent(times -> LOG.atError().addKeyValue(EventKind.KEY, EventKind.KEYS)
                        .setCause(e).log("keys from Secrets could not be taken over; please report this ({})", times));
            }
        };
    }

    /** Called by the store's threads. */
    private final class Listener implements SecretListener {

        private final SecretName name;
        private final WantedSecret secret;

        Listener(SecretName name, WantedSecret secret) {
            this.name = name;
            this.secret = secret;
        }

        @Override
        public void found(Map<String, SecretValue> values) {
            Map<String, SecretValue> copy = new HashMap<>(values);
            told(() -> secret.is(copy), () -> copy.values().forEach(SecretValue::wipe));
        }

        @Override
        public void missing() {
            told(() -> secret.is(null));
        }

        @Override
        public void lost(String reason, boolean refused) {
            told(() -> secret.lost(reason, refused));
        }

        @Override
        public void regained() {
            told(secret::regained);
        }

        private void told(Runnable change) {
            told(change, () -> {
            });
        }

        /** @param unwanted instead, for a Secret that is not wanted any more may be told of once again */
        private void told(Runnable change, Runnable unwanted) {
            run(() -> {
                @Nullable
                Followed of = followed.get(name);
                if (of != null && of.secret == secret) {
                    change.run();
                    read(secret);
                    of.told.complete(null);
                } else {
                    unwanted.run();
                }
            });
        }
    }
}
