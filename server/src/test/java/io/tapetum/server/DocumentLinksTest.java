package io.tapetum.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That every link of a page to another file of the project, and to a heading in it, leads somewhere. */
class DocumentLinksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> PAGES = List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md",
            "benchmarks/README.md");

    private static final Pattern CODE = Pattern.compile("(?ms)^\\s*(```|~~~).*?^\\s*\\1\\s*?$|`[^`\n]+`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\[\\]]*(?:\\[[^\\[\\]]*][^\\[\\]]*)*]\\(([^()\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *#*$");
    private static final Pattern FENCED = Pattern.compile("(?ms)^\\s*(```|~~~).*?^\\s*\\1\\s*?$");

    @ParameterizedTest
    @MethodSource("pages")
    void every_relative_link_leads_to_a_file_and_every_anchor_to_a_heading(Path page) throws IOException {
        assertThat(links(Files.readString(page)).filter(link -> !leadsSomewhere(page, link)))
                .as("links of %s that lead nowhere", ROOT.relativize(page)).isEmpty();
    }

    @Test
    void links_are_found_outside_of_code_only() {
        assertThat(links("""
                         A [page](docs/api.md), a [heading](#try-it) and [`code`](a.md#b).
                         `[no](link.md)`

                         ```
                         [no](either.md)
                         ```
                         """)).containsExactly("docs/api.md", "#try-it", "a.md#b");
    }

    @Test
    void anchors_are_those_that_a_browser_of_markdown_makes() {
        assertThat(anchors("# Keys of sessions\n\n## RFC 7606: errors\n\n## `a_b` and C\n\n## Twice\n\n## Twice\n"))
                .containsExactlyInAnyOrder("keys-of-sessions", "rfc-7606-errors", "a_b-and-c", "twice", "twice-1");
    }

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(PAGES.stream().map(ROOT::resolve),
                    docs.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream());
        }
    }

    private static boolean leadsSomewhere(Path page, String link) {
        if (link.matches("[a-z]+:.*")) {
            return true; // to another site, or by mail
        }
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        try {
            return hash < 0 || anchors(Files.readString(target)).contains(link.substring(hash + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> links(String markdown) {
        // Code within the text of a link is no reason to lose the link.
        return LINK.matcher(CODE.matcher(markdown).replaceAll("code")).results().map((MatchResult one) -> one.group(1));
    }

    private static Set<String> anchors(String markdown) {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        HEADING.matcher(FENCED.matcher(markdown).replaceAll("")).results().forEach(heading -> {
            String anchor = heading.group(1).toLowerCase(Locale.ROOT).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                    .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        });
        return anchors;
    }
}
