package io.tapetum.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The page about the command line has every command and option that there is, and no other. */
class CommandReferenceTest {

    private static final Path PAGE = Path.of("../docs/cli.md");
    private static final String BEGIN = "<!-- What follows is made from the program; CommandReferenceTest says how. -->\n";

    private static CommandSpec root() {
        return new CommandLineInterface((_, _, _) -> {
            throw new AssertionError("nothing should have been started");
        }, _ -> null, _ -> {
        }, Map.of(), new StubKeyboard()).specification();
    }

    /** Those that do something, each with the commands that it is below. */
    static List<CommandSpec> commands() {
        List<CommandSpec> commands = new ArrayList<>();
        collect(root(), commands);
        return commands;
    }

    private static void collect(CommandSpec command, List<CommandSpec> commands) {
        Collection<CommandLine> below = command.subcommands().values();
        below.stream().map(CommandLine::getCommandSpec).forEach(spec -> {
            commands.add(spec);
            collect(spec, commands);
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_help_with_an_example_of_itself(CommandSpec command) {
        String help = command.commandLine().getUsageMessage(Ansi.OFF);

        assertThat(help).contains("Usage: " + command.qualifiedName()).containsPattern("(?m)^Examples?:$");
        assertThat(help.lines().map(String::strip)).anyMatch(
                line -> line.contains(command.qualifiedName()) && !line.startsWith("Usage"));
    }

    @Test
    void the_page_is_that_of_this_program() throws IOException {
        String page = Files.readString(PAGE);
        String reference = reference();
        if (Boolean.getBoolean("tapetum.docs.write")) {
            Files.writeString(PAGE, page.substring(0, page.indexOf(BEGIN)) + BEGIN + reference);
        }

        assertThat(Files.readString(PAGE)).as("run this test with -Dtapetum.docs.write=true to make the page anew")
                .endsWith(BEGIN + reference);
    }

    private static String reference() {
        StringBuilder text = new StringBuilder();
        for (CommandSpec command : commands()) {
            text.append("\n## ").append(command.qualifiedName()).append("\n\n")
                    .append(String.join(" ", command.usageMessage().header())).append('\n');
            String description = plain(command.usageMessage().description());
            if (!description.isEmpty()) {
                text.append('\n').append(description).append('\n');
            }
            List<String> rows = Stream.concat(command.positionalParameters().stream(), command.options().stream())
                    .filter(argument -> !argument.hidden() && !isCommon(argument))
                    .map(CommandReferenceTest::row).toList();
            if (!rows.isEmpty()) {
                text.append("\n| | |\n|---|---|\n");
                rows.forEach(text::append);
            }
            text.append("\n```sh\n");
            Arrays.stream(command.usageMessage().footer()).forEach(line -> text.append(line.strip()).append('\n'));
            text.append("```\n");
        }
        return text.toString();
    }

    /** Told once for all of them. */
    private static boolean isCommon(ArgSpec argument) {
        return argument instanceof OptionSpec option && (option.usageHelp() || option.versionHelp()
                || option.longestName().startsWith("--admin") || option.longestName().equals("--token-file"));
    }

    private static String row(ArgSpec argument) {
        String name = argument instanceof OptionSpec option
                ? String.join(", ", option.names()) + (option.arity().max() == 0 ? "" : " " + option.paramLabel())
                : argument.paramLabel();
        return "| `" + name + "` | " + plain(argument.description()).replace("|", "\\|") + " |\n";
    }

    private static String plain(String... lines) {
        return String.join(" ", lines).replace("%n", " ").replace("%%", "%").replaceAll("\\s+", " ").strip();
    }
}
