/** What is measured beside the clock on the wall: processor time and memory from Linux's /proc, and latencies. */
@NullMarked
package io.tapetum.load.measure;

import org.jspecify.annotations.NullMarked;
