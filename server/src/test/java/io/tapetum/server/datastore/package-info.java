/** Whole reflectors that follow a real datastore. */
@NullMarked
package io.tapetum.server.datastore;

import org.jspecify.annotations.NullMarked;
