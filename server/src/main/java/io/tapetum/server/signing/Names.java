package io.tapetum.server.signing;

import java.util.List;

/** Lists of names for sentences. */
final class Names {

    /** How many are named one by one. */
    private static final int SHOWN = 8;

    private Names() {}

    /** The first of them, and how many more there are. */
    static String some(List<String> names) {
        return names.size() <= SHOWN
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
    }
}
