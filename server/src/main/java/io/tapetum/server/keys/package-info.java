/**
 * TCP-MD5 keys (RFC 2385): where they are, and which of them are valid. A <em>key</em> is octets that both ends of a session
 * sign with; a <em>reference</em> says where one is, and may be shown. While an <em>overlap</em> lasts after a rotation, the
 * key before the newest is valid as well. A <em>keystore</em> has keys by name in an encrypted file; a <em>ring</em> knows
 * which keys are valid, and follows the <em>sources</em> that they come from.
 *
 * <p>
 * Keys are octets, never text, in places that are wiped when they are not needed any more.
 */
@NullMarked
package io.tapetum.server.keys;

import org.jspecify.annotations.NullMarked;
