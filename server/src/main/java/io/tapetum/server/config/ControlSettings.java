package io.tapetum.server.config;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Where tools that know BIRD can ask.
 *
 * @param directory where the sockets {@code bird.ctl} and {@code bird6.ctl} appear if it exists when the reflector starts,
 *            or {@code null} for no sockets
 */
public record ControlSettings(@Nullable Path directory) {}
