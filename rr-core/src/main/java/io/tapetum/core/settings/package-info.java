/**
 * What an operator decides: immutable values, already checked and with every default filled in. Where they come from (a
 * file, a datastore) is the server's business.
 */
@NullMarked
package io.tapetum.core.settings;

import org.jspecify.annotations.NullMarked;
