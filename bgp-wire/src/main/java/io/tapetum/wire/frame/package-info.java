/**
 * Finding the messages in a stream of octets: the header checks of RFC 4271 §6.1, and Netty's decoder around them. A
 * <em>frame</em> is one whole message with its header, as a view of the octets that the transport read.
 */
@NullMarked
package io.tapetum.wire.frame;

import org.jspecify.annotations.NullMarked;
