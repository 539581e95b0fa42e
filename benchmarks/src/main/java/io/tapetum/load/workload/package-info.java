/**
 * What clients do to a reflector. Every workload is a record of its parameters and a story of a few lines; {@link
 * io.tapetum.load.client.Fleet} knows how each step is done, and checks everything that comes back.
 */
@NullMarked
package io.tapetum.load.workload;

import org.jspecify.annotations.NullMarked;
