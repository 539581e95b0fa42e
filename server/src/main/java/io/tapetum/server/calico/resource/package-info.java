/**
 * Calico's resources, as far as a route reflector needs them, and how they are read from JSON: leniently, for fields that
 * are unknown, missing or from another version must not cost a session.
 */
@NullMarked
package io.tapetum.server.calico.resource;

import org.jspecify.annotations.NullMarked;
