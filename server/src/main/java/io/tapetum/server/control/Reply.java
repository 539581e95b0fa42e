package io.tapetum.server.control;

/** A reply while it is being written. Whatever could break a line is replaced: nobody's text becomes a line of its own. */
final class Reply {

    private static final int NO_CODE = -1;

    private final StringBuilder text = new StringBuilder();
    private int lastCode = NO_CODE;

    /** A line that others follow; a code like that of the line before is not repeated. */
    Reply line(int code, String line) {
        if (code == lastCode) {
            text.append(' ');
        } else {
            appendCode(code).append('-');
        }
        lastCode = code;
        return append(line);
    }

    /** The last line. */
    String end(int code, String line) {
        appendCode(code).append(' ');
        return append(line).text.toString();
    }

    /** A reply of one line. */
    static String of(int code, String line) {
        return new Reply().end(code, line);
    }

    private StringBuilder appendCode(int code) {
        String digits = Integer.toString(code);
        return text.repeat('0', 4 - digits.length()).append(digits);
    }

    private Reply append(String line) {
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            text.append(Character.isISOControl(character) ? '?' : character);
        }
        text.append('\n');
        return this;
    }
}
