/**
 * How many connections there may be. A connection is <em>half-open</em> from the moment it is accepted until its peer's
 * session is Established on it, however much of a session has been negotiated by then; it is <em>open</em> until its socket
 * is closed. Only connections of peers are accounted for: strangers are sent away before anybody remembers them.
 */
@NullMarked
package io.tapetum.server.admission;

import org.jspecify.annotations.NullMarked;
