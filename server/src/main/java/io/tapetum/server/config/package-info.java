/**
 * From a file in HOCON to checked, immutable settings, or to the list of everything that is wrong with it.
 *
 * <p>
 * Vocabulary: a <em>template</em> is the set of keys that many peers may have in common. It is written in layers, a peer
 * over its group over {@code peer-defaults}; the <em>value</em> of a key is the one in the topmost layer that has it. A
 * <em>problem</em> is one thing an operator has to change, with the file and line where.
 *
 * <p>
 * {@code reference.conf} holds the default and the description of every key; nothing here repeats a default.
 */
@NullMarked
package io.tapetum.server.config;

import org.jspecify.annotations.NullMarked;
