package io.tapetum.server.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The page for operators of calico/routereflector names the variables that are understood, and no others. */
class VariablesPageTest {

    private static final Path PAGE = Path.of("..", "docs", "replace-calico-routereflector.md");
    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Z0-9_]*)`");

    @Test
    void what_may_have_the_prefix_stands_in_the_first_table() throws IOException {
        Asked asked = new Asked();

        CalicoEnvironment.of(asked);

        assertThat(table("`CALICO_` may stand before")).isEqualTo(asked.prefixed());
    }

    @Test
    void what_may_not_have_it_stands_in_the_second() throws IOException {
        Asked asked = new Asked();

        CalicoEnvironment.of(asked);

        Set<String> others = new TreeSet<>(asked.names);
        others.removeAll(asked.prefixed());
        others.removeIf(name -> name.startsWith("CALICO_")
                && asked.prefixed().contains(name.substring("CALICO_".length())));
        assertThat(table("These have no other form")).isEqualTo(others);
    }

    /** The names in the first column of the table behind a sentence. */
    private static Set<String> table(String sentence) throws IOException {
        String page = Files.readString(PAGE);
        String after = page.substring(page.indexOf(sentence));
        assertThat(after).as("the sentence before the table").startsWith(sentence);
        return after.lines().dropWhile(line -> !line.startsWith("|")).takeWhile(line -> line.startsWith("|"))
                .map(row -> row.split("\\|")[1]).flatMap(cell -> NAME.matcher(cell).results())
                .map(name -> name.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * An environment that remembers what it is asked for. Everything is asked for by its prefixed name first, if it may have
     * one, so all names come up; the few that are set make that the others are not passed over.
     */
    private static final class Asked extends AbstractMap<String, String> {

        private static final Map<String, String> SET = Map.of("IP", "10.0.0.2", "IP6", "fd00::2", "ETCD_AUTHORITY",
                "a:1");

        private final Set<String> names = new TreeSet<>();

        @Override
        public @Nullable String get(@Nullable Object name) {
            names.add(String.valueOf(name));
            return SET.get(String.valueOf(name));
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return SET.entrySet();
        }

        private Set<String> prefixed() {
            return names.stream().filter(name -> names.contains("CALICO_" + name))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
