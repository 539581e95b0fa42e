/** A baseline: how fast a process can be that passes UPDATEs on without being a route reflector. */
@NullMarked
package io.tapetum.load.relay;

import org.jspecify.annotations.NullMarked;
