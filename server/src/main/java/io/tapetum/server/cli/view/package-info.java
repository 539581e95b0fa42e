/**
 * Answers of the reflector as people read them in a terminal: tables, pages and sentences. Nothing here asks anybody, and
 * everything is written to a {@link Screen}, which lets no text of others do more than be read.
 */
@NullMarked
package io.tapetum.server.cli.view;

import org.jspecify.annotations.NullMarked;
