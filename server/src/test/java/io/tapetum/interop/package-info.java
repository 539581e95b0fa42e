/**
 * The reflector among daemons that the world runs.
 *
 * <p>A <em>suite</em> is a topology and what must hold in it: a class whose name ends in {@code Suite}. Each class whose
 * name ends in {@code IT} runs the suites with one {@linkplain io.tapetum.interop.speaker.PeerKind kind of daemon}. A suite
 * that cannot run here says so and why, and {@code ./verify} repeats it at its end; with {@code CI=true} in the environment
 * it fails instead.
 *
 * <p>Suites of whole Calico clusters are in {@code io.tapetum.interop.calico}.
 *
 * <p>How to run them: {@code ./verify} as root. One suite with one daemon, once {@code ./verify} has fetched the daemons:
 *
 * <pre>{@code
 * mvn -B verify -pl server -am -Dtest=none -Dit.test='Bird1IT$Reflection' \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
 * }</pre>
 *
 * <p>With {@code -Dtapetum.reflector=bird2} BIRD 2 takes the product's place, to tell faults of a suite from faults of the
 * product. After a failure {@code server/target/interop/SUITE-DAEMON/HOST} has every configuration, log and capture.
 */
@NullMarked
package io.tapetum.interop;

import org.jspecify.annotations.NullMarked;
