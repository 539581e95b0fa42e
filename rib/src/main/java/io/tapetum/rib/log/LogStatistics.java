package io.tapetum.rib.log;

/**
 * What a log holds and has done.
 *
 * @param announced prefixes announced at present
 * @param tombstones withdrawn prefixes that a reader may still have to learn of
 * @param octets capacity of all buffers of the log, those that only a lagging cursor still needs included
 * @param liveOctets of these, those of messages and entries that nothing newer has superseded
 * @param appended octets since the log exists
 * @param segments how many buffers that are
 * @param messages appended since the log exists
 * @param compactions segments rewritten since the log exists
 * @param withheld routes not announced because no message could hold their attributes, since the log exists
 * @param cursors open at present
 */
public record LogStatistics(int announced, int tombstones, long octets, long liveOctets, long appended,
        int segments, long messages, long compactions, long withheld, int cursors) {}
