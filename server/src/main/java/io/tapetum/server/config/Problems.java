package io.tapetum.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import org.jspecify.annotations.Nullable;

/**
 * Collects problems, each once: a bad value in {@code peer-defaults} is met again for every peer. Confined to the thread
 * that reads the configuration.
 */
final class Problems {

    private static final int LONGEST_VALUE_SHOWN = 80;

    private final String source;
    private final SequencedSet<Problem> found = new LinkedHashSet<>();

    /** The source is named where a problem has no line of its own: a key that is missing, say. */
    Problems(String source) {
        this.source = source;
    }

    /** A value that is not what the key takes. */
    void badValue(String key, ConfigValue value, String expected) {
        add(value.origin(), key + " = " + shown(Secrets.maskedIfWrong(key, value)) + ": expected " + expected);
    }

    /** Anything else; without an origin the whole source is blamed. */
    void add(@Nullable ConfigOrigin origin, String sentence) {
        found.add(new Problem(file(origin), line(origin), sentence));
    }

    /** What was found elsewhere. */
    void addAll(Collection<Problem> others) {
        found.addAll(others);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of the file, where an operator goes through it. */
    List<Problem> list() {
        return found.stream().sorted(Comparator.comparing(Problem::file).thenComparingInt(Problem::line)).toList();
    }

    /** The place of a value, to be named in a sentence about another. */
    String place(ConfigOrigin origin) {
        return new Problem(file(origin), line(origin), "").place();
    }

    private static int line(@Nullable ConfigOrigin origin) {
        return origin != null && !isNoPlace(origin) && Provenance.of(origin) instanceof Provenance.File file
                ? file.line()
                : 0;
    }

    /** Objects of several files were merged; or an operator is to blame who wrote nothing, and cannot change the defaults. */
    private static boolean isNoPlace(ConfigOrigin origin) {
        return origin.description().startsWith("merge of ") || Provenance.of(origin).isDefault();
    }

    private String file(@Nullable ConfigOrigin origin) {
        if (origin == null || isNoPlace(origin)) {
            return source;
        }
        Provenance provenance = Provenance.of(origin);
        return provenance instanceof Provenance.File file ? file.name() : provenance.toString();
    }

    /** A value as the operator wrote it, or nearly; not for secrets. */
    static String shown(ConfigValue value) {
        String text = rendered(value);
        return text.length() <= LONGEST_VALUE_SHOWN ? text : text.substring(0, LONGEST_VALUE_SHOWN - 1) + "…";
    }

    /** The same in full. */
    static String rendered(ConfigValue value) {
        // A number is rendered as it is understood: 1.10 would be shown as 1.1, though it stands for an AS number.
        return value.valueType() == ConfigValueType.NUMBER
                ? Section.text(value)
                : value.render(ConfigRenderOptions.concise());
    }
}
