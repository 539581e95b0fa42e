package io.tapetum.server.admin;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.nlri.Prefix;

/**
 * That a prefix is followed, as it is sent.
 *
 * @param until when it is not followed any more, unless somebody asks again; {@code null} if that is over already
 */
public record Followed(Prefix prefix, @Nullable Instant until) {}
