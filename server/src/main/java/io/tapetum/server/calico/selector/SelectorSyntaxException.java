package io.tapetum.server.calico.selector;

/** Text that is no selector. */
public final class SelectorSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int position;
    private final String expected;

    SelectorSyntaxException(int position, String expected) {
        super("expected " + expected + " at character " + position);
        this.position = position;
        this.expected = expected;
    }

    /** The character that is wrong, counted from 1; one behind the last if something is missing there. */
    public int position() {
        return position;
    }

    /** What could have stood there. */
    public String expected() {
        return expected;
    }
}
