/** etcd's API of version 2 (HTTP and JSON), which old clusters have, and etcd 3.4 and 3.5 if they are told to. */
@NullMarked
package io.tapetum.server.etcd.v2;

import org.jspecify.annotations.NullMarked;
