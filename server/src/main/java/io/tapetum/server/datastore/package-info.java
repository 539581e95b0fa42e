/** From the configuration to the peer source that it asks for. Clients of datastores are loaded only if it does. */
@NullMarked
package io.tapetum.server.datastore;

import org.jspecify.annotations.NullMarked;
