package io.tapetum.load.workload;

import io.tapetum.load.route.Addresses;

/** Checks what the command line says. */
final class Parameter {

    /** With some addresses left for guests. */
    static final int MAX_CLIENTS = Addresses.MAX_CLIENTS - 1000;

    private Parameter() {}

    /** @throws IllegalArgumentException with a message for the user, unless the value is within the range */
    static void check(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s is %d, must be %d to %d".formatted(option, value, min, max));
        }
    }
}
