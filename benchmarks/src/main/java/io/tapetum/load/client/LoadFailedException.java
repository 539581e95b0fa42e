package io.tapetum.load.client;

/** A run that failed; the message is a sentence that says what and where. */
public final class LoadFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    public LoadFailedException(FailureKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What sort of failure it is. */
    public FailureKind kind() {
        return kind;
    }
}
