/** The process: its main class, which joins command line, configuration and transport. */
@NullMarked
package io.tapetum.server;

import org.jspecify.annotations.NullMarked;
