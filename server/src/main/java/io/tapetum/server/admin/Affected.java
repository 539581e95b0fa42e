package io.tapetum.server.admin;

/**
 * What an order to sessions has done, as it is sent.
 *
 * @param affected how many sessions or peers; those that it makes no difference to do not count
 */
public record Affected(int affected) {}
