/**
 * From whom to whom a route is passed, and in which form (RFC 4456, RFC 4271 §9.2).
 *
 * <p>An <em>update group</em> is the set of sessions that must receive the same octets for the same best path; it owns
 * one outbound log. Its <em>key</em> is everything that can change an octet. The <em>egress rules</em> of a group say
 * which best paths it gets and how their attributes are rewritten.
 */
@NullMarked
package io.tapetum.core.reflection;

import org.jspecify.annotations.NullMarked;
