package io.tapetum.server.journal;

import java.util.regex.Pattern;

/** Text that others may have chosen (a shutdown communication, say), made such that it can only be read. */
public final class OneLine {

    /**
     * What could make text look like something else, as a regular expression: control characters, those that change the
     * direction of writing or cannot be seen, separators of lines, and halves of characters.
     */
    public static final String HIDDEN = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]";

    private static final Pattern PATTERN = Pattern.compile(HIDDEN);

    private static final String CUT = "...";

    private OneLine() {}

    /**
     * The text with a blank for everything that is {@link #HIDDEN}, cut where it is longer than that.
     *
     * @param most how many characters it has at most, at least 3
     */
    static String of(String text, int most) {
        if (text.length() <= most) {
            return PATTERN.matcher(text).replaceAll(" ");
        }
        // First cut, for it may be very long; the half of a character that this may leave is hidden like any other.
        return PATTERN.matcher(text.substring(0, most - CUT.length())).replaceAll(" ") + CUT;
    }
}
