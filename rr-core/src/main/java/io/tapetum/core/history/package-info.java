/**
 * What happens to prefixes that operators follow: who announced and withdrew them, and what became of it. Nothing is
 * remembered of any other.
 */
@NullMarked
package io.tapetum.core.history;

import org.jspecify.annotations.NullMarked;
