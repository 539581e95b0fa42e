/**
 * TCP-MD5 keys (RFC 2385): where they are, and which of them are valid. A <em>key</em> is octets that both ends of a session
 * sign with; a <em>reference</em> says where one is, and may be shown. While an <em>overlap</em> lasts after a rotation, the
 * key before the newest is valid as well.
 */
@NullMarked
package io.tapetum.server.keys;

import org.jspecify.annotations.NullMarked;
