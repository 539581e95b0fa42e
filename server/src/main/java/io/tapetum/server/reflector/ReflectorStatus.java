package io.tapetum.server.reflector;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.session.RestartProgress;

/**
 * What operators see of the reflector as a whole.
 *
 * @param routerId its BGP Identifier, dotted
 * @param started when it started
 * @param configured when its configuration last changed
 * @param restart how far its restart has come, or {@code null} once peers are told the end of their tables
 */
public record ReflectorStatus(String routerId, Instant started, Instant configured,
        @Nullable RestartProgress restart) {}
