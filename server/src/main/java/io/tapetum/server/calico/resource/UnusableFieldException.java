package io.tapetum.server.calico.resource;

/** A field whose value cannot be used; the message names it and says what was expected. */
final class UnusableFieldException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_VALUE_SHOWN = 80;

    UnusableFieldException(String field, String value, String expected) {
        super(field + " is " + shown(value) + ", expected " + expected);
    }

    UnusableFieldException(String sentence) {
        super(sentence);
    }

    private static String shown(String value) {
        return value.length() <= LONGEST_VALUE_SHOWN
                ? "\"" + value + "\""
                : "\"" + value.substring(0, LONGEST_VALUE_SHOWN) + "...\"";
    }
}
