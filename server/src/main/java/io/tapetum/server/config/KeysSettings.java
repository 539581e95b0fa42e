package io.tapetum.server.config;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.keys.KeyReference;

/**
 * Where keys are, and how they change.
 *
 * @param store the keystore, or {@code null} for none
 * @param passphrase where that of the keystore is: in a file or a variable; {@code null} if it is not said
 * @param overlap how long a key stays valid after another took its place, 0 s to 24 h
 */
public record KeysSettings(@Nullable Path store, @Nullable KeyReference passphrase, Duration overlap) {}
