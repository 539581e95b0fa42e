package io.tapetum.server.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration cannot be used; it carries everything that is wrong with it, not just the first thing. */
public final class ConfigurationException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Transient because exceptions are serializable and problems need not be; this one never leaves the process. */
    private final transient List<Problem> problems;

    /** At least one problem, in the order in which they are to be read. */
    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
