/**
 * The Kubernetes datastore against an API server of ours that does whatever is asked of it, and, where there is one,
 * against a real one.
 */
@NullMarked
package io.tapetum.server.calico.kubernetes;

import org.jspecify.annotations.NullMarked;
