/** What operators may want to hear of: every event the reflector reports is one of the types here. */
@NullMarked
package io.tapetum.core.event;

import org.jspecify.annotations.NullMarked;
