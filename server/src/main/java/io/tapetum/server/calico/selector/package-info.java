/** Calico's selectors: expressions over the labels of nodes. */
@NullMarked
package io.tapetum.server.calico.selector;

import org.jspecify.annotations.NullMarked;
