package io.tapetum.server.keys;

import java.time.Instant;

/**
 * A key with its dates, to the second.
 *
 * @param created when its name came into the keystore
 * @param changed when the name got this key
 */
public record StoredKey(TcpKey key, Instant created, Instant changed) {}
