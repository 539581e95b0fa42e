/**
 * Certificates and keys as operators have them, and the managers that Java's TLS makes of them. An <em>identity</em> is a
 * certificate with its key; <em>authorities</em> are the certificates of those who may have signed somebody else's.
 */
@NullMarked
package io.tapetum.server.tls;

import org.jspecify.annotations.NullMarked;
