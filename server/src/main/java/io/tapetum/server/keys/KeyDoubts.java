package io.tapetum.server.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What may be wrong with a key, because the other end of the session would hardly have the same octets. */
public final class KeyDoubts {

    private static final int SHORT = 12;
    private static final int DELETE = 0x7F;

    private KeyDoubts() {}

    /** Sentences that say nothing of the key but that; none if there is no doubt. */
    public static List<String> of(TcpKey key) {
        byte[] octets = new byte[key.length()];
        key.copyTo(octets, 0);
        boolean blankAtEnd = isBlank(octets[0]) || isBlank(octets[octets.length - 1]);
        boolean control = false;
        boolean beyondAscii = false;
        boolean quote = false;
        for (byte octet : octets) {
            control |= octet >= 0 && octet < ' ' || octet == DELETE;
            beyondAscii |= octet < 0;
            quote |= octet == '"' || octet == '\'' || octet == '\\' || octet == '#' || octet == '$';
        }
        Arrays.fill(octets, (byte) 0);
        List<String> doubts = new ArrayList<>();
        if (blankAtEnd) {
            doubts.add("the key begins or ends with a blank or a line break, which count: is that meant?");
        }
        if (control) {
            doubts.add("the key has control characters, which few daemons can be told in their configuration");
        }
        if (beyondAscii) {
            doubts.add(
                    "the key has characters beyond ASCII, which the other end may encode otherwise; here they are what"
                            + " UTF-8 makes of them");
        }
        if (quote) {
            doubts.add(
                    "the key has quotes, \\, # or $, which the other end's configuration may take for something else");
        }
        if (key.length() < SHORT) {
            doubts.add("the key is shorter than " + SHORT
                    + " octets: whoever records packets of the session can guess it by trying");
        }
        return doubts;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\n' || octet == '\r';
    }
}
