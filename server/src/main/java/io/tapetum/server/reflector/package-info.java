/** What the process knows of the reflector that it runs: how to start, ask, drain and stop it. */
@NullMarked
package io.tapetum.server.reflector;

import org.jspecify.annotations.NullMarked;
