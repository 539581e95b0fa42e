/** Calico's resources in the Kubernetes API: Nodes by their metadata alone, and custom resources of either API group. */
@NullMarked
package io.tapetum.server.calico.kubernetes;

import org.jspecify.annotations.NullMarked;
