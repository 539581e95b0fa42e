package io.tapetum.server.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.StubReflector;

class ScreenTest {

    /** Clears the screen; sets the title; the same in one octet; hides; turns around; new line. */
    private static final String HOSTILE = "\u001b[2J\u001b]0;x\u0007 \u009b31m \u200b \u202e \r\n\u2028 \u0000 \u007f";

    @Test
    void nothing_of_others_reaches_a_terminal_that_it_would_obey() {
        String printed = Printed.plain(screen -> {
            screen.line(HOSTILE);
            screen.title(HOSTILE);
            screen.line(Cell.of(HOSTILE), new Cell(HOSTILE, Ink.BAD));
            Columns columns = new Columns(List.of("A", "B"));
            columns.add(List.of(HOSTILE, HOSTILE));
            columns.print(screen);
        });

        assertThat(printed.replace(System.lineSeparator(), "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028]")
                .contains("?[2J?]0;x? ?31m");
        assertThat(printed.lines()).hasSize(5);
    }

    @Test
    void json_says_the_same_without_such_characters() {
        assertThat(PlainText.json("{\n  \"a\" : \"x\u009b\u202ey\u007f\"\n}")).isEqualTo(
                "{\n  \"a\" : \"x\\u009b\\u202ey\\u007f\"\n}");
        assertThat(PlainText.json("\"\uDB40\uDC01\"")).isEqualTo("\"\\udb40\\udc01\"");
    }

    @Test
    void colours_are_only_where_there_are_some() {
        assertThat(Printed.plain(screen -> SessionTable.print(StubReflector.SESSIONS, screen)))
                .doesNotContain("\u001b");
        assertThat(Printed.on(Printed.TERMINAL, screen -> SessionTable.print(StubReflector.SESSIONS, screen)))
                .contains("\u001b[32mEstablished\u001b[0m", "\u001b[31mActive\u001b[0m");
    }

    @Test
    void only_the_last_column_ends_where_a_terminal_does() {
        Columns columns = new Columns(List.of("NAME", "TEXT"));
        columns.add(List.of("n", "0123456789".repeat(10)));

        assertThat(Printed.on(new Screen.Look(30, false, true), columns::print))
                .isEqualTo("""
                           NAME  TEXT
                           n     01234567890123456789012…
                           """);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12})
    void a_terminal_that_is_too_narrow_still_shows_something_of_it(int width) {
        Columns columns = new Columns(List.of("NAME", "TEXT"));
        columns.add(List.of("name", "0123456789".repeat(10)));

        assertThat(Printed.on(new Screen.Look(width, false, false), columns::print)).endsWith("""
                                                                                              name  0123456...
                                                                                              """);
    }

    @Test
    void columns_that_are_printed_bit_by_bit_have_one_head_and_only_become_wider() {
        Columns columns = new Columns(List.of("NAME", "TEXT"));

        assertThat(Printed.plain(screen -> {
            columns.add(List.of("first-name", "a"));
            columns.print(screen);
            columns.add(List.of("second", "b"));
            columns.print(screen);
        })).isEqualTo("""
                      NAME        TEXT
                      first-name  a
                      second      b
                      """);
    }
}
