package io.tapetum.server;

import io.tapetum.server.cli.CommandLineInterface;
import io.tapetum.server.cli.Termination;

/** {@link Tapetum} with a reflector that needs no network. */
public final class StubTapetum {

    private StubTapetum() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLineInterface((_, _, _) -> new StubReflector(), Termination.ofThisProcess())
                .execute(arguments));
    }
}
