/** Who peers with whom: from all resources to the peers of this reflector. Pure; no class here knows where resources come from. */
@NullMarked
package io.tapetum.server.calico.peering;

import org.jspecify.annotations.NullMarked;
