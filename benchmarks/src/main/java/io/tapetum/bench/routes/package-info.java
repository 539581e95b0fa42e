/** What the benchmarks work on: tables of routes as clusters and internet borders have them, and their UPDATEs. */
@NullMarked
package io.tapetum.bench.routes;

import org.jspecify.annotations.NullMarked;
