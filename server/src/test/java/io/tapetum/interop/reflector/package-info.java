/**
 * The reflector under test, and a stand-in for it.
 *
 * <p>The suites know a {@link io.tapetum.interop.reflector.Reflector} only by what an operator can do with it. Which one
 * they get is told by the system property {@code tapetum.reflector}: {@code tapetum}, the default, or {@code bird2},
 * BIRD 2 configured as a route reflector. When a suite fails with the one and passes with the other, the fault is not
 * the suite's.
 */
@NullMarked
package io.tapetum.interop.reflector;

import org.jspecify.annotations.NullMarked;
