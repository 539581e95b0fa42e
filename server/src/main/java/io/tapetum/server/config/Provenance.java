package io.tapetum.server.config;

import com.typesafe.config.ConfigOrigin;

/** Where a value comes from. */
sealed interface Provenance {

    /** What operators read where they have written nothing. */
    String DEFAULT = "default";

    /** How the origin of a value from the environment describes itself; the variable's name follows. */
    String VARIABLE = "environment variable ";

    /** As the configuration library describes what it substituted in a file, whose choice that is. */
    String SUBSTITUTED = "env variables";

    /** {@code reference.conf} has it. */
    record Default() implements Provenance {
        @Override
        public String toString() {
            return DEFAULT;
        }
    }

    /** An operator wrote it. */
    record File(String name, int line) implements Provenance {
        @Override
        public String toString() {
            return line > 0 ? name + ":" + line : name;
        }
    }

    /** An operator set it around the process. */
    record Variable(String name) implements Provenance {
        @Override
        public String toString() {
            return VARIABLE + name;
        }
    }

    static Provenance of(ConfigOrigin origin) {
        String description = origin.description();
        if (Configuration.REFERENCE.equals(origin.resource())) {
            return new Default();
        }
        if (description.startsWith(VARIABLE)) {
            return new Variable(description.substring(VARIABLE.length()));
        }
        String resource = origin.resource();
        String name = resource != null
                ? resource.substring(resource.lastIndexOf('/') + 1)
                : origin.filename() != null
                        ? origin.filename()
                        : description.equals(SUBSTITUTED) ? "the environment" : description;
        return new File(name, Math.max(0, origin.lineNumber()));
    }

    default boolean isDefault() {
        return this instanceof Default;
    }

    default boolean isFile() {
        return this instanceof File;
    }
}
