package io.tapetum.server.admin;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something in files that change while the endpoint runs. Whoever needs it looks at them again if nobody has for two
 * seconds; so an endpoint that is not asked reads nothing, and one that is flooded hardly more. All methods may be called
 * by any thread.
 */
final class Renewed<T> {

    /** Reads the files, whole. */
    @FunctionalInterface
    interface Source<T> {

        /** Throws with a sentence that operators may read, and that shows no secret. */
        T read() throws IOException;
    }

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Renewed.class);

    private final String name;
    private final Source<T> source;
    private final UnaryOperator<T> otherwise;
    private final LongSupplier nanoTime;

    /** Held by the one who looks; the others go on with what is known. */
    private final AtomicBoolean looking = new AtomicBoolean();

    // Written only by who holds `looking`, whose release orders one looker before the next; volatile for all the others.
    private volatile T value;
    private volatile long lookedAtNs;

    /** What was wrong with the files when they were looked at last, or empty. Used only by who holds `looking`. */
    private String problem = "";

    /**
     * Reads it for the first time, which must succeed.
     *
     * @param name for operators: {@code the admin endpoint's certificate}
     * @param otherwise what becomes of a value when the files are of no use any more
     */
    static <T> Renewed<T> open(String name, Source<T> source, UnaryOperator<T> otherwise) throws IOException {
        return new Renewed<>(name, source, otherwise, System::nanoTime);
    }

    Renewed(String name, Source<T> source, UnaryOperator<T> otherwise, LongSupplier nanoTime) throws IOException {
        this.name = name;
        this.source = source;
        this.otherwise = otherwise;
        this.nanoTime = nanoTime;
        this.lookedAtNs = nanoTime.getAsLong();
        this.value = source.read();
    }

    /** What the files hold, or held two seconds ago. */
    T get() {
        if (nanoTime.getAsLong() - lookedAtNs >= INTERVAL.toNanos() && looking.compareAndSet(false, true)) {
            try {
                look();
            } finally {
                lookedAtNs = nanoTime.getAsLong();
                looking.set(false);
            }
        }
        return value;
    }

    private void look() {
        try {
            T read = source.read();
            problem = "";
            if (!read.equals(value)) {
                value = read;
                log.info("{} changed: the new one is used from now on", name);
            }
        } catch (IOException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // A fault here must not keep alive what the files may have revoked. Its own words might show a secret.
            failed("a fault of the program, please report it: " + e.getClass().getName());
        }
    }

    private void failed(String found) {
        value = otherwise.apply(value);
        if (!found.equals(problem)) {
            problem = found;
            log.warn("{} cannot be renewed: {}", name, found);
        }
    }
}
