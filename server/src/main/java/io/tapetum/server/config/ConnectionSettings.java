package io.tapetum.server.config;

import java.time.Duration;

/**
 * How many connections of peers are accepted. One without an Established session is half-open.
 *
 * @param maximum how many may be open, or 0 for as many as the process may have open files for
 * @param halfOpen how many may be half-open, at least 1
 * @param perSource how many of one address may be half-open, at least 1
 * @param rate how many one address may open in a minute, 1 to 6000
 * @param openTime how long one may be half-open
 */
public record ConnectionSettings(int maximum, int halfOpen, int perSource, int rate, Duration openTime) {}
