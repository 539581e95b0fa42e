/**
 * How the process writes its log: SLF4J's fluent events through Logback to standard output, one line each.
 *
 * <p>
 * A message is a whole sentence for an operator and says by itself what happened to whom. Key-value pairs repeat its
 * facts for programs; they are written in the JSON format only.
 */
@NullMarked
package io.tapetum.server.logging;

import org.jspecify.annotations.NullMarked;
