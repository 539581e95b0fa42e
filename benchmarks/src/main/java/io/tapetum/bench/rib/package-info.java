/** From UPDATEs to best paths: attributes shared, the Adj-RIB-In, the decision. */
@NullMarked
package io.tapetum.bench.rib;

import org.jspecify.annotations.NullMarked;
