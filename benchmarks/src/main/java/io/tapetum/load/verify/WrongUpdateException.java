package io.tapetum.load.verify;

/** An UPDATE that no correct reflector sends; the message says what is wrong and of which prefix. */
public final class WrongUpdateException extends Exception {

    private static final long serialVersionUID = 1L;

    public WrongUpdateException(String message) {
        super(message);
    }
}
