/**
 * etcd, followed live: all keys below a prefix, and every change of them. {@link KeyFollower} is what both versions of
 * etcd's API have in common for those who want keys; {@link EtcdConnection} is what they have in common for
 * {@link Following}, which keeps at it: one endpoint after the other, read everything, watch, and on any doubt begin again
 * with reading. Resuming a watch instead would save a read, but cannot tell when everything that was missed has arrived,
 * and waits for ever for an etcd that was restored from a backup.
 */
@NullMarked
package io.tapetum.server.etcd;

import org.jspecify.annotations.NullMarked;
