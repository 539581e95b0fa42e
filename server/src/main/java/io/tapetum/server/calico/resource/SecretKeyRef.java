package io.tapetum.server.calico.resource;

import java.util.regex.Pattern;

/** Where a password is, as an object says it. */
public sealed interface SecretKeyRef {

    /**
     * In a Secret of the Kubernetes API, in the one namespace in which all such Secrets are.
     *
     * @param name the Secret's
     * @param key which of its values
     */
    record Named(String name, String key) implements SecretKeyRef {

        /** What Kubernetes allows, which has no place for a slash. */
        static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

        /** What Kubernetes allows, which has no place for a slash. */
        static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,253}");
    }

    /**
     * Nobody knows: somebody wanted a password and did not say where it is. Its sessions have to stay down; if the object
     * were left out for it, another one might have them without a password.
     *
     * @param reason the field and what was expected, and nothing of its value, which may be the password itself
     */
    record Malformed(String reason) implements SecretKeyRef {}
}
