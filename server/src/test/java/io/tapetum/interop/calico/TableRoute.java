package io.tapetum.interop.calico;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code show route}.
 *
 * @param prefix of the line, or of the nearest one above that has one
 * @param way how it is reached: {@code via 10.77.0.3 on eth0}, {@code blackhole}, {@code unreachable}
 * @param protocol the session or other protocol that it came from
 * @param best whether it is the one in use
 */
record TableRoute(String prefix, String way, String protocol, boolean best) {
    private static final Pattern LINE = Pattern.compile("(\\S*)\\s+(.+?) \\[(\\S+) [^]]*](.*)");

    /** Whether packets for it go somewhere. */
    boolean usable() {
        return best && !way.startsWith("unreachable");
    }

    static List<TableRoute> parse(String output) {
        List<TableRoute> routes = new ArrayList<>();
        String prefix = "";
        for (String line : output.lines().toList()) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                prefix = matcher.group(1).isEmpty() ? prefix : matcher.group(1);
                routes.add(new TableRoute(prefix, matcher.group(2).strip(), matcher.group(3),
                        matcher.group(4).startsWith(" *")));
            }
        }
        return routes;
    }
}
