package io.tapetum.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.tapetum.server.StubReflector;
import io.tapetum.server.journal.Severity;

class WatchCommandTest {

    private static final String SECOND_SCREEN = "\u001b[?1049h";
    private static final String FIRST_SCREEN = "\u001b[?1049l";

    private static CompletableFuture<Integer> watch(Typist typist) {
        typist.terminal.becomes(24, 120);
        return CompletableFuture.supplyAsync(() -> typist.type("watch --interval 100ms"),
                command -> Thread.ofVirtual().start(command));
    }

    private static long frames(Typist typist) {
        return typist.out.toString().lines().filter(line -> line.contains("Tapetum 10.0.0.1: not ready")).count();
    }

    @Test
    void the_screen_is_painted_again_and_again_and_then_is_as_it_was() throws Exception {
        try (Typist typist = Typist.about(new StubReflector())) {
            CompletableFuture<Integer> exit = watch(typist);
            await().until(() -> frames(typist) >= 2);
            typist.terminal.goes();

            assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
            assertThat(typist.out.toString()).startsWith(SECOND_SCREEN).endsWith(FIRST_SCREEN)
                    .containsOnlyOnce(SECOND_SCREEN).containsOnlyOnce(FIRST_SCREEN);
            assertThat(typist.out.toString().lines().filter(line -> line.contains("PREFIXES"))).isNotEmpty();
        }
    }

    @Test
    void whoever_ends_it_gets_his_terminal_back() throws Exception {
        try (Typist typist = Typist.about(new StubReflector())) {
            CompletableFuture<Integer> exit = watch(typist);
            await().until(() -> frames(typist) >= 1);

            typist.terminal.told.get(20, TimeUnit.SECONDS).run();

            assertThat(typist.out.toString()).endsWith(FIRST_SCREEN);
            typist.terminal.goes();
            exit.get(20, TimeUnit.SECONDS);
            assertThat(typist.out.toString()).as("and nothing is painted over it").endsWith(FIRST_SCREEN)
                    .containsOnlyOnce(FIRST_SCREEN);
        }
    }

    @Test
    void a_reflector_that_goes_away_is_awaited() throws Exception {
        Typist typist = Typist.about(new StubReflector());
        CompletableFuture<Integer> exit = watch(typist);
        await().until(() -> frames(typist) >= 1);

        typist.close();

        await().until(() -> typist.out.toString().contains("nobody answers at 127.0.0.1:"));
        assertThat(exit).isNotDone();
        typist.terminal.goes();
        assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void without_a_terminal_there_is_advice() throws IOException {
        try (Typist typist = Typist.about(new StubReflector())) {
            assertThat(typist.type("watch")).isEqualTo(1);
            assertThat(typist.err.toString()).contains("needs a terminal", "tapetum status").hasLineCount(1);
            assertThat(typist.out.toString()).isEmpty();
        }
    }

    @Test
    void events_are_followed_until_nobody_reads_them() throws Exception {
        try (Typist typist = Typist.about(new StubReflector())) {
            typist.journal.add(Instant.EPOCH, Severity.INFO, "process", null, null,
                    "before", Map.of());
            CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> typist.type("show events --follow"),
                    command -> Thread.ofVirtual().start(command));
            await().until(() -> typist.out.toString().contains("before"));

            typist.journal.add(Instant.EPOCH, Severity.INFO, "process", null, null,
                    "afterwards", Map.of());

            await().until(() -> typist.out.toString().contains("afterwards"));
            typist.terminal.goes();
            assertThat(exit.get(20, TimeUnit.SECONDS)).isZero();
            assertThat(typist.lines()).extracting(line -> List.of(line.split(" +")).getLast())
                    .containsExactly("HAPPENED", "before", "afterwards");
        }
    }
}
