package io.tapetum.server.config;

import org.jspecify.annotations.Nullable;

/**
 * The admin endpoint.
 *
 * @param listen a loopback address, or {@code null} for no endpoint
 */
public record AdminSettings(@Nullable ListenAddress listen) {}
