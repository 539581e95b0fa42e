package io.tapetum.server.environment;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The environment, where every variable may have Calico's prefix and counts only if it is not blank. */
final class Variables {

    private static final String PREFIX = "CALICO_";

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * A variable that is set.
     *
     * @param name with the prefix, if it is written so
     * @param text as it is written
     */
    record Variable(String name, String text) {

        /** Without blanks, and without the quotes that shells and systemd take away but container engines do not. */
        String value() {
            String stripped = text.strip();
            boolean quoted = stripped.length() > 1 && stripped.startsWith("\"") && stripped.endsWith("\"");
            return quoted ? stripped.substring(1, stripped.length() - 1).strip() : stripped;
        }

        boolean isBlank() {
            return value().isEmpty();
        }
    }

    /** The variable with the prefix or else the one without, or {@code null} if neither says anything. */
    @Nullable
    Variable prefixed(String name) {
        Variable prefixed = plain(PREFIX + name);
        return prefixed != null ? prefixed : plain(name);
    }

    /** The variable of just this name, or {@code null} if it says nothing. */
    @Nullable
    Variable plain(String name) {
        Variable variable = written(name);
        return variable == null || variable.isBlank() ? null : variable;
    }

    /** The variable of just this name, even if it is blank. */
    @Nullable
    Variable written(String name) {
        @Nullable
        String text = environment.get(name);
        return text == null ? null : new Variable(name, text);
    }
}
