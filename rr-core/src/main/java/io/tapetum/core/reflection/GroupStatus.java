package io.tapetum.core.reflection;

import io.tapetum.rib.log.LogStatistics;

/**
 * An update group at one moment.
 *
 * @param id unique among all groups of the process, ever
 * @param key what its sessions have in common
 * @param members how many sessions that are
 * @param complete whether its log holds the whole table
 * @param log what the log holds and has done
 */
public record GroupStatus(int id, GroupKey key, int members, boolean complete, LogStatistics log) {}
