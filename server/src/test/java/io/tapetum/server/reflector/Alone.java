package io.tapetum.server.reflector;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import io.tapetum.server.keys.Keyring;

/** What surrounds a reflector that runs by itself in a test. */
public final class Alone {

    private Alone() {}

    /** No keys, and meters that nobody reads. */
    public static Surroundings surroundings() {
        return new Surroundings(Keyring.EMPTY, new SimpleMeterRegistry());
    }
}
