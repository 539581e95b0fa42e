package io.tapetum.server.metrics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.tapetum.wire.Family;

/** A label whose values are the words for the constants of an enum. Immutable. */
final class EnumLabels<E extends Enum<E>> {

    /** The family of routes. */
    static final EnumLabels<Family> FAMILY = new EnumLabels<>("family", Family.class);

    private static final EnumLabels<Family> RESTART = new EnumLabels<>("family", Family.class, "phase", "restart");
    private static final EnumLabels<Family> LONG_LIVED = new EnumLabels<>("family", Family.class, "phase",
            "long-lived");

    private final Map<E, SeriesLabels> labels;

    /** @param more labels and values in turns, which all of them have */
    EnumLabels(String name, Class<E> values, String... more) {
        labels = new EnumMap<>(values);
        for (E value : values.getEnumConstants()) {
            List<String> all = new ArrayList<>(List.of(name, SeriesLabels.word(value)));
            all.addAll(List.of(more));
            labels.put(value, SeriesLabels.of(all.toArray(String[]::new)));
        }
    }

    /** Of paths that are kept of a lost session: their family, and how long that has been so. */
    static SeriesLabels stale(Family family, boolean longLived) {
        return (longLived ? LONG_LIVED : RESTART).of(family);
    }

    SeriesLabels of(E value) {
        return Objects.requireNonNull(labels.get(value));
    }
}
