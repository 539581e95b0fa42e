/**
 * Whether the process works, and whether it should be relied on. <em>Live</em> is a reflector whose event loops are heard
 * of; one that is not has to be restarted. <em>Ready</em> is one that peers may depend on: it listens, knows its peers, and
 * has <em>converged</em>, which means that whoever is connected has been sent everything.
 */
@NullMarked
package io.tapetum.server.health;

import org.jspecify.annotations.NullMarked;
