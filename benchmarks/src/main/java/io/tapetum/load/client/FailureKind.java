package io.tapetum.load.client;

/** Why a run is worth nothing, and what the process then ends with. */
public enum FailureKind {

    /** The reflector could not be started or reached. */
    NOT_AVAILABLE(1),
    /** A wrong attribute, an unknown prefix, a malformed message. */
    WRONG(3),
    /** Routes were missing when the time was up. */
    NOT_CONVERGED(4),
    /** A NOTIFICATION, or the end of a session that should have lasted. */
    SESSION_LOST(5);

    private final int exitCode;

    FailureKind(int exitCode) {
        this.exitCode = exitCode;
    }

    /** Exit code of the process: 1 or 3 to 5; 2 is for a wrong command line. */
    public int exitCode() {
        return exitCode;
    }
}
