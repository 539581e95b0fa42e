/**
 * The admin endpoint and its client: HTTP on the loopback interface, or HTTPS with tokens anywhere. A <em>route</em> is
 * something that can be asked for; what there is to ask is in {@code api}. Nothing is ever changed by a GET. Of a
 * <em>token</em> only a digest is kept; its <em>scope</em> is what it is good for.
 */
@NullMarked
package io.tapetum.server.admin;

import org.jspecify.annotations.NullMarked;
