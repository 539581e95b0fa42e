/** The command line: what operators type, and what they read when it does not work. */
@NullMarked
package io.tapetum.server.cli;

import org.jspecify.annotations.NullMarked;
