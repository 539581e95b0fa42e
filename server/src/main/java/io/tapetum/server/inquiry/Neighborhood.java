package io.tapetum.server.inquiry;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What there is near a prefix that is not there itself, which may be the one that was meant.
 *
 * @param shorter the longest prefix that contains it, and whose it is
 * @param longer one that it contains, and whose that is
 */
record Neighborhood(@Nullable String shorter, @Nullable String longer) {

    static final Neighborhood NONE = new Neighborhood(null, null);

    /** A sentence, or nothing. */
    String text() {
        String known = Stream.of(shorter == null ? "" : "the shorter " + shorter,
                longer == null ? "" : "the longer " + longer).filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", and "));
        return known.isEmpty() ? "" : " There is " + known + ": was that meant?";
    }
}
