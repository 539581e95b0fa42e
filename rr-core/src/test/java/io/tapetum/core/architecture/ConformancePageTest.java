package io.tapetum.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The page that says which standard is met where, and which test shows it. */
class ConformancePageTest {

    private static final Pattern TEST_CLASS = Pattern.compile("`(\\w+(?:Test|Suite|IT))`");

    @Test
    void every_test_it_names_exists() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher matcher = TEST_CLASS.matcher(Files.readString(root().resolve("docs/conformance.md")));
        while (matcher.find()) {
            named.add(matcher.group(1));
        }

        assertThat(named).hasSizeGreaterThan(30);
        assertThat(testClasses()).containsAll(named);
    }

    @Test
    void every_row_of_a_table_names_a_test() throws IOException {
        assertThat(Files.readAllLines(root().resolve("docs/conformance.md")))
                .filteredOn(line -> line.startsWith("| ") && !line.startsWith("| Behaviour "))
                .allMatch(row -> TEST_CLASS.matcher(row).find());
    }

    private static Set<String> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(root())) {
            return files.map(file -> root().relativize(file).toString())
                    .filter(file -> file.contains("src/test/java") && file.endsWith(".java"))
                    .map(file -> file.substring(file.lastIndexOf('/') + 1, file.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    /** Where the modules are: the nearest folder above that has the page. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/conformance.md"))) {
            Path above = folder.getParent();
            if (above == null) {
                throw new AssertionError("docs/conformance.md is in no folder above");
            }
            folder = above;
        }
        return folder;
    }
}
