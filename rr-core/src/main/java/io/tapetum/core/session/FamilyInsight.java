package io.tapetum.core.session;

import io.tapetum.core.reflection.GroupInsight;
import io.tapetum.rib.log.LogCursor;

/**
 * How one family of an Established session stands at one moment. Made and used on the session's event loop, all in one
 * task: then nothing of it moves but what other threads append to the log.
 *
 * @param group what the session's group is told of
 * @param cursor how far the session has read the group's log
 * @param endOfRibSent whether the peer has been told that it has the whole table
 * @param pending whether octets wait that the kernel has not taken
 * @param ignored whether what the peer says of this family is ignored since it could not be read (RFC 7606 §2)
 */
public record FamilyInsight(GroupInsight group, LogCursor cursor, boolean endOfRibSent, boolean pending,
        boolean ignored) {}
