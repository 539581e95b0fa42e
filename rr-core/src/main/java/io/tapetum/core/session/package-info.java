/**
 * A peer at work: its state machine driven by connections and timers, and what an Established session does with the
 * UPDATEs it receives and the outbound logs it sends.
 *
 * <p>A <em>peer</em> is somebody we may have a session with; it belongs to one event loop and everything here is confined
 * to that loop unless it says otherwise. A <em>session</em> begins when the state machine reaches Established and ends
 * when it leaves it.
 */
@NullMarked
package io.tapetum.core.session;

import org.jspecify.annotations.NullMarked;
