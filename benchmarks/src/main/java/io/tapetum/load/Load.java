package io.tapetum.load;

import picocli.CommandLine;

/** The program that {@code benchmarks/load} starts. */
public final class Load {

    private Load() {}

    /** Ends with 0, or as {@link io.tapetum.load.client.FailureKind} says, or 2 for a wrong command line. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new LoadCommand()).setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }
}
