package io.tapetum.server.health;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.tapetum.server.reflector.RunningReflector;

/** The health of the reflector, as far as somebody asks. All methods may be called by any thread. */
public final class Health {

    /** An event loop that is not heard of for that long does not come back by itself. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final RunningReflector reflector;
    private final BooleanSupplier listening;

    // Both go from false to true once, and whoever reads one a moment late gives the answer of that moment.
    private volatile boolean converged;
    private volatile boolean draining;

    /** @param listening whether peers can connect by now */
    public Health(RunningReflector reflector, BooleanSupplier listening) {
        this.reflector = reflector;
        this.listening = listening;
    }

    /** From now on it is not ready. */
    public void drainBegins() {
        draining = true;
    }

    /** Whether the process does its work, which it also does while it waits for its datastore. */
    public Verdict live() {
        Duration silence = reflector.silence();
        return Verdict.of(silence.compareTo(SILENCE) <= 0
                ? Check.passed("event-loops")
                : Check.failed("event-loops", "one has not been heard of for " + silence.toSeconds() + " s"));
    }

    /** Whether peers may rely on it. */
    public Verdict ready() {
        boolean before = converged;
        // Asked first: a reflector that listens has the sessions of all its peers.
        boolean listens = listening.getAsBoolean();
        Readiness readiness = new Readiness(listens, draining, reflector.sources(), before,
                reflector.status().restart(), before ? List.of() : reflector.sessions());
        converged = readiness.converged();
        return readiness.verdict();
    }
}
