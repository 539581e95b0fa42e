package io.tapetum.server.cli;

/** What the process ends with; {@code tapetum --help} lists them. */
final class ExitCode {

    /** All is well: the file is right, the reflector was drained, the answer was printed and is yes, where it is one or the other. */
    static final int OK = 0;
    /** Something outside of the command line and the file is in the way: a port in use, nobody who answers. */
    static final int FAILED = 1;
    /** The command line is wrong; picocli's own. */
    static final int USAGE = 2;
    /** The reflector knows no peer of that name or address. */
    static final int NO_SUCH_PEER = 3;
    /** The answer was printed, and is no: the peer has not that prefix, or nobody has that route. */
    static final int NO = 4;
    /** The answer was printed, and will soon be another: the prefix is on its way. */
    static final int NOT_YET = 5;
    /** A fault of the program; EX_SOFTWARE of sysexits.h. */
    static final int FAULT = 70;
    /** The configuration is wrong; EX_CONFIG of sysexits.h. */
    static final int CONFIGURATION = 78;

    private ExitCode() {}
}
