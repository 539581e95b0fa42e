/**
 * TCP-MD5 signatures (RFC 2385) on sockets: which key the kernel asks of whom. A <em>claim</em> says with which key a peer, or
 * everybody in a range, has to sign; a <em>plan</em> is the shortest list of prefixes and keys that makes a listening socket
 * ask for just that. The kernel knows one key for an address at a time, so where two are valid, while an overlap lasts, they
 * take turns.
 */
@NullMarked
package io.tapetum.server.signing;

import org.jspecify.annotations.NullMarked;
