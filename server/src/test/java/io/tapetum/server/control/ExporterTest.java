package io.tapetum.server.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.tapetum.server.StubReflector;

/** What an exporter that reads BIRD 1.6 line by line finds: the shapes it looks for, written down from its documentation. */
class ExporterTest {

    private static final Pattern PROTOCOL = Pattern
            .compile(
                    "^(?:1002-)?(?<name>\\S+)\\s+BGP\\s+\\S+\\s+(?<state>\\S+)\\s+(?<since>\\S+)(?:\\s+(?<info>.*?))?$");
    private static final Pattern ROUTES = Pattern.compile(
            "^\\s+Routes:\\s+(?<imported>\\d+) imported, (?:(?<filtered>\\d+) filtered, )?(?<exported>\\d+) exported");
    private static final Pattern CHANGES = Pattern.compile("(?<what>(?:Import|Export) (?:updates|withdraws)):"
            + "\\s+(\\d+|---)\\s+(\\d+|---)\\s+(\\d+|---)\\s+(\\d+|---)\\s+(\\d+|---)\\s*$");
    private static final Pattern FILTER = Pattern.compile("(?<which>Input|Output) filter:\\s+(?<filter>.*)");
    /** Where it stops to read: a code and nothing else at the very end. */
    private static final Pattern END = Pattern.compile("\\d{4} \\n$");

    private final Console console = new Console(
            new StubReflector(List.of(SampleSession.ipv4("10.0.0.2"),
                    SampleSession.down("10.0.0.3", "Socket: Connection refused"))),
            false, "1.2.3", InstantSource.fixed(Instant.parse("2020-03-01T12:00:00Z")), ZoneOffset.UTC);
    private final List<String> lines = console.answer("show protocols all").lines().map(String::stripTrailing).toList();

    private List<MatchResult> found(Pattern pattern) {
        return lines.stream().map(pattern::matcher).filter(Matcher::find)
                .map(Matcher::toMatchResult).toList();
    }

    @Test
    void it_finds_every_session() {
        assertThat(found(PROTOCOL)).extracting(match -> match.group("name"), match -> match.group("state"),
                match -> match.group("since"), match -> match.group("info")).containsExactly(
                        tuple("Global_10_0_0_2", "up", "10:00:00", "Established"),
                        tuple("Global_10_0_0_3", "start", "10:00:00",
                                "Active        Socket: Connection refused"));
    }

    @Test
    void it_finds_the_routes() {
        assertThat(found(ROUTES)).extracting(match -> match.group("imported"), match -> match.group("exported"))
                .containsExactly(tuple("12", "34"),
                        tuple("0", "0"));
    }

    @Test
    void it_finds_the_changes() {
        assertThat(found(CHANGES).subList(0, 4)).extracting(match -> match.group("what") + " " + match.group(2) + " "
                + match.group(3) + " " + match.group(4) + " " + match.group(5) + " " + match.group(6)).containsExactly(
                        "Import updates 5 1 --- 2 2", "Import withdraws 7 --- --- 3 4",
                        "Export updates --- --- --- --- ---", "Export withdraws --- --- --- --- ---");
    }

    @Test
    void it_finds_the_filters() {
        assertThat(found(FILTER)).extracting(match -> match.group("which") + " " + match.group("filter"))
                .containsExactly("Input ACCEPT", "Output ACCEPT", "Input ACCEPT", "Output ACCEPT");
    }

    @Test
    void it_finds_the_end() {
        assertThat(END.matcher(console.answer("show protocols all")).find()).isTrue();
        assertThat(END.matcher(console.greeting()).find()).isFalse();
    }

    @Test
    void it_finds_the_version_and_the_router_id() {
        String status = console.answer("show status");

        assertThat(Pattern.compile("BIRD (\\S+)").matcher(status).results().map(match -> match.group(1)))
                .containsExactly("1.6.8");
        assertThat(Pattern.compile("Router ID is (\\S+)").matcher(status).results().map(match -> match.group(1)))
                .containsExactly("10.0.0.1");
        assertThat(status).containsPattern("Daemon is up");
    }
}
