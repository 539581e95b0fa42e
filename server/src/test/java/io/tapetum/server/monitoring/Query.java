package io.tapetum.server.monitoring;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of PromQL as is needed to see which metrics a query uses. */
final class Query {

    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern MATCHERS = Pattern.compile("\\{[^}]*}|\\[[^\\]]*]");
    private static final Pattern LABELS = Pattern
            .compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    /** Not the digits and the unit of a duration, and not what is called. */
    private static final Pattern NAME = Pattern.compile("(?<![\\w:])[a-zA-Z_:][\\w:]*+(?!\\s*\\()");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "offset", "bool", "by", "without");

    private Query() {}

    /** The names of all metrics of a query. */
    static Set<String> metrics(String query) {
        String rest = TEXT.matcher(query).replaceAll("");
        rest = MATCHERS.matcher(rest).replaceAll("");
        rest = LABELS.matcher(rest).replaceAll("");
        return NAME.matcher(rest).results().map(MatchResult::group).filter(name -> !OPERATORS.contains(name))
                .collect(Collectors.toSet());
    }
}
