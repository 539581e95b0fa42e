package io.tapetum.core.simulation;

import java.util.Locale;
import java.util.function.Function;
import java.util.random.RandomGenerator.SplittableGenerator;

import org.jspecify.annotations.Nullable;

/** What everything in a run shares. */
final class World {

    private final VirtualTime time = new VirtualTime();
    private final History history = new History(time);
    private final SplittableGenerator random;
    private final Network network;
    private final Announcements announcements;
    private long lastMoveAt;
    private long lastTroubleAt;

    World(SplittableGenerator random, Network.Quality quality,
            Function<SplittableGenerator, Announcements> announcements) {
        this.random = random;
        this.network = new Network(time, random.split(), quality);
        this.announcements = announcements.apply(random.split());
    }

    VirtualTime time() {
        return time;
    }

    History history() {
        return history;
    }

    SplittableGenerator random() {
        return random;
    }

    Network network() {
        return network;
    }

    Announcements announcements() {
        return announcements;
    }

    /** Routes, what frames them, or the beginnings and ends of sessions were seen. */
    void moved() {
        lastMoveAt = time.now();
    }

    long lastMoveAt() {
        return lastMoveAt;
    }

    /** A route or a session was taken back, so what was known before may be learned once more. */
    void trouble() {
        lastTroubleAt = time.now();
        moved();
    }

    long lastTroubleAt() {
        return lastTroubleAt;
    }

    /** Something that must not happen did. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would need a library of its own
    AssertionError failure(String what, @Nullable Object... values) {
        String text = String.format(Locale.ROOT, what, values);
        history.note("FAILED: %s", text);
        return new AssertionError(text);
    }
}
