/**
 * etcd, followed live: all keys below a prefix, and every change of them. {@link KeyFollower} is what both versions of
 * etcd's API have in common.
 */
@NullMarked
package io.tapetum.server.etcd;

import org.jspecify.annotations.NullMarked;
