/**
 * What is shipped for Kubernetes: that chart and overlays say the same, and that everything in them fits together and to the
 * program. Helm is in the class path; kustomize comes with {@code kubectl}, and what it made last is kept beside the tests.
 */
@NullMarked
package io.tapetum.server.kubernetes;

import org.jspecify.annotations.NullMarked;
