package io.tapetum.server.journal;

/** How much an event matters, the least first. */
public enum Severity {
    /** It is good to know. */
    INFO,
    /** Something is not as it should be. */
    WARN,
    /** Something does not work until somebody does something about it. */
    ERROR
}
