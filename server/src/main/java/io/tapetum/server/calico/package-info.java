/**
 * Peers out of Calico's own datastore: {@link CalicoDatastore} tells what it holds, {@link CalicoPeerSource} keeps it,
 * and computes from all of it which peers there ought to be.
 */
@NullMarked
package io.tapetum.server.calico;

import org.jspecify.annotations.NullMarked;
