/** The session state machine on a virtual clock: alone, event by event, and against another one over a slow network. */
@NullMarked
package io.tapetum.core.fsm;

import org.jspecify.annotations.NullMarked;
