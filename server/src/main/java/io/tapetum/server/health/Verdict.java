package io.tapetum.server.health;

import java.util.List;

/**
 * What several checks come to.
 *
 * @param passed whether all of them are
 */
public record Verdict(boolean passed, List<Check> checks) {

    public Verdict {
        checks = List.copyOf(checks);
    }

    static Verdict of(Check... checks) {
        List<Check> all = List.of(checks);
        return new Verdict(all.stream().allMatch(Check::passed), all);
    }
}
