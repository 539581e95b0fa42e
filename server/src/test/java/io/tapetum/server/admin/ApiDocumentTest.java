package io.tapetum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That docs/api.md lists what there is. */
class ApiDocumentTest {

    private static final Path DOCUMENTATION = Path.of("..", "docs", "api.md");

    /** A path, a method, a scope, and words in which parameters stand between backticks. */
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(/[^`]*)` \\| (GET|POST) \\| (\\w+) \\| (.*) \\|$");

    private final Served served;
    private final List<MatchResult> rows;

    ApiDocumentTest() throws IOException {
        served = Served.plain();
        rows = ROW.matcher(Files.readString(DOCUMENTATION)).results().toList();
    }

    @AfterEach
    void close() {
        served.close();
    }

    private static String scope(Route route) {
        return route.access() == Route.Access.ANYBODY
                ? "none"
                : route.method().scope().name().toLowerCase(Locale.ROOT);
    }

    @Test
    void everything_that_can_be_asked_for_is_listed_with_its_method_and_scope() {
        assertThat(rows).extracting(row -> row.group(2) + " " + row.group(1) + " " + row.group(3))
                .containsExactlyInAnyOrderElementsOf(served.routes().stream()
                        .map(route -> route.method() + " " + route.path() + " " + scope(route)).toList());
    }

    @Test
    void every_parameter_is_listed() {
        for (Route route : served.routes()) {
            String words = rows.stream().filter(row -> row.group(1).equals(route.path()))
                    .filter(row -> row.group(2).equals(route.method().name())).findFirst().orElseThrow().group(4);
            if (!words.contains("as for `/v1/routes`")) {
                assertThat(route.parameters()).as(route.path())
                        .allMatch(parameter -> words.contains("`" + parameter.name() + "`"));
            }
        }
    }
}
