/**
 * Passwords of BGPPeers, which are values of <em>Secrets</em> in the Kubernetes API: which of them are wanted, what they
 * contain at the moment, and which keys are valid therefore. No class here knows how a Secret is read.
 */
@NullMarked
package io.tapetum.server.calico.secret;

import org.jspecify.annotations.NullMarked;
