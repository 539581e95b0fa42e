/**
 * What operators ask about routes: the tables page by page, from everybody's and from one peer's point of view, and how a
 * prefix stands with a peer.
 */
@NullMarked
package io.tapetum.core.inquiry;

import org.jspecify.annotations.NullMarked;
