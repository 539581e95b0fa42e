package io.tapetum.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import org.jspecify.annotations.Nullable;

/**
 * A block of the configuration, possibly written in layers of which upper ones hide lower ones. It reads values and
 * records what is wrong with them; each problem names the place where the value is really written.
 */
final class Section {

    /** What needs no quotes in a path. */
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_-]+");

    /** One object in the file, and the keys that lead to it. */
    private record Layer(String path, ConfigObject object) {

        private String path(String key) {
            return path + "." + quoted(key);
        }
    }

    /** A key as a part of a path. */
    static String quoted(String key) {
        return PLAIN_KEY.matcher(key).matches() ? key : ConfigUtil.quoteString(key);
    }

    /**
     * A value and the keys that lead to it.
     *
     * @param path for operators: {@code tapetum.peers[2].hold-time}
     */
    record Entry(String path, ConfigValue value) {}

    private final List<Layer> layers;
    private final Problems problems;

    private Section(List<Layer> layers, Problems problems) {
        this.layers = layers;
        this.problems = problems;
    }

    static Section of(String path, ConfigObject object, Problems problems) {
        return new Section(List.of(new Layer(path, object)), problems);
    }

    /** This section on top of another. */
    Section over(Section lower) {
        List<Layer> all = new ArrayList<>(layers);
        all.addAll(lower.layers);
        return new Section(List.copyOf(all), problems);
    }

    /** The keys that lead to the topmost layer. */
    String path() {
        return layers.getFirst().path();
    }

    /** Where the topmost layer is written. */
    ConfigOrigin origin() {
        return layers.getFirst().object().origin();
    }

    /** The value in the topmost layer that has one; null is none, and refused elsewhere. */
    @Nullable
    Entry find(String key) {
        for (Layer layer : layers) {
            ConfigValue value = layer.object().get(key);
            if (value != null && value.valueType() != ConfigValueType.NULL) {
                return new Entry(layer.path(key), value);
            }
        }
        return null;
    }

    /** The keys of the topmost layer. */
    List<String> keys() {
        return layers.getFirst().object().keySet().stream().sorted().toList();
    }

    /** Whether the topmost layer itself says something about this key. */
    boolean says(String key) {
        return layers.getFirst().object().containsKey(key);
    }

    /** The value, or the kind's stand-in after recording a problem. */
    <T> T get(String key, Kind<T> kind) {
        T value = read(key, kind);
        return value != null ? value : kind.standIn();
    }

    /** The value, or {@code null} after recording a problem. */
    <T> @Nullable T read(String key, Kind<T> kind) {
        Entry entry = find(key);
        if (entry == null) {
            problems.add(origin(), path() + "." + key + " is missing: expected " + kind.expected());
            return null;
        }
        return read(entry, kind, problems);
    }

    /** The value, or the other one if no layer has any. */
    <T> T get(String key, Kind<T> kind, T otherwise) {
        return find(key) == null ? otherwise : get(key, kind);
    }

    /** Whether some layer has a value other than the empty text, which stands for none. */
    boolean isSet(String key) {
        Entry entry = find(key);
        return entry != null && !isEmpty(entry);
    }

    /** The value, or {@code null} if it is not set or after recording a problem. */
    <T> @Nullable T optional(String key, Kind<T> kind) {
        Entry entry = find(key);
        return entry == null || isEmpty(entry) ? null : read(entry, kind, problems);
    }

    private static boolean isEmpty(Entry entry) {
        return entry.value().unwrapped() instanceof String text && text.isBlank();
    }

    /** A file that can be read, or {@code null} if none is set or after recording a problem. */
    @Nullable
    Path file(String key) {
        Path path = optional(key, Kinds.PATH);
        Entry entry = find(key);
        if (path != null && entry != null && !(Files.isRegularFile(path) && Files.isReadable(path))) {
            problems.badValue(entry.path(), entry.value(), !Files.exists(path)
                    ? "a file, and there is none of this name"
                    : Files.isReadable(path)
                            ? "a file, and this is something else"
                            : "a file that this process may read; check its owner and mode");
        }
        return path;
    }

    /** What nobody may see, or {@code null} if it is not set or after recording a problem. */
    @Nullable
    Secret secret(String key) {
        Entry entry = find(key);
        String text = optional(key, Kinds.NAME);
        // Blanks at the ends may belong to it.
        return text == null || entry == null ? null : new Secret(String.valueOf(entry.value().unwrapped()));
    }

    /** A word or number, or {@code null} after recording a problem. */
    static <T> @Nullable T read(Entry entry, Kind<T> kind, Problems problems) {
        T value = switch (entry.value().valueType()) {
            case NUMBER, STRING, BOOLEAN -> kind.parse().apply(text(entry.value()));
            case LIST, OBJECT, NULL -> null;
        };
        if (value == null) {
            problems.badValue(entry.path(), entry.value(), kind.expected());
        }
        return value;
    }

    /** A word or number as it is written: 1.10 stays 1.10. */
    static String text(ConfigValue value) {
        return value.atKey("value").getString("value").strip();
    }

    /** The section below a key, with as many layers as have it. */
    Section section(String key) {
        List<Layer> below = new ArrayList<>();
        for (Layer layer : layers) {
            ConfigValue value = layer.object().get(key);
            if (value instanceof ConfigObject object) {
                below.add(new Layer(layer.path(key), object));
            } else if (value != null && value.valueType() != ConfigValueType.NULL) {
                problems.badValue(layer.path(key), value, "a block { … }");
            }
        }
        if (below.isEmpty()) {
            throw new IllegalStateException("reference.conf has no block " + path() + "." + key);
        }
        return new Section(List.copyOf(below), problems);
    }

    /** The elements of a list; none if there is no list, after recording a problem if there is something else. */
    List<Entry> list(String key) {
        Entry entry = find(key);
        if (entry == null) {
            return List.of();
        }
        if (!(entry.value() instanceof ConfigList list)) {
            problems.badValue(entry.path(), entry.value(), "a list [ … ]");
            return List.of();
        }
        List<Entry> elements = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            elements.add(new Entry(entry.path() + "[" + i + "]", list.get(i)));
        }
        return elements;
    }

    /** The elements of a list of blocks. */
    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        for (Entry element : list(key)) {
            if (element.value() instanceof ConfigObject object) {
                sections.add(of(element.path(), object, problems));
            } else {
                problems.badValue(element.path(), element.value(), "a block { … }");
            }
        }
        return sections;
    }

    /** Records every key of the topmost layer that is not among these. */
    void refuseKeysOtherThan(Set<String> known) {
        Layer top = layers.getFirst();
        for (Map.Entry<String, ConfigValue> entry : top.object().entrySet()) {
            String key = entry.getKey();
            if (!known.contains(key)) {
                problems.add(entry.getValue().origin(),
                        top.path(key) + ": unknown key" + Schema.advice(key, known));
            } else if (entry.getValue().valueType() == ConfigValueType.NULL) {
                problems.badValue(top.path(key), entry.getValue(), "a value; leave the key out to get the default");
            }
        }
    }
}
