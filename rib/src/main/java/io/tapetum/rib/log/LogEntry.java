package io.tapetum.rib.log;

/**
 * What a log says last of a prefix, as one cursor sees it.
 *
 * @param announced whether it announces the prefix, or else withdraws it
 * @param version of the change that it says, see {@link io.tapetum.rib.RibChanges}
 * @param passed whether the cursor has certainly handed it out, or left it out for the cursor's own peer
 * @param octetsBefore about how many octets the cursor has to hand out before it, if it has not passed it
 */
public record LogEntry(boolean announced, long version, boolean passed, long octetsBefore) {}
