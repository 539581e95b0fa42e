package io.tapetum.server.reflector;

import io.micrometer.core.instrument.MeterRegistry;

import io.tapetum.server.keys.Keyring;

/**
 * What a reflector shares with the rest of its process.
 *
 * @param keys with which packets are signed
 * @param meters where it counts what operators may want to know
 */
public record Surroundings(Keyring keys, MeterRegistry meters) {}
