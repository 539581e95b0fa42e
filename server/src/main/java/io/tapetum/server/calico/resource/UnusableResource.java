package io.tapetum.server.calico.resource;

/**
 * An object that cannot be understood. It counts as if it were not there, or as what it was before.
 *
 * @param reason the field, its value and what was expected
 */
public record UnusableResource(ResourceKind kind, String name, String reason) implements CalicoResource {}
