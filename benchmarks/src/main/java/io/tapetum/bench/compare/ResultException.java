package io.tapetum.bench.compare;

/** A result cannot be read or written. The message names the file, and says what is wrong with it. */
final class ResultException extends Exception {

    private static final long serialVersionUID = 1;

    ResultException(String message) {
        super(message);
    }
}
