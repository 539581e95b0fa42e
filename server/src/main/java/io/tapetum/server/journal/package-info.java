/**
 * What happened: the last events of the process, kept in memory for operators who ask later. Every entry is a line of the
 * log, so that both say the same.
 *
 * <p>
 * An <i>event</i> is a line of level INFO or above that this program has logged. Its <i>kind</i> says what sort of thing
 * happened, its <i>sequence number</i> which one it was since the start.
 */
@NullMarked
package io.tapetum.server.journal;

import org.jspecify.annotations.NullMarked;
