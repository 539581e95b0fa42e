package io.tapetum.server.calico.resource;

import java.util.regex.Pattern;

/**
 * Where a password is: in a Secret of the Kubernetes API, in the one namespace in which all such Secrets are.
 *
 * @param name the Secret's
 * @param key which of its values
 */
public record SecretKeyRef(String name, String key) {

    /** What Kubernetes allows, which has no place for a slash. */
    static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    /** What Kubernetes allows, which has no place for a slash. */
    static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,253}");
}
