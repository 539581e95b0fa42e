package io.tapetum.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sorts of events there are. */
class EventKindTest {

    /** The documentation in the project's root; tests run in the module's folder. */
    private static final Path DOCUMENTATION = Path.of("..", "docs", "events.md");

    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\|", Pattern.MULTILINE);

    @Test
    void the_documentation_has_every_kind_that_the_journal_may_have_in_the_same_order() throws IOException {
        List<String> documented = ROW.matcher(Files.readString(DOCUMENTATION)).results()
                .map((MatchResult row) -> row.group(1)).toList();

        assertThat(documented).isEqualTo(Arrays.stream(EventKind.values())
                .filter(kind -> kind != EventKind.SESSION_STATE).map(EventKind::label).toList());
    }

    @ParameterizedTest
    @CsvSource({"io.tapetum.server.admin.Gate, ADMIN", "io.tapetum.server.calico.kubernetes.Follower, DATASTORE",
            "io.tapetum.server.etcd.Following, DATASTORE", "io.tapetum.server.source.PeerFeed, DATASTORE",
            "io.tapetum.server.datastore.X, DATASTORE", "io.tapetum.server.keys.WatchedKeyring, KEYS",
            "io.tapetum.server.signing.X, KEYS", "io.tapetum.server.transport.Acceptor, CONNECTIONS",
            "io.tapetum.server.admission.X, CONNECTIONS", "io.tapetum.server.control.ControlSocket, CONTROL",
            "io.tapetum.server.cli.RunCommand, PROCESS", "io.tapetum.server.admin, ADMIN",
            "io.tapetum.server.Tapetum, PROCESS", "io.tapetum.server., PROCESS", "io.tapetum.core.X, PROCESS",
            "tapetum, PROCESS"})
    void a_line_that_does_not_say_its_kind_has_that_of_its_package(String logger, EventKind kind) {
        assertThat(EventKind.ofLogger(logger)).isEqualTo(kind);
    }
}
