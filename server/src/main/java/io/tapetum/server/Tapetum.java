package io.tapetum.server;

import io.tapetum.server.cli.CommandLineInterface;
import io.tapetum.server.cli.Termination;
import io.tapetum.server.transport.NettyReflector;

/** The main class. */
public final class Tapetum {

    private Tapetum() {}

    /** Does what the command line says; {@code --help} says what it may say. */
    public static void main(String[] arguments) {
        System.exit(new CommandLineInterface(NettyReflector::start, Termination.ofThisProcess()).execute(arguments));
    }
}
