package io.tapetum.server.config;

/**
 * How much the reflector remembers of what happened.
 *
 * @param keep how many events, 100 to 1000000
 */
public record EventsSettings(int keep) {}
