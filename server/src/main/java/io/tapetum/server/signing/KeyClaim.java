package io.tapetum.server.signing;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.keys.TcpKey;

/**
 * With which key everybody in a prefix has to sign who is in no longer one that is claimed.
 *
 * @param prefix a peer's address, or a range of peers
 * @param key {@code null} if nobody there signs
 */
record KeyClaim(KeyPrefix prefix, @Nullable TcpKey key) {}
