/** Followers of keys against a real etcd on loopback. */
@NullMarked
package io.tapetum.server.etcd;

import org.jspecify.annotations.NullMarked;
