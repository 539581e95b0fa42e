/**
 * The routing tables: what every peer announced (Adj-RIB-In), which path of each prefix is best, and the identity of
 * the peers the paths came from. No sockets, no clocks, no configuration.
 *
 * <p>Vocabulary: a <em>path</em> is one way to a prefix, as one session announced it under one path identifier; the
 * <em>best path</em> of a prefix is what the decision process chose of its paths, and what is reflected; a
 * <em>change</em> is another best path, or none any more; its <em>version</em> orders the changes of a prefix. Paths are
 * <em>ranked</em> when the best is followed by the one that would be the best without it, and so on.
 *
 * <p>Where this differs from RFC 4271 §9.1.2, and why: next hops are not resolved and all are equally far, because a
 * reflector need not stand where the traffic goes; and there is no local preference for the path that was there first
 * (RFC 5004), so that reflectors with the same input choose alike.
 */
@NullMarked
package io.tapetum.rib;

import org.jspecify.annotations.NullMarked;
