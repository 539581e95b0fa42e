package io.tapetum.server.cli;

/** What the process ends with; {@code tapetum --help} lists them. */
final class ExitCode {

    /** All is well: the file is right, the reflector was drained, the answer was printed. */
    static final int OK = 0;
    /** Something outside of the command line and the file is in the way: a port in use, nobody who answers. */
    static final int FAILED = 1;
    /** The command line is wrong; picocli's own. */
    static final int USAGE = 2;
    /** A fault of the program; EX_SOFTWARE of sysexits.h. */
    static final int FAULT = 70;
    /** The configuration is wrong; EX_CONFIG of sysexits.h. */
    static final int CONFIGURATION = 78;

    private ExitCode() {}
}
