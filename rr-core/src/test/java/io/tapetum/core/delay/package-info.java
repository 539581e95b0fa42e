/** What is measured, and by whom it may be looked at. */
@NullMarked
package io.tapetum.core.delay;

import org.jspecify.annotations.NullMarked;
